"""`horizon runs`, `horizon sources health`, `horizon issues` and `horizon diff`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.clock import fixed_clock
from catalogue.database import open_database
from catalogue.frontier import Found, Frontier
from catalogue.health import HealthRow, advice
from catalogue.ingest import Ingestor, PageVisit
from catalogue.settings import load
from crawler.page import Page, ReadRequest
from crawler.reading import read
from crawler.snapshots import Snapshots
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, source, visit_of
from tests.tui.cli.conftest import Horizon

ROTA = "http://www.rotaflow.example/products/rotaflow"
ABOUT = "http://www.rotaflow.example/about"
WORDS = "RotaFlow finds shifts that nobody covers. It costs {} per user per month. {}"


def html(price: str, more: str) -> bytes:
    text = WORDS.format(price, more)
    return f"<html><title>RotaFlow</title><main><p>{text}</p></main></html>".encode()


@pytest.fixture
def crawled(home: Path) -> None:
    """Two sound runs, in which one page changed its price, and one that failed."""
    settings = load(home, env={})
    database = open_database(settings)
    snapshots = Snapshots(settings.snapshots)
    bodies = {
        DAY_1: html("£2.50", "Updated 3 hours ago."),
        DAY_2: html("£3.10", "Updated 5 minutes ago."),
    }
    for at, body in bodies.items():
        reading = read(Page(ROTA, body, "text/html", at), ReadRequest((), "", "", ROTA))
        frontier = Frontier(database, fixed_clock(at))
        ingestor = Ingestor(database, fixed_clock(at))
        frontier.register([source()])
        run = frontier.start("rotaflow", [Found(ROTA, 0), Found(ABOUT, 0)], 100)
        for task in frontier.lease(run, 9):
            made: PageVisit = visit_of(
                run, task, reading if task.url == ROTA else page("About", "Us."), at
            )
            if task.url == ROTA:
                made = replace(made, raw_sha=snapshots.put(body), content_type="text/html")
            ingestor.ingest(made)
        assert ingestor.conclude(run).state == "finished"
    fault = Site(source(), {ROTA: "fault", ABOUT: "fault"})
    crawl(database, fault, at=DAY_2.replace(day=12))
    database.close()


@pytest.mark.usefixtures("crawled")
def test_runs_tell_what_was_found_and_how_it_was_judged(horizon: Horizon) -> None:
    newest, second, first = horizon("runs", "--json").data
    assert [row["state"] for row in (first, second, newest)] == ["finished", "finished", "failed"]
    assert (second["changed"], second["unchanged"]) == (1, 1)
    assert newest["reasons"].startswith("0 documents, at least 1 expected.")
    assert "FAILED" in horizon("runs").out
    assert len(horizon("runs", "--limit", "1", "--json").data) == 1
    assert horizon("runs", "--source", "rotafow").code == 3


@pytest.mark.usefixtures("crawled")
def test_health_tells_the_last_good_run_and_what_to_do(horizon: Horizon) -> None:
    (row,) = horizon("sources", "health", "--json").data
    assert row["last_good"] == DAY_2.isoformat()
    assert (row["state"], row["issues"]) == ("failed", 3)
    assert row["advice"]
    assert "FAILED" in horizon("sources", "health").out


@pytest.mark.usefixtures("crawled")
def test_a_person_closes_issues(horizon: Horizon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORIZON_REVIEW__REVIEWER", "Ada")
    ids = [row["id"] for row in horizon("issues", "list", "--json").data]
    assert len(ids) == 3
    wrong = horizon("issues", "close", str(ids[0]), "999")
    assert wrong.code == 3
    assert len(horizon("issues", "list", "--json").data) == 3, "all or none"
    assert horizon("issues", "close", *map(str, ids[:2])).code == 0
    assert [row["id"] for row in horizon("issues", "list", "--json").data] == ids[2:]
    closed = horizon("issues", "list", "--all", "--source", "rotaflow", "--json").data
    assert sorted(row["closed_by"] for row in closed) == ["", "Ada", "Ada"]
    assert "closed by Ada" in horizon("issues", "list", "--all").out


@pytest.mark.slow
@pytest.mark.usefixtures("crawled")
def test_diff_marks_words_by_signs_and_leaves_out_what_changes_by_itself(horizon: Horizon) -> None:
    assert horizon("diff", ROTA).out.splitlines() == [
        "  RotaFlow",
        "- RotaFlow finds shifts that nobody covers. It costs [-£2.50-] per user per month. ~ .",
        "+ RotaFlow finds shifts that nobody covers. It costs {+£3.10+} per user per month. ~ .",
    ]
    (hunk,) = horizon("diff", ROTA, "--from", "2026-10-05", "--json").data["changes"]
    assert [line["sign"] for line in hunk] == [" ", "-", "+"]
    beside = horizon("diff", ROTA, "--side-by-side").out.splitlines()
    assert beside[0].split() == ["RotaFlow", "RotaFlow"]
    assert beside[1].split()[:2] == ["-", "RotaFlow"]
    assert " + RotaFlow" in beside[1]
    same = horizon("diff", ROTA, "--from", "2026-11-06", "--to", "2026-11-07")
    assert (same.out, "Nothing" in same.err) == ("", True)


@pytest.mark.usefixtures("crawled")
def test_diff_names_the_nearest_page_and_the_first_day(horizon: Horizon) -> None:
    unknown = horizon("diff", f"{ROTA}s")
    assert (unknown.code, ROTA in unknown.err) == (3, True)
    early = horizon("diff", ROTA, "--from", "2026-01-01")
    assert (early.code, "2026-10-05" in early.err) == (3, True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last_run": None}, "Not visited yet"),
        ({"state": "running"}, "goes on with it"),
        ({"state": "failed", "faults": {"dns": 1, "bot_wall": 7}}, "keeps machines out"),
        ({"state": "failed", "faults": {"timeout": 1}}, "tried again"),
        ({"state": "failed"}, "Less came"),
        ({"due_at": DAY_1}, "Overdue"),
        ({"issues": 2}, "issues list --source rota"),
        ({}, ""),
        ({"enabled": False, "state": "failed"}, ""),
    ],
)
def test_every_state_has_its_advice(changed: dict[str, object], words: str) -> None:
    well = HealthRow("rota", True, DAY_1, DAY_1, "finished", due_at=DAY_2)
    told = advice(replace(well, **changed), DAY_1.replace(day=9))  # type: ignore[arg-type]  # by name
    assert (words in told) if words else told == ""
