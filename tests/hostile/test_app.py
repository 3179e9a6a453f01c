"""The app over a hostile catalogue: every tool, pane and window, and whatever is typed into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from catalogue.query import Query
from tests.hostile.conftest import Market
from tests.tui.frames import NARROW, NORMAL, press, running, settle, text
from tests.tui.hostile import check, visit_everything
from tui.live import Live
from tui.modals.add import AddWindow
from tui.modals.export import ExportWindow

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def reader(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader whose files are the test's own."""
    monkeypatch.chdir(home)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Deep enough that "../.." stays in the folder of the test."""
    folder = tmp_path / "a" / "b" / "reader"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


def put_everything_on_shortlists(live: Live, market: Market) -> None:
    """A shortlist for every string that can name one; the first holds tools for all reasons."""
    tools = live.browse(Query(), "name")
    for number, words in enumerate(market.strings):
        live.new_shortlist(f"{words}\n{number}", words)
        live.add(f"{market.strings[0]}\n0", [tools[number]], words)


@pytest.mark.parametrize("size", [NARROW, NORMAL])
async def test_every_pane_and_window_stands_the_market(
    live: Live, market: Market, size: tuple[int, int]
) -> None:
    put_everything_on_shortlists(live, market)
    async with running(live, size) as (app, pilot):
        await visit_everything(app, pilot)
        await press(pilot, "S", *["down"] * 40)
        check(app)
        assert app.is_running


async def test_every_tool_can_be_read_beside_the_list(live: Live, market: Market) -> None:
    tools = len(live.browse(Query(), "name"))
    assert tools >= len(market.strings)
    async with running(live, NORMAL) as (app, pilot):
        app.guard.enabled = False
        for place in range(tools):
            await press(pilot, "12345"[place % 5], "down")
            check(app)
        assert app.is_running


async def test_every_tenth_tool_can_be_read_alone_with_the_words_behind_its_values(
    live: Live, market: Market
) -> None:
    async with running(live, NARROW) as (app, pilot):
        app.guard.enabled = False
        for place in range(len(market.strings) // 10):
            await press(pilot, "enter", "12341"[place % 5], "down", "enter")
            check(app)
            await press(pilot, "escape", "escape", *["down"] * 10)
            check(app)
        assert app.is_running


async def test_every_string_can_be_searched_for(live: Live, market: Market) -> None:
    async with running(live, NORMAL) as (app, pilot):
        for words in market.strings[::3]:
            app._browse.search_bar.input.value = words[:300]
            await settle(pilot)
            check(app)
        assert app.is_running


async def test_every_string_can_name_a_shortlist_and_give_a_reason(
    live: Live, market: Market
) -> None:
    async with running(live, NARROW) as (app, pilot):
        for words in market.strings[::6]:
            await press(pilot, "s")
            window = app.screen
            assert isinstance(window, AddWindow)
            where = window.query_one("#where")
            where.focus()
            await press(pilot, "end")
            window.query_one("#name", Input).value = f"{words}!"
            window.query_one("#reason", Input).value = words
            check(app)
            window.pressed("add")
            await settle(pilot)
            check(app)
        await press(pilot, "S", *["down"] * 10)
        check(app)
        await press(pilot, "escape", "u", "U", "f8")
        check(app)
    assert len(live.shortlists()) > len(market.strings[::6]) * 3 // 4


def files(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


async def test_every_string_can_name_a_file_or_is_refused_in_words(
    live: Live, market: Market, home: Path, tmp_path: Path
) -> None:
    live.new_shortlist("plain", "")
    live.add("plain", [1], "")
    before = files(tmp_path)
    async with running(live, NORMAL) as (app, pilot):
        await press(pilot, "e")
        for words in (*market.strings, "~nobody-of-that-name/x.csv"):
            if words.strip().startswith("/"):
                continue  # this would be a real file of this machine
            window = app.screen
            assert isinstance(window, ExportWindow)
            window.query_one("#path", Input).value = words
            window.pressed("export")
            await settle(pilot)
            check(app)
            if app.screen is not window:  # it asks whether to replace
                await press(pilot, "escape")
        assert "No file can be written there" in text(app)
        assert app.is_running
    assert files(tmp_path) == before
    assert files(home)
