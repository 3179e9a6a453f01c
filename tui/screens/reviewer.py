"""Reviewing: shortlists, undo and export, each a short talk with the reader and one write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from catalogue.errors import CatalogueError
from catalogue.query import Query
from catalogue.rows import ShortlistRow, TagRow, Verdict
from tui.modals.add import Addition, AddWindow
from tui.modals.export import ExportWindow, Format
from tui.modals.shortlists import Choice, ShortlistsWindow
from tui.screens.desk import Desk
from tui.services import Services
from tui.state.browse import Browse
from tui.state.handover import downloads
from tui.state.wording import plural


class Reviewer:
    """Runs the windows of a review over one screen."""

    def __init__(
        self, desk: Desk, state: Browse, screen: Screen[Any], open_tool: Callable[[int], None]
    ) -> None:
        self._desk = desk
        self._state = state
        self._screen = screen
        self._open_tool = open_tool

    def add(self, tools: Sequence[int], name: str) -> None:
        """Put tools on a shortlist; `name` is that of a single one."""
        if not tools:
            return
        what = name if len(tools) == 1 and name else plural(len(tools), "marked tool")

        query = self._state.asked

        def offer(shortlists: tuple[ShortlistRow, ...]) -> None:
            self._screen.app.push_screen(
                AddWindow(what, shortlists, self._state.shortlist, str(query)),
                lambda addition: self._add(tools, addition, query),
            )

        self._shortlists(offer)

    def _add(self, tools: Sequence[int], addition: Addition | None, query: Query) -> None:
        if addition is None:
            return

        def done(new: int) -> None:
            self._state.shortlist = addition.shortlist
            self._state.marks.clear()
            already = len(tools) - new
            there = f" ({already} already there)" if already else ""
            self._desk.say(f"{plural(new, 'tool')} added to {addition.shortlist}{there}. u undoes.")
            self._desk.wrote()

        def write(services: Services) -> int:
            if addition.new:
                services.new_shortlist(addition.shortlist, "", query)
            return services.add(addition.shortlist, tools, addition.reason)

        self._desk.ask("write", write, done, newest=False)

    def show(self) -> None:
        """Show the shortlists."""

        def next_step(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.kind == "open":
                self._open_tool(choice.tool_id)
            else:
                self.export(choice.shortlist)

        self._shortlists(
            lambda shortlists: self._screen.app.push_screen(
                ShortlistsWindow(self._desk, shortlists, self._state.shortlist), next_step
            )
        )

    def correct(self, tool_id: int, tag: TagRow, verdict: Verdict) -> None:
        """Say that a tag is right or wrong; to say it twice is to say nothing."""
        again = tag.corrected and tag.state == verdict
        self._desk.ask(
            "write",
            lambda services: services.correct(tool_id, [tag.code], "" if again else verdict),
            lambda sentence: self._stepped(f"{sentence} u undoes."),
            newest=False,
        )

    def undo(self) -> None:
        """Take back the last step, and say what that was."""
        self._desk.ask(
            "write",
            lambda services: services.undo(),
            lambda sentence: self._stepped(sentence or "There is nothing to undo."),
            newest=False,
        )

    def redo(self) -> None:
        """Do again what was last taken back."""
        self._desk.ask(
            "write",
            lambda services: services.redo(),
            lambda sentence: self._stepped(sentence or "There is nothing to do again."),
            newest=False,
        )

    def export(self, shortlist: str = "") -> None:
        """Write a shortlist to a file."""

        def offer(answer: tuple[tuple[ShortlistRow, ...], tuple[Format, ...]]) -> None:
            shortlists, formats = answer
            if not shortlists:
                self._desk.complain(
                    CatalogueError("There is no shortlist to export yet.", "s makes one.")
                )
                return
            folder = downloads(Path.home())
            chosen = shortlist or self._state.shortlist
            self._screen.app.push_screen(
                ExportWindow(self._desk, shortlists, formats, folder, chosen)
            )

        self._desk.ask(
            "shortlists",
            lambda services: (tuple(services.shortlists()), tuple(services.formats())),
            offer,
        )

    def _shortlists(self, then: Callable[[tuple[ShortlistRow, ...]], object]) -> None:
        self._desk.ask(
            "shortlists",
            lambda services: tuple(services.shortlists()),
            lambda rows: _discard(then(rows)),
        )

    def _stepped(self, sentence: str) -> None:
        self._desk.say(sentence)
        self._desk.wrote()


def _discard(_: object) -> None:
    """A callback's answer is not wanted."""
