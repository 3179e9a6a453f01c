from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import HOSTILE, Horizon, Stock


@pytest.fixture
def shortlist(
    horizon: Horizon, stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A shortlist of two tools; the present folder is the test's own."""
    monkeypatch.chdir(tmp_path)
    horizon("shortlist", "new", "Ward rotas")
    horizon("shortlist", "add", "Ward rotas", str(stock.rotaflow), str(stock.scribe))
    return "Ward rotas"


def test_writes_the_format_that_the_name_of_the_file_tells(
    horizon: Horizon, shortlist: str, tmp_path: Path
) -> None:
    path = tmp_path / "out.json"
    ended = horizon("export", shortlist, "--output", str(path))
    assert (ended.code, ended.out) == (0, "")
    assert "Wrote 2 tools to" in ended.err
    assert "Rotaflow Pro" in json.dumps(json.loads(path.read_text(encoding="utf-8")))


def test_is_named_after_the_shortlist_where_no_file_is_named(
    horizon: Horizon, shortlist: str, tmp_path: Path
) -> None:
    ended = horizon("export", shortlist, "--format", "csv", "--json")
    assert ended.code == 0
    assert ended.data == {"path": str(tmp_path / "ward-rotas.csv"), "format": "csv", "tools": 2}
    assert (tmp_path / "ward-rotas.csv").exists()


def test_a_long_name_makes_a_name_that_a_folder_can_hold(
    horizon: Horizon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    horizon("shortlist", "new", "ward " * 80)
    assert horizon("export", "ward " * 80, "--format", "csv").code == 0
    assert len(list(tmp_path.glob("ward-*.csv"))) == 1


def test_keeps_a_file_that_is_there_unless_forced(
    horizon: Horizon, shortlist: str, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("my notes", encoding="utf-8")
    ended = horizon("export", shortlist, "--output", str(path))
    assert ended.code == 1
    assert "--force" in ended.err
    assert path.read_text(encoding="utf-8") == "my notes"
    assert horizon("export", shortlist, "--output", str(path), "--force").code == 0
    assert "Rotaflow Pro" in path.read_text(encoding="utf-8")


def test_a_wrong_format_is_answered_with_the_nearest(horizon: Horizon, shortlist: str) -> None:
    ended = horizon("export", shortlist, "--format", "xlxs")
    assert ended.code == 3
    assert "Did you mean 'xlsx'?" in ended.err


def test_a_name_that_tells_no_format_is_a_usage_error(horizon: Horizon, shortlist: str) -> None:
    ended = horizon("export", shortlist, "--output", "rotas.docx")
    assert ended.code == 2
    assert "--format" in ended.err


def test_an_unknown_shortlist_leaves_no_file(
    horizon: Horizon, shortlist: str, tmp_path: Path
) -> None:
    del shortlist
    ended = horizon("export", HOSTILE, "--format", "csv")
    assert ended.code == 3
    assert "\x1b" not in ended.err
    assert not list(tmp_path.glob("*.csv"))
