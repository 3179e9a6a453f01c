from __future__ import annotations

from array import array
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.tui import market
from tui.state.columns import COLUMNS
from tui.widgets.virtual_table import KEPT, PAGE, Cells, VirtualTable

Then = Callable[[Mapping[int, Cells]], None]


class Shelf(App[None]):
    """A table whose rows come when the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[list[int], Then]] = []
        self.at_once = True
        self.marks: set[int] = set()
        self.places: list[tuple[int, bool]] = []
        self.opened: list[int] = []

    def compose(self) -> ComposeResult:
        yield VirtualTable(
            COLUMNS,
            self.load,
            self.marks,
            on_cursor=lambda place, by_reader: self.places.append((place, by_reader)),
            on_mark=lambda number: self.marks.symmetric_difference_update({number}),
        )

    def load(self, ids: Sequence[int], then: Then) -> None:
        self.asked.append((list(ids), then))
        if self.at_once:
            self.answer(-1)

    def answer(self, which: int) -> None:
        ids, then = self.asked[which]
        then({number: cells(number) for number in ids})

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        self.opened.append(event.tool_id)

    @property
    def table(self) -> VirtualTable:
        return self.query_one(VirtualTable)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


def cells(number: int) -> Cells:
    row = market.row(number)
    return tuple(column.text(row) for column in COLUMNS)


@asynccontextmanager
async def shelf(count: int = 1000) -> AsyncIterator[tuple[Shelf, Pilot[None]]]:
    app = Shelf()
    async with app.run_test(size=(80, 20)) as pilot:
        app.table.set_ids(array("q", range(1, count + 1)), keep=False)
        await pilot.pause()
        yield app, pilot


async def test_only_the_rows_that_are_looked_at_are_loaded() -> None:
    async with shelf(100_000) as (app, pilot):
        assert sum(len(ids) for ids, _ in app.asked) <= 3 * PAGE
        await pilot.press("end")
        await pilot.pause()
        assert app.lines()[-1].startswith("> " + market.name_of(100_000))
        assert sum(len(ids) for ids, _ in app.asked) <= 8 * PAGE


async def test_the_header_stays_and_every_line_fills_the_width() -> None:
    async with shelf() as (app, pilot):
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        lines = app.lines()
        assert lines[0].startswith("  Name")
        assert {cell_len(line) for line in lines} == {80}


async def test_a_row_that_is_not_there_yet_is_painted_later_without_waiting() -> None:
    async with shelf() as (app, pilot):
        app.at_once = False
        await pilot.press("end")
        await pilot.pause()
        assert app.lines()[-1].startswith("> …")
        for which in range(len(app.asked)):
            app.answer(which)
        await pilot.pause()
        assert app.lines()[-1].startswith("> " + market.name_of(1000))


async def test_rows_of_an_older_list_do_not_disturb_a_newer_one() -> None:
    async with shelf() as (app, pilot):
        app.at_once = False
        await pilot.press("end")
        await pilot.pause()
        old = app.asked[-1]
        app.at_once = True
        app.table.set_ids(array("q", [5, 6]), keep=False)
        await pilot.pause()
        told = len(app.places)
        old[1]({number: cells(number) for number in old[0]})
        await pilot.pause()
        assert len(app.places) == told
        assert app.lines()[1].startswith("> " + market.name_of(5))
        assert market.name_of(6) in app.lines()[2]


async def test_the_cursor_keeps_its_row_at_its_height_over_another_list() -> None:
    async with shelf() as (app, pilot):
        await pilot.press(*["pagedown"] * 5)
        await pilot.pause()
        table = app.table
        under, height = table.cursor_id, table.cursor - table.scroll_offset.y
        assert under is not None
        table.set_ids(array("q", range(1000, 0, -1)), keep=True)
        await pilot.pause()
        assert table.cursor_id == under
        assert table.cursor - table.scroll_offset.y == height
        assert app.places[-1] == (table.cursor, False)


async def test_a_row_that_is_gone_leaves_the_cursor_at_the_top() -> None:
    async with shelf() as (app, pilot):
        await pilot.press("down", "down")
        app.table.set_ids(array("q", [900, 901]), keep=True)
        await pilot.pause()
        assert app.table.cursor == 0


async def test_an_empty_list_says_so_and_takes_keys() -> None:
    async with shelf() as (app, pilot):
        app.table.empty = "Nothing matches."
        app.table.set_ids(array("q"), keep=True)
        await pilot.press("down", "end", "pagedown", "space", "enter", "home")
        await pilot.pause()
        assert "Nothing matches." in app.lines()[2]
        assert app.table.cursor_id is None
        assert app.opened == []


async def test_marks_are_shown_and_told() -> None:
    async with shelf() as (app, pilot):
        await pilot.press("space", "space")
        await pilot.pause()
        assert app.marks == {1, 2}
        assert [line[:2] for line in app.lines()[1:4]] == [" *", " *", "> "]


async def test_the_mouse_moves_the_cursor_and_a_double_click_opens() -> None:
    async with shelf() as (app, pilot):
        await pilot.click(VirtualTable, offset=(4, 5))
        assert app.table.cursor == 4
        assert app.opened == []
        await pilot.click(VirtualTable, offset=(4, 6), times=2)
        assert app.opened == [6]
        await pilot.click(VirtualTable, offset=(4, 0))
        assert app.table.cursor == 5


async def test_the_reader_is_told_from_the_machine() -> None:
    async with shelf() as (app, pilot):
        assert not any(by_reader for _, by_reader in app.places)
        await pilot.press("j")
        assert app.places[-1] == (1, True)


async def test_memory_is_bounded() -> None:
    async with shelf(20_000) as (app, pilot):
        for place in range(0, 20_000, PAGE):
            app.table.cursor = place
            await pilot.pause(0)
        assert len(app.table._rows) <= KEPT + 2 * PAGE
        assert len(app.table._strips) <= KEPT


async def test_after_a_write_rows_are_asked_for_again() -> None:
    async with shelf() as (app, pilot):
        app.at_once = False
        app.table.forget()
        await pilot.pause()
        assert market.name_of(1) in app.lines()[1]
        app.asked[-1][1]({1: ("Renamed", *cells(1)[1:])})
        await pilot.pause()
        assert app.lines()[1].startswith("> Renamed")
        assert market.name_of(2) in app.lines()[2]


async def test_columns_follow_the_width() -> None:
    async with shelf() as (app, pilot):
        assert "Last seen" not in app.lines()[0]
        await pilot.resize_terminal(200, 20)
        await pilot.pause()
        assert "Last seen" in app.lines()[0]
        assert {cell_len(line) for line in app.lines()} == {200}
