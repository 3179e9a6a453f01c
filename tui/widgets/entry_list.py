"""A list of entries with a cursor: a detail tab, matching pages, or the items of a window."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widgets.option_list import Option

from tui.state.entries import Entry
from tui.widgets.cursor_list import CursorList
from tui.widgets.prose import paint


class EntryList(CursorList):
    """Entries, wrapped to the width; the cursor passes over those that are still."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()
        self._wrapped_to = 0

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return None if self.highlighted is None else self.entries[self.highlighted]

    def show(self, entries: Sequence[Entry], *, keep: bool = False) -> None:
        """Show other entries; with `keep`, the cursor and the scroll position stay."""
        place, top = self.highlighted, self.scroll_offset.y
        self.entries = tuple(entries)
        self._fill()
        if keep and place is not None and place < len(self.entries):
            self.highlighted = place
            self.scroll_to(0, top, animate=False, force=True)
        else:
            self.action_first()
            self.scroll_to(0, 0, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width, where it is another."""
        if event.size.width and self.room != self._wrapped_to:
            place = self.highlighted
            self._fill()
            self.highlighted = place

    def _fill(self) -> None:
        width = self._wrapped_to = self.room
        self.set_options(
            Option(paint(entry.lines, width), disabled=entry.still) for entry in self.entries
        )
