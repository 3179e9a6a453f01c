"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.modals.window import Window, button
from tui.text import line


class ConfirmWindow(Window[bool]):
    """Asks once; Esc means no."""

    title_text = "Please confirm"

    def __init__(self, lines: Sequence[str], yes: str) -> None:
        """Ask with some lines of text; the first stands out. `yes` is the word of the button."""
        super().__init__()
        self._lines = [line(text) for text in lines]
        self._yes = yes

    def body(self) -> Iterable[Widget]:
        """The question."""
        first, *rest = self._lines
        yield Static(
            Content("\n").join([Content.styled(first, "bold"), *(Content(text) for text in rest)]),
            markup=False,
        )

    def buttons(self) -> Iterable[Widget]:
        """Yes and no."""
        yield button(self._yes, "yes", wanted=True)
        yield button("Cancel", "close")

    def pressed(self, name: str) -> None:
        """Answer."""
        self.dismiss(name == "yes")
