"""The line at the top where the reader asks, with how the list was found at its end."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from catalogue.completion import Completion, Names, complete
from tui.actions import bindings


class SearchInput(Input):
    """Where the question is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    names: Names = MappingProxyType({})
    """What the catalogue knows of names."""

    class Left(Message):
        """The reader goes to the list; the question stays."""

    class Offers(Message):
        """Other things than before may stand where the cursor is."""

        def __init__(self, offered: Sequence[Completion]) -> None:
            self.offered = offered
            super().__init__()

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def action_complete(self) -> None:
        """Take the first of what may stand at the cursor; go on where nothing may."""
        if not self._take():
            self.screen.focus_next()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line, take the first of what may stand there."""
        if select or self.cursor_position < len(self.value) or not self._take():
            super().action_cursor_right(select)

    def say_again(self, question: str) -> None:
        """Put another question into the line that was put already."""
        with self.prevent(Input.Changed):
            self.value = question
            self.cursor_position = len(question)

    def on_blur(self) -> None:
        """Nothing is typed now."""
        self.post_message(self.Offers(()))

    def watch_selection(self) -> None:
        """Offer what may stand there."""
        self.post_message(self.Offers(self._offered() if self.has_focus else ()))

    def _offered(self) -> Sequence[Completion]:
        return complete(self.value, self.cursor_position, self.names)

    def _take(self) -> bool:
        offered = self._offered()
        if offered:
            self.value, self.cursor_position = offered[0].line, offered[0].at
        return bool(offered)


class SearchBar(Horizontal):
    """Prompt, question, and how it was answered."""

    def compose(self) -> ComposeResult:
        """Prompt, input, label."""
        yield Static("/", id="search-prompt", markup=False)
        asked = SearchInput(
            placeholder="Search by words and meaning, or narrow: use:scribe setting:primary",
            compact=True,
            select_on_focus=False,
            id="search",
        )
        asked.cursor_blink = False
        yield asked
        yield Static(id="search-phase", markup=False)

    @property
    def input(self) -> SearchInput:
        """Where the question is typed."""
        return self.query_one(SearchInput)

    def say(self, label: str, *, calls: bool = False) -> None:
        """Show how the list was found; `calls` where something waits for the reader."""
        shown = Content.styled(label, "bold $text-warning" if calls else "$text-muted")
        self.query_one("#search-phase", Static).update(shown)
