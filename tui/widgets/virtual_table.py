"""A table of any length: it holds the ids, and only the rows that are looked at.

Textual's DataTable measures every cell of every row, which freezes the app for seconds at a
hundred thousand rows. Here a cursor move repaints two lines.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.actions import bindings
from tui.state.columns import GAP, Column, fit_columns
from tui.text import fit

PAGE = 64
"""Rows asked for at once."""
KEPT = 4096
"""Rows, and painted lines, kept in memory."""
MARGIN = 2
"""Cells before the first column: cursor and mark."""

Cells = tuple[str, ...]
"""Texts of one row, made safe by whoever loads them."""
Loader = Callable[[Sequence[int], Callable[[Mapping[int, Cells]], None]], None]
"""Asked for the cells of some ids; hands them to its second argument in the app's own loop."""


class VirtualTable(ScrollView, can_focus=True):
    """The list of tools: one line each, a cursor, marks, a header that stays."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--row",
        "table--rest",
        "table--cursor",
    }
    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr; background: $background;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        & > .table--header { background: $background; color: $text-muted; text-style: bold; }
        & > .table--row { background: $background; color: $foreground; text-style: bold; }
        & > .table--rest { background: $background; color: $text-muted; }
        & > .table--cursor {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
            text-style: bold;
        }
        &:focus > .table--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground;
            text-style: bold;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("table")

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """Place of the cursor in `ids`."""

    class Opened(Message):
        """The reader wants to read this tool."""

        def __init__(self, tool_id: int) -> None:
            self.tool_id = tool_id
            super().__init__()

    def __init__(
        self,
        columns: Sequence[Column],
        load: Loader,
        marks: AbstractSet[int],
        *,
        on_cursor: Callable[[int, bool], None],
        on_mark: Callable[[int], None],
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """A table over `load`.

        Args:
            columns: What is shown of a row; `load` gives one cell for each.
            load: Where rows come from.
            marks: Ids that carry a mark; read when a line is painted.
            on_cursor: Told at once where the cursor is, and whether the reader moved it.
            on_mark: Told which id is to be marked or unmarked.
            id: Id of the widget.
        """
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.empty = ""
        """What is said when there is no row."""
        self._columns = tuple(columns)
        self._load = load
        self._marks = marks
        self._on_cursor = on_cursor
        self._on_mark = on_mark
        self._rows: OrderedDict[int, Cells] = OrderedDict()
        self._old: dict[int, Cells] = {}
        """Rows that are shown until they have been read again."""
        self._strips: dict[tuple[int, bool, bool, bool], Strip] = {}
        self._styles: dict[str, Style] = {}
        self._pending: set[int] = set()
        self._generation = 0
        self._widths: list[tuple[int, int]] = []
        self._quiet = False

    # What is listed

    @property
    def cursor_id(self) -> int | None:
        """Id under the cursor; None when there is no row."""
        return self.ids[self.cursor] if len(self.ids) else None

    @property
    def cursor_cells(self) -> Cells | None:
        """Cells of the row under the cursor; None when they are not there yet."""
        return (
            None
            if self.cursor_id is None
            else self._rows.get(self.cursor_id, self._old.get(self.cursor_id))
        )

    def set_ids(self, ids: array[int], *, keep: bool) -> None:
        """Show another list. With `keep`, the cursor stays on its row, at its height on screen,
        as long as the row is in the list; otherwise it goes to the top.
        """
        old, height = self.cursor_id, self.cursor - self.scroll_offset.y
        place = 0
        if keep and old is not None and old in ids:
            place = ids.index(old)
        self._generation += 1
        self._pending.clear()
        self.ids = ids
        self._resize_content()
        self._quiet = True
        self.cursor = place
        self._quiet = False
        self.scroll_to(0, max(0, place - height) if place else 0, animate=False, force=True)
        self._show_cursor()
        self._need(place - PAGE // 2, place + PAGE)
        self.refresh()
        self._on_cursor(self.cursor, False)

    def forget(self) -> None:
        """Ask for all rows again: something was written. Old ones are shown until then."""
        self._generation += 1
        self._pending.clear()
        self._old = dict(self._rows)
        self._rows.clear()
        self._strips.clear()
        self._look_ahead()

    def repaint_marks(self) -> None:
        """Paint again after marks changed."""
        self.refresh()

    def _need(self, low: int, high: int) -> None:
        """Ask for the pages of rows between two places that are not in memory."""
        low = max(0, low) // PAGE * PAGE
        high = min(len(self.ids), max(high, 0))
        for page in range(low, high, PAGE):
            if page in self._pending:
                continue
            ids = self.ids[page : page + PAGE]
            missing = [number for number in ids if number not in self._rows]
            if missing:
                self._pending.add(page)
                self._load(missing, partial(self._loaded, self._generation, page))

    def _loaded(self, generation: int, page: int, rows: Mapping[int, Cells]) -> None:
        self._rows.update(rows)
        if self._old:
            self._strips.clear()
            for number in rows:
                self._old.pop(number, None)
        if generation != self._generation:
            return
        self._pending.discard(page)
        self._forget_oldest()
        top = self.scroll_offset.y
        first, last = max(page, top), min(page + PAGE, top + self.size.height)
        if first < last:
            self._repaint(first - top + 1, last - first)
        if page <= self.cursor < page + PAGE:
            self._on_cursor(self.cursor, False)

    def _forget_oldest(self) -> None:
        if len(self._rows) <= KEPT:
            return
        top = self.scroll_offset.y
        for number in self.ids[max(0, top - PAGE) : top + self.size.height + PAGE]:
            if number in self._rows:
                self._rows.move_to_end(number)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    # How it is painted

    def on_mount(self) -> None:
        """Work out the columns once the size is known."""
        self._resize_content()

    def on_resize(self) -> None:
        """Fit the columns to the new width and keep the cursor in view."""
        self._resize_content()
        self._show_cursor()
        self.refresh()

    def on_focus(self) -> None:
        """Show that keys go here."""
        self._restyle()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._restyle()

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self._restyle()

    def _restyle(self) -> None:
        self._styles.clear()
        self._strips.clear()
        self.refresh()

    def _resize_content(self) -> None:
        width = self.scrollable_content_region.width
        self._strips.clear()
        self._widths = fit_columns(self._columns, max(1, width - MARGIN - 1))
        self.virtual_size = Size(width, len(self.ids) + 1)

    def _style(self, name: str, *, odd: bool = False) -> Style:
        key = f"{name}-odd" if odd else name
        style = self._styles.get(key)
        if style is None:
            style = self.get_component_rich_style(f"table--{name}")
            if odd:
                colour = self.app.theme_variables.get("row-odd", "")
                style += Style(bgcolor=colour) if colour.startswith("#") else Style()
            self._styles[key] = style
        return style

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen; never waits for a row."""
        width = self.size.width
        if y == 0:
            return Strip([Segment(fit(self._header(), width), self._style("header"))])
        place = self.scroll_offset.y + y - 1
        if place >= len(self.ids):
            text = f"  {self.empty}" if not len(self.ids) and y == 2 else ""  # noqa: PLR2004
            return Strip([Segment(fit(text, width), self._style("rest"))])
        number = self.ids[place]
        here, marked, odd = place == self.cursor, number in self._marks, bool(place & 1)
        row = self._rows.get(number)
        if row is None:
            self._need(place, place + 1)
            row = self._old.get(number)
        if row is None:
            text = self._margin(here=here, marked=marked) + "…"
            return Strip([Segment(fit(text, width), self._style("cursor" if here else "rest"))])
        key = (number, here, marked, odd)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= KEPT:
                self._strips.clear()
            strip = self._strips[key] = self._paint(row, width, here, marked, odd)
        return strip

    def _paint(self, row: Cells, width: int, here: bool, marked: bool, odd: bool) -> Strip:
        margin = self._margin(here=here, marked=marked)
        (first, cells), *others = self._widths
        name = margin + fit(row[first], cells)
        rest = "".join(" " * GAP + fit(row[index], size) for index, size in others)
        if here:
            return Strip([Segment(fit(name + rest, width), self._style("cursor"))])
        room = width - MARGIN - cells
        return Strip(
            [
                Segment(name, self._style("row", odd=odd)),
                Segment(fit(rest, room), self._style("rest", odd=odd)),
            ]
        )

    def _header(self) -> str:
        titles = (fit(self._columns[index].title, size) for index, size in self._widths)
        return " " * MARGIN + (" " * GAP).join(titles)

    def _margin(self, *, here: bool, marked: bool) -> str:
        return (">" if here else " ") + ("*" if marked else " ")

    def _repaint(self, y: int, lines: int = 1) -> None:
        """Repaint lines of the screen, counted from the header."""
        self.refresh(Region(0, y, self.size.width, lines))

    # Where the cursor is

    def validate_cursor(self, place: int) -> int:
        """Keep the cursor in the list."""
        return max(0, min(place, len(self.ids) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines, say where the cursor is, and fetch what lies around it."""
        if self._quiet:
            return
        top = self.scroll_offset.y
        if not self._show_cursor():
            self._repaint(old - top + 1)
            self._repaint(new - top + 1)
        self._on_cursor(new, True)
        top = self.scroll_offset.y
        self._need(top, top + self.size.height)
        self.call_after_refresh(self._look_ahead)

    def _look_ahead(self) -> None:
        """Fetch the screens before and after this one, once this one is painted."""
        top, rows = self.scroll_offset.y, self.size.height
        self._need(top - rows, top + 2 * rows)

    def _show_cursor(self) -> bool:
        """Scroll until the cursor is in view; False when it was."""
        top, rows = self.scroll_offset.y, max(1, self.size.height - 1)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + rows:
            self.scroll_to(y=self.cursor - rows + 1, animate=False, force=True)
        else:
            return False
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move the cursor by some screens."""
        self.cursor += pages * max(1, self.size.height - 2)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = len(self.ids) - 1

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor and go to the next."""
        if self.cursor_id is None:
            return
        self._on_mark(self.cursor_id)
        self._repaint(self.cursor - self.scroll_offset.y + 1)
        self.cursor += 1

    def action_open(self) -> None:
        """Open the tool under the cursor."""
        if self.cursor_id is not None:
            self.post_message(self.Opened(self.cursor_id))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click opens."""
        place = self.scroll_offset.y + event.y - 1
        if event.y < 1 or place >= len(self.ids):
            return
        self.cursor = place
        if event.chain > 1:
            self.action_open()
