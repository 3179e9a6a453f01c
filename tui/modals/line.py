"""A window that asks for one line of text."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.modals.window import Window, button, caption
from tui.text import line


class LineWindow(Window[str]):
    """Asks for a name or a reason."""

    def __init__(
        self, question: str, label: str, *, yes: str, hint: str = "", required: bool = False
    ) -> None:
        """Ask `question`; `label` stands above the line to type in."""
        super().__init__()
        self._question = line(question)
        self._label = label
        self._hint = hint
        self._yes = yes
        self._required = required

    def body(self) -> Iterable[Widget]:
        """Question and line."""
        yield Static(Content.styled(self._question, "bold"), markup=False)
        yield caption(self._label)
        answer = Input(placeholder=self._hint, compact=True, id="answer")
        answer.cursor_blink = False
        yield answer

    def buttons(self) -> Iterable[Widget]:
        """Go on, or not."""
        yield button(self._yes, "yes", wanted=True)
        yield button("Cancel", "close")

    def on_mount(self) -> None:
        """Start where one types."""
        self.query_one("#answer").focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.pressed("yes")

    def pressed(self, name: str) -> None:
        """Give the answer, or stay where it is needed."""
        answer = self.query_one("#answer", Input).value.strip()
        if name != "yes":
            self.action_close()
        elif answer or not self._required:
            self.dismiss(answer)
