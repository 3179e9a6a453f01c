"""Every string as an argument of every command that takes words, over a hostile catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.query import Query, attempt
from tests.hostile.conftest import Horizon, Market
from tests.hostile.strings import OBEYED
from tests.tui.cli.conftest import Ended
from tui.live import Live

pytestmark = pytest.mark.slow


def harmless(ended: Ended, *codes: int) -> Ended:
    """The command ended as one may end, and printed nothing that a terminal obeys."""
    assert ended.code in codes, ended
    assert not OBEYED.search(ended.out), ended.out
    assert not OBEYED.search(ended.err), ended.err
    return ended


def test_every_string_may_be_searched_for(horizon: Horizon, market: Market) -> None:
    found = 0
    for text in market.strings:
        ended = harmless(horizon("search", "--limit", "3", "--", text), 0, 2)
        if ended.code:  # It looks like a field that there is not.
            assert attempt(text)[1]
            continue
        data = harmless(horizon("search", "--limit", "3", "--json", "--", text), 0).data
        assert data["query"] == data["query"].strip()
        found += bool(data["hits"])
        words = harmless(horizon("search", "--words", "--json", "--", text), 0).data
        assert all(hit["title"] or hit["url"] for hit in words["hits"])
    assert found > len(market.strings) * 2 // 3


def test_every_string_may_name_a_tool_or_none(horizon: Horizon, market: Market) -> None:
    for text in market.strings:
        harmless(horizon("show", "--", text), 0, 3)


def test_all_that_is_known_of_a_tool_is_shown(horizon: Horizon, live: Live, market: Market) -> None:
    tools = live.browse(Query(), "name")
    assert len(tools) >= len(market.strings)
    for tool in tools[::2]:
        harmless(horizon("show", str(tool)), 0)
    for tool in tools[1::8]:
        detail = harmless(horizon("show", str(tool), "--json"), 0).data
        assert detail["row"]["id"] == tool
        assert detail["row"]["name"]
        assert detail["values"]
        harmless(horizon("similar", str(tool)), 0)
    harmless(horizon("sources", "list"), 0)


def test_every_string_may_be_a_shortlists_name_purpose_and_reason(
    horizon: Horizon, market: Market, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (work := tmp_path / "work").mkdir()
    monkeypatch.chdir(work)
    for text in market.strings:
        name = f"{text}\nlist"
        if harmless(horizon("shortlist", "new", "--purpose", text, "--", name), 0, 5).code:
            continue  # cleaned, it is the name of another
        harmless(horizon("shortlist", "add", "--reason", text, "--", name, "1", "2", "3"), 0)
        harmless(horizon("shortlist", "remove", "--reason", text, "--", name, "2"), 0)
        harmless(horizon("shortlist", "show", "--", name), 0)
        harmless(horizon("export", "--force", "--format", "csv", "--", name), 0)
    for text in market.strings[::4]:
        name = f"{text}\nlist"
        row = harmless(horizon("shortlist", "show", "--json", "--", name), 0).data
        assert [item["tool_id"] for item in row["items"]] == [1, 3]
        harmless(horizon("export", "--format", text, "--", name), 3)
        harmless(horizon("shortlist", "add", "--", name, text), 0, 3)
    harmless(horizon("shortlist", "list"), 0)
    rows = harmless(horizon("shortlist", "list", "--json"), 0).data
    assert len(rows) > len(market.strings) * 3 // 4
    written = {path.name for path in work.iterdir()}
    assert all(name.endswith(".csv") and not name.startswith((".", "-")) for name in written)
    assert {path.name for path in tmp_path.iterdir()} == {"home", "work"}
