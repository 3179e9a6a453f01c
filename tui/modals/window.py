"""The frame all windows have: a titled box over the screen, closed by Esc."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.actions import bindings

Result = TypeVar("Result")


class Window(ModalScreen[Result | None], Generic[Result]):
    """A window; its result is None when it is closed without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("modal")
    title_text = ""
    """What stands in the frame; safe text."""

    def compose(self) -> ComposeResult:
        """The box with a title, what the window is about, and its buttons."""
        with Vertical(classes="window") as box:
            box.border_title = Content(self.title_text)
            yield from self.body()
            with Horizontal(classes="buttons"):
                yield from self.buttons()

    def body(self) -> Iterable[Widget]:
        """What the window shows."""
        return ()

    def buttons(self) -> Iterable[Widget]:
        """Its buttons, the one most wanted first."""
        yield button("Close", "close")

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_back(self) -> None:
        """Go back from a list: close."""
        self.action_close()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Close, unless the window knows the button."""
        event.stop()
        self.pressed(event.button.id or "")

    def pressed(self, name: str) -> None:
        """A button was pressed."""
        if name == "close":
            self.action_close()


def button(label: str, name: str, *, wanted: bool = False) -> Button:
    """A button; `wanted` makes it the one that stands out."""
    return Button(Content(label), id=name, variant="primary" if wanted else "default", compact=True)


def caption(text: str, name: str | None = None) -> Static:
    """A line that says what stands below it."""
    return Static(Content(text), classes="caption", id=name, markup=False)
