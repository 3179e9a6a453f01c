from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.tui.cli.conftest import HOSTILE
from tests.tui.cli.test_find import CONTROLS
from tui.cli import render


@dataclass(frozen=True, slots=True)
class Row:
    when: date
    at: datetime
    where: Path


def test_json_knows_rows_dates_and_paths(capsys: pytest.CaptureFixture[str]) -> None:
    row = Row(date(2026, 11, 5), datetime(2026, 11, 5, 9, tzinfo=UTC), Path("a"))
    render.as_json([row])
    assert json.loads(capsys.readouterr().out) == [
        {"when": "2026-11-05", "at": "2026-11-05T09:00:00+00:00", "where": "a"}
    ]


def test_json_of_anything_else_is_a_defect() -> None:
    with pytest.raises(TypeError, match="object has no form"):
        render.as_json(object())


def test_json_escapes_what_a_terminal_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    render.as_json({HOSTILE: HOSTILE})
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert not CONTROLS & set(printed)
    assert json.loads(printed) == {HOSTILE: HOSTILE}


def test_nothing_printed_is_markup_or_a_control(capsys: pytest.CaptureFixture[str]) -> None:
    render.put(
        render.text(HOSTILE),
        render.indented(HOSTILE, 4),
        render.table([(":cat:", "left")], [[HOSTILE]]),
    )
    render.say(HOSTILE)
    printed = capsys.readouterr()
    assert not CONTROLS & set(printed.out + printed.err)
    assert printed.out.count("[bold red]Rotaworf[/]") == 3
    assert printed.err == "[bold red]Rotaworf[/]\n"
    assert ":cat:" in printed.out


def test_lines_have_no_trailing_blanks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    render.put(
        render.indented("word " * 30, 6), render.table([("a", "left"), ("b", "left")], [["x", ""]])
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 4
    assert all(line == line.rstrip() and len(line) <= 40 for line in lines)
