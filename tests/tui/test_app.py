"""What a reader does, from the first key to the file that is handed over."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tests.tui.fake import FakeServices
from tests.tui.frames import NARROW, NORMAL, SIZES, WIDE, lines, press, running, settle, step, text
from tui.actions import ACTIONS
from tui.app import HorizonApp
from tui.modals.add import AddWindow
from tui.modals.confirm import ConfirmWindow
from tui.modals.export import ExportWindow
from tui.modals.help import HelpWindow
from tui.modals.read import ReadWindow
from tui.modals.shortlists import ShortlistsWindow
from tui.screens.browse import BrowseScreen


def row_of_cursor(app: HorizonApp) -> str:
    return next(line for line in lines(app) if line.startswith(">") or "│>" in line)


def shows(app: HorizonApp, kind: type[Screen[Any]]) -> bool:
    """Whether such a screen is in front."""
    return isinstance(app.screen, kind)


def listed(services: FakeServices, name: str) -> list[int]:
    """The tools on a shortlist."""
    return [item.tool_id for item in services.lists[name].items]


def said(app: HorizonApp) -> str:
    """What stands in the toasts."""
    return " ".join(notification.message for notification in app._notifications)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reader_searches_marks_shortlists_takes_back_and_exports(
    size: tuple[int, int], home: Path
) -> None:
    services = FakeServices()
    async with running(services, size) as (app, pilot):
        await step(pilot, "slash", "=rostering", "enter")
        assert "5 of 40 tools" in text(app)
        await step(pilot, "space", "space")
        assert "2 marked" in text(app)
        await step(pilot, "s", "=Winter rota", "enter", "=Worth a look", "enter")
        assert listed(services, "Winter rota") == [40, 32]
        assert services.lists["Winter rota"].items[0].reason == "Worth a look"
        assert "marked" not in app._browse.state.status(0)

        await step(pilot, "u")
        assert listed(services, "Winter rota") == []
        await step(pilot, "ctrl+y")
        assert listed(services, "Winter rota") == [40, 32]

        await step(pilot, "e")
        assert shows(app, ExportWindow)
        await step(pilot, "tab", "enter")
        path = home / "Downloads" / "winter-rota.csv"
        assert path.read_text(encoding="utf-8").splitlines() == ["Rotawise", "Rotadesk"]
        assert services.exported == [("Winter rota", "csv", path)]
        assert "2 tools written to" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_opening_a_tool_shows_every_value_and_escape_returns_to_its_row(
    size: tuple[int, int],
) -> None:
    async with running(size=size) as (app, pilot):
        await step(pilot, "down", "down", "enter")
        assert "Supplier says, 5 Nov 2026" in text(app)
        assert app._browse.detail.entries.has_focus
        await step(pilot, "escape")
        assert app._browse.table.has_focus
        assert app._browse.table.cursor == 2
        assert "Codaline" in row_of_cursor(app)


async def test_enter_on_a_value_shows_where_it_comes_from() -> None:
    async with running(size=NARROW) as (app, pilot):
        await step(pilot, "enter", "down", "enter")
        assert shows(app, ReadWindow)
        shown = text(app)
        for part in ("Said by", "Wellqueue Labs Ltd (Supplier)", "paragraph 2", "product_page",
                     "first seen 5 Oct 2026, last 5 Nov 2026", "/pricing"):  # fmt: skip
            assert part in shown
        await step(pilot, "escape")
        assert shows(app, BrowseScreen)


async def test_words_come_at_once_and_meaning_does_not_wait_for_a_reader_who_rests() -> None:
    services = FakeServices()
    services.slow["search"] = threading.Event()
    async with running(services) as (app, pilot):
        await pilot.press("slash", *"rota")
        await pilot.pause(0.3)
        assert services.asked.count("words") >= 1
        assert app._browse.state.phase == "words"
        first = list(app._browse.table.ids)
        services.slow["search"].set()
        await settle(pilot)
        assert app._browse.state.phase_label == "words + meaning"
        assert list(app._browse.table.ids) != first
        assert "Pages that match" in text(app)


async def test_nothing_moves_under_a_reader_who_moved_until_asked() -> None:
    services = FakeServices()
    services.slow["search"] = threading.Event()
    async with running(services) as (app, pilot):
        await pilot.press("slash", *"rota", "enter", "down")
        await pilot.pause(0.3)
        under, order = app._browse.table.cursor_id, list(app._browse.table.ids)
        services.slow["search"].set()
        await settle(pilot)
        assert list(app._browse.table.ids) == order
        assert "R for words + meaning" in text(app)
        await step(pilot, "R")
        assert app._browse.table.cursor_id == under
        assert list(app._browse.table.ids) != order
        assert "words + meaning" in text(app)


async def test_escape_keeps_the_search_and_escape_again_clears_it() -> None:
    async with running() as (app, pilot):
        await step(pilot, "slash", "=rota", "escape")
        assert app._browse.table.has_focus
        assert len(app._browse.table.ids) == 10
        await step(pilot, "escape")
        assert len(app._browse.table.ids) == 40


async def test_an_answer_to_an_older_question_is_dropped() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        services.slow["words"] = threading.Event()
        await pilot.press("slash", "z", "z")
        await pilot.pause(0.2)
        app._browse.search_bar.input.value = ""
        await pilot.pause(0.2)
        services.slow["words"].set()
        await settle(pilot)
        assert len(app._browse.table.ids) == 40


async def test_a_page_that_no_tool_claims_is_found_and_read() -> None:
    async with running(size=NARROW) as (app, pilot):
        await step(pilot, "slash", "=rota", "enter", "p", "enter")
        assert shows(app, ReadWindow)
        assert "The board heard about rota." in text(app)
        assert "http://www.bulletin.example/0" in text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_filters_narrow_the_list_and_keep_the_row_under_the_cursor(
    size: tuple[int, int],
) -> None:
    async with running(size=size) as (app, pilot):
        browse = app._browse
        if size != WIDE:
            await step(pilot, "f")
        browse.facets.choices.focus()
        await step(pilot, "home", "space")
        assert browse.state.filters.count() == 1
        assert len(browse.table.ids) == 5
        assert browse.facets.choices.has_focus
        under = browse.table.cursor_id
        await step(pilot, "F")
        assert len(browse.table.ids) == 40
        assert browse.table.cursor_id == under


async def test_a_supplier_is_found_by_typing() -> None:
    async with running(size=WIDE) as (app, pilot):
        app._browse.facets.query_one("#facet-find").focus()
        await step(pilot, "=flowrota labs", "enter", "space")
        assert len(app._browse.table.ids) == 1
        assert "Flowrota Labs Ltd" in row_of_cursor(app)


async def test_the_second_shortlisting_offers_the_list_used_last() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        await step(pilot, "s", "=One", "enter", "enter")
        await step(pilot, "down", "s")
        assert shows(app, AddWindow)
        assert app.screen.query_one("#reason").has_focus
        await step(pilot, "enter")
        assert len(services.lists["One"].items) == 2


async def test_a_tool_is_taken_off_a_shortlist_with_a_reason_and_put_back() -> None:
    services = FakeServices()
    services.new_shortlist("One", "")
    services.add("One", [1, 2], "")
    async with running(services) as (app, pilot):
        await step(pilot, "S")
        assert shows(app, ShortlistsWindow)
        await step(pilot, "down", "d", "=Not for us", "enter")
        assert listed(services, "One") == [1]
        await step(pilot, "escape", "u")
        assert listed(services, "One") == [1, 2]


async def test_a_tool_of_a_shortlist_opens_in_the_detail_pane() -> None:
    services = FakeServices()
    services.new_shortlist("One", "")
    services.add("One", [7], "")
    async with running(services, NARROW) as (app, pilot):
        await step(pilot, "S", "enter")
        assert shows(app, BrowseScreen)
        assert app._browse.reader.detail is not None
        assert app._browse.reader.detail.row.id == 7


async def test_a_similar_tool_opens_and_the_list_takes_the_pane_back() -> None:
    async with running() as (app, pilot):
        await step(pilot, "5", "enter")
        reader = app._browse.reader
        assert reader.detail is not None
        assert reader.detail.row.id == 2
        assert reader.tab == 1
        await step(pilot, "escape")
        assert reader.detail.row.id == app._browse.table.cursor_id


async def test_undo_is_refused_with_a_sentence_when_somebody_else_wrote_since() -> None:
    services = FakeServices()
    async with running(services) as (app, pilot):
        await step(pilot, "s", "=One", "enter", "enter")
        services.changed_by_another("One")
        await step(pilot, "ctrl+z")
        assert "Nothing was changed." in said(app)
        assert len(services.lists["One"].items) == 1
        await step(pilot, "escape", "f8")
        assert "Somebody else changed 'One' since." in " ".join(text(app).split())


async def test_an_export_never_replaces_a_file_unasked(home: Path) -> None:
    services = FakeServices()
    services.new_shortlist("One", "")
    services.add("One", [1], "")
    path = home / "Downloads" / "one.csv"
    path.write_text("mine", encoding="utf-8")
    async with running(services) as (app, pilot):
        await step(pilot, "e", "tab", "enter")
        assert shows(app, ConfirmWindow)
        await step(pilot, "escape")
        assert path.read_text(encoding="utf-8") == "mine"
        await step(pilot, "enter", "enter")
        assert path.read_text(encoding="utf-8") == "Codaflow" or services.exported


async def test_an_export_to_nowhere_is_refused_in_words(home: Path) -> None:
    services = FakeServices()
    services.new_shortlist("One", "")
    async with running(services) as (app, pilot):
        await step(pilot, "e")
        app.screen.query_one("#path").value = str(home / "missing" / "x.csv")  # type: ignore[attr-defined]  # an Input
        await step(pilot, "tab", "enter")
        assert "There is no folder" in text(app)
        assert not services.exported


async def test_nothing_to_export_is_said() -> None:
    async with running() as (app, pilot):
        await step(pilot, "e")
        assert "There is no shortlist to export yet." in said(app)


async def test_a_source_is_opened_only_after_its_host_was_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running() as (app, pilot):
        opened: list[str] = []
        monkeypatch.setattr(app, "open_url", opened.append)
        await step(pilot, "o")
        assert shows(app, ConfirmWindow)
        assert "Open www.codadesk.example in your browser?" in text(app)
        await step(pilot, "escape")
        assert opened == []
        await step(pilot, "o", "enter")
        assert opened == ["http://www.codadesk.example/"]
        app.visit("javascript:alert(1)")
        app.visit("file:///etc/passwd")
        await settle(pilot)
        assert shows(app, BrowseScreen)
        assert len(opened) == 1


async def test_copying_takes_the_value_with_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as (app, pilot):
        copied: list[str] = []
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await step(pilot, "1", "down", "y")
        assert copied[0].startswith("Price: £4.90 per user per month\n")
        assert "http://www.codadesk.example/pricing" in copied[0]
        await step(pilot, "Y")
        assert "Price: £4.90" in text(app)


async def test_help_is_searched_and_runs_what_is_found() -> None:
    async with running() as (app, pilot):
        await step(pilot, "question_mark")
        assert shows(app, HelpWindow)
        await step(pilot, "=clear filters", "enter")
        assert shows(app, BrowseScreen)
        await step(pilot, "f1", "=order of the list", "down", "enter")
        assert app._browse.state.sort == "evidence"


async def test_the_palette_offers_every_action_and_the_tools() -> None:
    async with running() as (app, pilot):
        await step(pilot, "ctrl+p")
        offered = app.screen.query_one("CommandList")
        ids = {hit.hit.text for hit in offered.options}  # type: ignore[attr-defined]  # a CommandList
        assert ids == {action.label for action in ACTIONS}
        await press(pilot, "=scribewell")
        await pilot.pause(0.2)
        await step(pilot, "enter")
        assert app._browse.reader.detail is not None
        assert app._browse.reader.detail.row.name == "Scribewell"


async def test_every_action_can_be_run_by_name_without_a_fault() -> None:
    async with running(size=NARROW) as (app, pilot):
        for action in ACTIONS:
            if action.id == "app.quit":
                continue
            app.perform(action)
            await settle(pilot)
            assert app.is_running, action.id
            assert "unexpected" not in said(app), action.id
            while app.screen is not app._browse:
                await step(pilot, "escape")


async def test_other_keys_are_obeyed() -> None:
    app = HorizonApp(FakeServices(), keys={"filters.toggle": "x"})
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await step(pilot, "f")
        assert not app._browse.panes.facets
        await step(pilot, "x")
        assert app._browse.panes.facets


async def test_a_small_terminal_is_asked_to_grow_and_nothing_is_lost() -> None:
    async with running(size=NORMAL) as (app, pilot):
        await step(pilot, "down", "down")
        await pilot.resize_terminal(70, 20)
        await settle(pilot)
        assert "Please enlarge to 80x24 (now 70x20)" in text(app)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Codaline" in row_of_cursor(app)


async def test_marking_many_tools_is_asked_first() -> None:
    async with running(FakeServices(60)) as (app, pilot):
        await step(pilot, "a")
        assert shows(app, ConfirmWindow)
        await step(pilot, "enter")
        assert len(app._browse.state.marks) == 60
        await step(pilot, "A")
        assert not app._browse.state.marks


async def test_a_suggested_tag_is_accepted_rejected_and_left_alone_again() -> None:
    services = FakeServices()
    async with running(services, size=WIDE) as (app, pilot):
        await step(pilot, "plus")
        assert "Go to a tag" in said(app)
        await step(pilot, "enter")
        entries = app._browse.detail.entries
        place = next(
            at
            for at, entry in enumerate(entries.entries)
            if entry.tag and entry.tag.code == "SET_MH"
        )
        entries.highlighted = place
        await step(pilot, "plus")
        assert "SET_MH accepted. u undoes." in said(app)
        assert entries.highlighted == place
        (tag,) = services.tags.values()
        assert (tag.state, tag.by) == ("accepted", "J. Smith")
        await step(pilot, "minus")
        assert next(iter(services.tags.values())).state == "rejected"
        await step(pilot, "minus")
        assert services.tags == {}
