"""The search line: fields and values offered, wrong ones told, and the filter pane in step."""

from __future__ import annotations

import threading

import pytest

from tests.tui.fake import FakeServices
from tests.tui.frames import NARROW, NORMAL, WIDE, lines, running, settle, step, text
from tests.tui.test_app import said

Size = tuple[int, int]


@pytest.mark.parametrize("size", [NARROW, NORMAL])
async def test_fields_and_values_are_offered_and_tab_takes_the_first(size: Size) -> None:
    async with running(size=size) as (app, pilot):
        browse = app._browse
        await step(pilot, "slash", "=rota sett")
        assert "Tab setting:  where care is given" in text(app)
        await step(pilot, "tab", "=pri")
        assert "Tab setting:primary  Primary care" in text(app)
        assert browse.search_bar.input.has_focus
        await step(pilot, "right")
        assert browse.search_bar.input.value == "rota setting:primary"
        assert not browse.completions.display
        assert browse.state.asked.filters.of("setting") == {"SET_PRIMARY"}


async def test_right_moves_within_the_line_and_tab_goes_on_where_nothing_is_offered() -> None:
    async with running() as (app, pilot):
        asked = app._browse.search_bar.input
        await step(pilot, "slash", "=rota sett", "left", "right")
        assert asked.value == "rota sett"
        await step(pilot, "ctrl+u", "=rota", "tab")
        assert not asked.has_focus


@pytest.mark.parametrize("key", ["escape", "enter", "down"])
async def test_the_line_is_left_as_ever_while_something_is_offered(key: str) -> None:
    async with running() as (app, pilot):
        await step(pilot, "slash", "=sett", key)
        assert app._browse.table.has_focus
        assert app._browse.search_bar.input.value == "sett"
        assert not app._browse.completions.display


async def test_suppliers_and_shortlists_are_offered_from_the_catalogue() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        services.new_shortlist("Ward rotas", "")
        app.wrote()
        await settle(pilot)
        await step(pilot, "slash", "=shortlisted:war")
        assert 'shortlisted:"Ward rotas"' in text(app)
        await step(pilot, "ctrl+u", '=supplier:"flowrota la', "tab")
        assert app._browse.search_bar.input.value == 'supplier:"Flowrota Labs Ltd"'
        assert len(app._browse.table.ids) == 1


async def test_a_wrong_field_and_a_wrong_value_are_told_and_the_rest_is_asked() -> None:
    async with running() as (app, pilot):
        await step(pilot, "slash", "=rota seting:primary", "enter")
        assert "! There is no field 'seting:'. Did you mean 'setting'?" in lines(app)[2]
        assert len(app._browse.table.ids) == 10
        assert not said(app)
        await step(pilot, "slash", "ctrl+u", "=rota", "enter")
        assert "!" not in lines(app)[2]


async def test_what_is_wrong_is_told_one_after_the_other() -> None:
    async with running() as (app, pilot):
        await step(pilot, "slash", "=seting:primary setting:primry", "enter")
        assert "! 1 of 2: There is no field 'seting:'." in lines(app)[2]
        await step(pilot, "slash", "ctrl+u", "=setting:primry", "enter")
        assert "! 'primry' is no value of setting:. Did you mean 'primary'?" in lines(app)[2]


async def test_an_unknown_supplier_is_told_once_in_the_rule_and_the_rest_is_asked() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        await step(pilot, "slash", "=rota supplier:nobody", "enter")
        assert "! There is no supplier 'nobody'." in lines(app)[2]
        assert len(app._browse.table.ids) == 10
        assert app._browse.state.phase_label == "words + meaning"
        assert not said(app)


async def test_meaning_that_fails_by_an_unknown_name_is_asked_again_without_it() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        services.slow["words"] = threading.Event()
        await pilot.press("slash", *"rota supplier:nobody")
        await pilot.pause(0.3)
        services.slow["words"].set()
        await settle(pilot)
        assert app._browse.state.no_meaning == ""
        assert app._browse.state.phase_label == "words + meaning"


async def test_what_was_searched_for_a_misspelt_word_is_told() -> None:
    async with running() as (app, pilot):
        await step(pilot, "slash", "=roat")
        assert "Searched 'rota' for 'roat'." in lines(app)[2]
        assert len(app._browse.table.ids) == 10
        await step(pilot, "escape", "escape")
        assert "Searched" not in text(app)


async def test_the_filter_pane_shows_what_the_line_asks_and_takes_it_out_of_it() -> None:
    async with running(size=WIDE) as (app, pilot):
        browse = app._browse
        await step(pilot, "slash", "=rota use:doc_scribe -setting:primary changed:7d", "enter")
        for shown in ("[x] changed: 7d", "[x] not setting: Primary", "[x] use: Ambient"):
            assert shown in text(app)
        assert "3 filters" in text(app)
        browse.facets.choices.focus()
        await step(pilot, "home", "space")
        assert browse.search_bar.input.value == "rota use:doc_scribe -setting:primary"
        await step(pilot, "F")
        assert browse.search_bar.input.value == "rota"
        assert browse.state.asked.filters.count() == 0
        assert len(browse.table.ids) == 10


async def test_the_pane_and_the_line_narrow_together() -> None:
    async with running(size=WIDE) as (app, pilot):
        browse = app._browse
        await step(pilot, "slash", '=supplier:"Flowrota Labs Ltd"', "enter")
        assert "[x] Flowrota Labs Ltd" in text(app)
        (tool,) = browse.table.ids
        browse.state.narrow("use_case", "UC_DOC_SCRIBE")
        assert set(dict(browse.state.asked.filters.chosen)) == {"supplier", "use_case"}
        browse.state.narrow("supplier", "Flowrota Labs Ltd")
        assert browse.state.query == ""
        assert tool


async def test_a_new_shortlist_remembers_what_was_searched_for() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        await step(pilot, "slash", "=rota -agency", "enter", "s")
        assert "It remembers the search: rota -agency" in text(app)
        await step(pilot, "=Rotas", "enter", "enter")
        assert services.lists["Rotas"].query == "rota -agency"
        await step(pilot, "S")
        assert "Search: rota -agency" in text(app)
