"""Visits that found nothing new, many in one transaction: as if each had been stored alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.frontier import Frontier, Run
from catalogue.ingest import Ingestor
from catalogue.models import Claim, CrawlTask, Displayed, Document, Issue, Statement, Tool, Visit
from catalogue.page_visit import Outcome, PageVisit, VisitState
from catalogue.queries.check import check
from catalogue.queries.fingerprint import content
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    claim,
    crawl,
    page,
    source,
    tool,
    visit_of,
)

ROOT = "http://www.rotaflow.example"
ROTA, TALLY, NEWS = f"{ROOT}/rota", f"{ROOT}/tally", f"{ROOT}/news"
SAVES = "RotaFlow saves up to 2 hours a week."
SITE = Site(
    source(),
    {
        ROTA: page("RotaFlow", SAVES, tool("RotaFlow", ROTA, summary="Rosters."), claim(SAVES)),
        TALLY: page("TallyFlow", "It counts.", tool("TallyFlow", TALLY, summary="Counts.")),
        NEWS: page("News", "Nothing happened."),
    },
)


def again(database: Database, state: VisitState = "not_modified") -> tuple[Run, list[PageVisit]]:
    """Lease all pages a month later; each is found in this state."""
    frontier = Frontier(database, fixed_clock(DAY_2))
    run = frontier.start("rotaflow", [], 100)
    return run, [visit_of(run, task, state, DAY_2) for task in frontier.lease(run, 10)]


def confirm(database: Database, visits: Sequence[PageVisit]) -> list[Outcome]:
    return Ingestor(database, fixed_clock(DAY_2)).confirm(visits)


def in_content(database: Database) -> list[str]:
    with database.read() as session:
        return list(content(session))


@pytest.fixture
def other(tmp_path: Path, empty_catalogue: Path) -> Iterator[Database]:
    """A second catalogue."""
    shutil.copyfile(empty_catalogue, tmp_path / "other.db")
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    yield database
    database.close()


def test_many_at_once_are_as_each_alone(database: Database, other: Database) -> None:
    for catalogue in (database, other):
        crawl(catalogue, SITE)
    run, visits = again(database)
    assert confirm(database, visits) == [Outcome()] * 3
    for visit in again(other)[1]:
        Ingestor(other, fixed_clock(DAY_2)).ingest(visit)
    assert in_content(database) == in_content(other)
    assert list(check(database, lambda _: True)) == []
    with database.read() as session:
        assert set(session.scalars(select(Document.last_seen))) == {DAY_2}
        assert set(session.scalars(select(Tool.last_seen))) == {DAY_2}
        stored = session.execute(select(Visit.url, Visit.state).where(Visit.run_id == run.id))
        assert sorted(tuple(row) for row in stored) == [
            (url, "not_modified") for url in (NEWS, ROTA, TALLY)
        ]


def test_what_a_page_says_no_longer_is_not_extended(database: Database) -> None:
    crawl(database, SITE)
    shorter = page("RotaFlow", "Rosters.", tool("RotaFlow", ROTA, summary="Rosters."))
    crawl(database, Site(source(), {**SITE.pages, ROTA: shorter}), at=DAY_1.replace(day=20))
    confirm(database, again(database)[1])
    with database.read() as session:
        (tool_id,) = session.scalars(select(Tool.id).where(Tool.name == "RotaFlow"))
        assert session.get_one(Tool, tool_id).claims == 0
        seen = dict(session.execute(select(Claim.quote, Claim.last_seen)).all())
        assert seen == {SAVES: DAY_1}
        rosters = select(Statement.last_seen).where(Statement.value == "Rosters.")
        assert session.scalars(rosters).all() == [DAY_2]
    assert list(check(database, lambda _: True)) == []


def test_validators_are_kept_and_the_lease_ends(database: Database) -> None:
    crawl(database, SITE)
    with database.write() as session:
        for task in session.scalars(select(CrawlTask)):
            task.etag, task.missing = "old", 2
    _, visits = again(database)
    same, newer, fetched = visits
    fetched = replace(fetched, state="unchanged")
    confirm(database, [same, replace(newer, etag="new"), fetched])
    with database.read() as session:
        tasks = [session.get_one(CrawlTask, visit.task.id) for visit in visits]
        assert [task.etag for task in tasks] == ["old", "new", ""]
        assert {(task.state, task.leased_by, task.missing, task.attempts) for task in tasks} == {
            ("done", "", 0, 1)
        }


def test_a_visit_whose_lease_was_lost_is_dropped(database: Database) -> None:
    crawl(database, SITE)
    run, (lost, *others) = again(database)
    Frontier(database).give_back([lost.task])
    confirm(database, [lost, *others])
    with database.read() as session:
        assert session.get_one(CrawlTask, lost.task.id).state == "due"
        seen = select(Visit.task_id).where(Visit.run_id == run.id)
        assert lost.task.id not in set(session.scalars(seen))


def test_a_page_that_is_back_is_shown_again(database: Database) -> None:
    crawl(database, SITE)
    run, visits = again(database, "gone")
    ingestor = Ingestor(database, fixed_clock(DAY_2))
    for visit in visits:
        ingestor.ingest(visit)
    ingestor.conclude(run)
    with database.read() as session:
        assert session.scalars(select(Displayed)).all() == []
    confirm(database, again(database)[1])
    with database.read() as session:
        assert set(session.scalars(select(Document.gone_at))) == {None}
        assert session.scalars(select(Displayed)).all() != []
    assert list(check(database, lambda _: True)) == []


def test_the_fault_of_a_page_has_passed(database: Database) -> None:
    crawl(database, SITE)
    crawl(database, Site(source(), dict.fromkeys(SITE.pages, "fault")), at=DAY_1.replace(day=20))
    confirm(database, again(database)[1])
    with database.read() as session:
        pages = session.scalars(select(Issue.state).where(Issue.subject.in_(SITE.pages)))
        assert set(pages) == {"closed"}
