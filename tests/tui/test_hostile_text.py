"""Text from the web is painted as text: no terminal sequence, no markup, no link, no crash."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from catalogue.errors import NotFoundError
from catalogue.query import Query
from catalogue.resemblance import Resemblance
from catalogue.rows import (
    FacetCount,
    Filters,
    Hit,
    ShortlistRow,
    ToolDetail,
    ToolRow,
    Totals,
)
from tests.tui.fake import FakeServices
from tests.tui.frames import NARROW, SIZES, press, running, settle, step, text
from tests.tui.hostile import CONTROL, HOSTILE, check, poison_from, poisoned, visit_everything

PARTS = 3
"""The strings are dealt out in so many runs, each beginning elsewhere."""


class HostileServices(FakeServices):
    """The market with a hostile string in every text field."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self._poison = poison_from(start)
        self.lists = {}
        super().new_shortlist("plain", "a purpose")
        super().add("plain", [1, 2, 3, 4, 5, 6], "a reason")

    def rows(self, ids: Sequence[int]) -> dict[int, ToolRow]:
        return {number: poisoned(row, self._poison) for number, row in super().rows(ids).items()}

    def detail(self, tool_id: int) -> ToolDetail:
        return poisoned(super().detail(tool_id), self._poison)

    def similar(self, tool_id: int, limit: int) -> Sequence[tuple[ToolRow, Resemblance]]:
        return [
            (poisoned(row, self._poison), poisoned(s, self._poison))
            for row, s in super().similar(tool_id, limit)
        ]

    def search(self, query: Query, limit: int) -> Sequence[Hit]:
        return [poisoned(hit, self._poison) for hit in super().search(query, limit)]

    def words(self, query: Query) -> array[int]:
        return self.browse(Query(filters=query.filters), "name")

    def facets(self, filters: Filters, ids: Sequence[int] | None) -> Sequence[FacetCount]:
        return [poisoned(count, self._poison) for count in super().facets(filters, ids)]

    def shortlists(self) -> Sequence[ShortlistRow]:
        return [poisoned(row, self._poison) for row in super().shortlists()]

    def formats(self) -> Sequence[tuple[str, str, str]]:
        return [poisoned(one, self._poison) for one in super().formats()]

    def reviewer(self) -> str:
        return next(self._poison)

    def undo(self) -> str:
        return next(self._poison) or "x"

    def redo(self) -> str:
        raise NotFoundError(next(self._poison), next(self._poison))

    def warm(self) -> str:
        return ""

    def totals(self) -> Totals:
        return super().totals()


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_pane_and_window_stands_hostile_text(part: int) -> None:
    services = HostileServices(part * len(HOSTILE) // PARTS)
    async with running(services, SIZES[part % len(SIZES)]) as (app, pilot):
        await visit_everything(app, pilot)
        assert app.is_running


async def test_every_value_of_every_tab_can_be_entered() -> None:
    async with running(HostileServices(7), NARROW) as (app, pilot):
        await step(pilot, "enter")
        for tab in "1234":
            await press(pilot, tab)
            for _ in range(5):
                await pilot.press("enter")
                await settle(pilot)
                check(app)
                await pilot.press("escape")
                await settle(pilot)
                if app.screen is app._browse:
                    app._browse.detail.entries.focus()
                await pilot.press("down")
        assert app.is_running


async def test_what_the_reader_pastes_cannot_speak_to_the_terminal() -> None:
    async with running() as (app, pilot):
        app._browse.search_bar.input.value = "\x1b]52;c;aGFjaw==\x07rota\x9b2J"
        await settle(pilot)
        check(app)
        assert "rota" in text(app)


async def test_what_is_typed_is_not_markup_either() -> None:
    async with running() as (app, pilot):
        for bad in ("[/", "[@click=app.quit]x[/]", "a [/#888888] b"):
            app._browse.search_bar.input.value = bad
            await settle(pilot)
            check(app)
            app.say(bad)
            app.complain(NotFoundError(bad, bad))
            await settle(pilot)
            check(app)


async def test_a_hostile_clipboard_text_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as (app, _):
        copied: list[str] = []
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        for bad in HOSTILE:
            app.copy(bad)
        assert not any(CONTROL.search(text.replace("\n", "")) for text in copied)
