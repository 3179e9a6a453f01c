"""Textual's list of options with a ">" before the one that keys go to: never by colour alone."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from tui.actions import bindings

GUTTER = 2
"""Cells before each option."""


class CursorList(OptionList):
    """Options with a visible cursor; j and k move it as the arrows do."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, markup=False)

    @property
    def room(self) -> int:
        """Cells there are for an option."""
        return max(1, self.scrollable_content_region.width - GUTTER)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def _get_left_gutter_width(self) -> int:
        return GUTTER

    def render_line(self, y: int) -> Strip:
        """Paint a line with the cursor before it."""
        strip = super().render_line(y)
        style = next((segment.style for segment in strip if segment.style), None)
        number = self.scroll_offset.y + y
        first = self.highlighted is not None and self._index_to_line[self.highlighted] == number
        mark = "> " if first and self.has_focus else "  "
        return Strip([Segment(mark, style), *strip])
