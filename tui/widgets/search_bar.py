"""The line at the top where the reader asks, with how the list was found at its end."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.actions import bindings


class SearchInput(Input):
    """Where the question is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    class Left(Message):
        """The reader goes to the list; the question stays."""

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())


class SearchBar(Horizontal):
    """Prompt, question, and how it was answered."""

    def compose(self) -> ComposeResult:
        """Prompt, input, label."""
        yield Static("/", id="search-prompt", markup=False)
        asked = SearchInput(
            placeholder="Search by words and meaning",
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
