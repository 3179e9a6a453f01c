"""The filter pane: every facet with its counts, and a line to find a supplier or a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from catalogue.rows import FacetCount, Filters
from tui.actions import bindings
from tui.state.facets import FacetLine, facet_lines
from tui.text import cell, line
from tui.widgets.cursor_list import CursorList

BESIDE = 4
"""Cells taken by the check box."""


class FacetList(CursorList):
    """The choices."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("facets")


class FacetPane(Vertical):
    """Filters with counts."""

    class Chosen(Message):
        """The reader switched a choice."""

        def __init__(self, facet: str, code: str, *, excluded: bool) -> None:
            self.facet = facet
            self.code = code
            self.excluded = excluded
            """Whether it is a choice that is kept away."""
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._counts: Sequence[FacetCount] = ()
        self._filters = Filters()
        self._stale = False
        self._lines: list[FacetLine] = []

    def compose(self) -> ComposeResult:
        """A line to type in, and the list."""
        find = Input(placeholder="Find a supplier or a term", compact=True, id="facet-find")
        find.cursor_blink = False
        yield find
        yield FacetList(id="facet-list")

    @property
    def choices(self) -> FacetList:
        """The list of choices, which takes the keys."""
        return self.query_one(FacetList)

    def show(self, counts: Sequence[FacetCount], filters: Filters, *, stale: bool) -> None:
        """Show counts; the cursor stays on its choice."""
        self._counts, self._filters, self._stale = counts, filters, stale
        self._fill()

    def on_resize(self) -> None:
        """Right-align the counts anew."""
        self._fill()

    @on(Input.Changed, "#facet-find")
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    @on(Input.Submitted, "#facet-find")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self.choices.focus()

    @on(OptionList.OptionSelected, "#facet-list")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self._lines[event.option_index]
        self.post_message(self.Chosen(chosen.facet, chosen.code, excluded=chosen.excluded))

    def _fill(self) -> None:
        choices = self.choices
        width = choices.room
        place, top = choices.highlighted, choices.scroll_offset.y
        held = self._lines[place] if place is not None and place < len(self._lines) else None
        find = self.query_one("#facet-find", Input).value
        self._lines = facet_lines(self._counts, self._filters, find, stale=self._stale)
        choices.set_options(
            Option(_paint(one, width, first=not number), disabled=one.kind != "choice")
            for number, one in enumerate(self._lines)
        )
        same = (
            number
            for number, one in enumerate(self._lines)
            if held and (one.facet, one.code) == (held.facet, held.code)
        )
        found = next(same, None)
        if found is None:
            choices.action_first()
        else:
            choices.highlighted = found
            choices.scroll_to(0, top, animate=False, force=True)


def _paint(one: FacetLine, width: int, *, first: bool) -> Content:
    if one.kind == "heading":
        title = Content.styled(one.label, "bold $text-primary")
        return title if first else Content("\n") + title
    if one.kind == "more":
        return Content.styled(f"{' ' * BESIDE}{one.label}", "$text-muted")
    room = max(4, width - BESIDE - len(one.count) - 1)
    box = "[x] " if one.chosen else "[ ] "
    return Content.assemble(
        (box, "bold $text-primary" if one.chosen else "$text-muted"),
        (cell(line(one.label), room), "bold" if one.chosen else ""),
        (f" {one.count}", "$text-muted"),
    )
