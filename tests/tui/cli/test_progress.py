from __future__ import annotations

import time

import pytest

from crawler.progress import CrawlProgress, SourceTally
from tests.tui.cli.conftest import HOSTILE
from tests.tui.cli.test_find import CONTROLS
from tui.cli import progress, render

UNDER_WAY = SourceTally("rotaflow", visited=2, pending=5)
DONE = SourceTally("rotaflow", "finished", visited=7, new=6, faults=1, seconds=1.25)
FAILED = SourceTally("quillon", "failed", note=f"Given up. {HOSTILE}")


def test_a_crawl_is_told_in_plain_lines_once_for_each_change(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress.crawling() as tell:
        for tallies in ((UNDER_WAY,), (UNDER_WAY,), (UNDER_WAY, FAILED), (DONE, FAILED)):
            tell(CrawlProgress(tallies))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "rotaflow: under way",
        "quillon: FAILED, 0 visited, 0 new, 0 changed, 0 faults. Given up. [bold red]Rotaworf[/]",
        "rotaflow: done, 7 visited, 6 new, 0 changed, 1 fault.",
    ]


def test_the_table_has_a_line_for_each_source(capsys: pytest.CaptureFixture[str]) -> None:
    render.put(progress.tally_table((DONE, FAILED)))
    printed = capsys.readouterr().out
    assert not CONTROLS & set(printed)
    lines = [line.split() for line in printed.splitlines()]
    assert lines[1][:8] == ["rotaflow", "done", "7", "0", "6", "0", "0", "1"]
    assert lines[2][:2] == ["quillon", "FAILED"]


@pytest.mark.parametrize("width", [80, 120])
def test_no_heading_of_the_table_is_folded(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    render.put(progress.tally_table((DONE, FAILED)))
    lines = capsys.readouterr().out.splitlines()
    headings = "source state visited left new changed same faults signals secs"
    assert " ".join(lines[0].split()) == headings
    assert max(map(len, lines)) <= width
    assert " ".join(lines[3:]) == "quillon: Given up. [bold red]Rotaworf[/]"


def test_counting_tells_the_end_and_not_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.counting("Reading for meaning") as tell:
        for done in range(1, 1501):
            tell(done, 1500)
    assert capsys.readouterr().err == "Reading for meaning: 1,500 of 1,500\n"


def test_counting_tells_how_long_it_will_take(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 4.0, 60.0, 119.0, 120.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(moments))
    with progress.counting("Reading for meaning") as tell:
        for done in (10, 500, 990, 1000):
            tell(done, 1000)
    assert capsys.readouterr().err.splitlines() == [
        "Reading for meaning: 500 of 1,000, about 1 minute left",
        "Reading for meaning: 990 of 1,000, less than a minute left",
        "Reading for meaning: 1,000 of 1,000",
    ]
