"""A window to read in: the whole source of a value, a page that matches, what was copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from tui.actions import bindings
from tui.modals.window import Window, button
from tui.screens.desk import Desk
from tui.state.entries import Line
from tui.state.wording import host
from tui.text import line
from tui.widgets.prose import paint


class ReadWindow(Window[None]):
    """Text that can be scrolled and selected, with its source to open and to copy."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("read")

    def __init__(
        self, desk: Desk, title: str, lines: Sequence[Line], *, url: str = "", copied: str = ""
    ) -> None:
        """Show lines; `url` can be opened, `copied` is what the copy key takes."""
        super().__init__()
        self._desk = desk
        self.title_text = line(title)
        self._lines = tuple(lines)
        self._url = url
        self._copied = copied

    def body(self) -> Iterable[Widget]:
        """The text."""
        with VerticalScroll(id="read-scroll"):
            yield Static(id="read-text", markup=False)

    def buttons(self) -> Iterable[Widget]:
        """What can be done with the text."""
        if host(self._url):
            yield button("Open source (o)", "source")
        if self._copied:
            yield button("Copy (y)", "copy")
        yield button("Close", "close", wanted=True)

    def on_mount(self) -> None:
        """Start where the text is, so that arrows scroll it."""
        self.query_one("#read-scroll").focus()

    def on_resize(self) -> None:
        """Wrap to the width there is."""
        self.call_after_refresh(self._wrap)

    def pressed(self, name: str) -> None:
        """Open, copy or close."""
        if name == "source":
            self.action_source()
        elif name == "copy":
            self.action_copy()
        else:
            self.action_close()

    def action_source(self) -> None:
        """Open the page."""
        self._desk.visit(self._url)

    def action_copy(self) -> None:
        """Copy the text."""
        if self._copied:
            self._desk.copy(self._copied)

    def _wrap(self) -> None:
        width = self.query_one("#read-scroll").scrollable_content_region.width
        self.query_one("#read-text", Static).update(paint(self._lines, width))
