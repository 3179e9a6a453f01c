"""A run is judged when it is over; until then, what it found changed is held."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import Reading
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Conclusion, Ingestor, PageVisit, VisitState
from catalogue.models import CrawlRun, CrawlTask, Document, HeldVisit, Issue, Signal, Source
from catalogue.queries.check import check
from catalogue.queries.fingerprint import content
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, source, tool, visit_of

ROTA = "http://www.rotaflow.example/products/rotaflow"
ABOUT = "http://www.rotaflow.example/about"
NEWS = "http://www.rotaflow.example/news"


def product(price: str) -> Reading:
    return page("RotaFlow", f"RotaFlow costs {price}.", tool("RotaFlow", ROTA, price=price))


def site(
    pages: Mapping[str, Reading | VisitState], expect: Mapping[str, object] | None = None
) -> Site:
    return Site(replace(source(), definition=json.dumps({"expect": expect or {}})), pages)


def said(database: Database) -> list[str]:
    with database.read() as session:
        return list(content(session))


def signals(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.before, row.after) for row in rows]


def last_run(database: Database) -> tuple[str, str, str]:
    with database.read() as session:
        row = session.scalars(select(CrawlRun).order_by(CrawlRun.id.desc()).limit(1)).one()
        return row.state, row.verdict, row.note


def walk(
    database: Database, pages: Mapping[str, Reading | VisitState], at: datetime = DAY_2
) -> Ingestor:
    """Visit pages, and do not conclude."""
    frontier, ingestor = Frontier(database, fixed_clock(at)), Ingestor(database, fixed_clock(at))
    run = frontier.start("rotaflow", [Found(url, 0) for url in pages], 100)
    for task in frontier.lease(run, 100):
        ingestor.ingest(visit_of(run, task, pages[task.url], at))
    return ingestor


WELL: dict[str, Reading | VisitState] = {ROTA: product("£2"), ABOUT: page("About", "Us.")}
BROKEN: dict[str, Reading | VisitState] = {ROTA: page("Rota", "Hello."), ABOUT: "gone"}
TWO = {"documents": {"min": 2}}


def test_a_failed_run_changes_nothing_and_says_why(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    before = said(database)
    crawl(database, site(BROKEN, TWO), at=DAY_2)
    assert said(database) == before
    assert signals(database) == []
    assert last_run(database) == ("failed", "failed", "1 documents, at least 2 expected.")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(HeldVisit)) == 0
    assert check(database, lambda _: True) == []


def test_the_next_sound_run_is_compared_with_the_last_sound_one(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    crawl(database, site(BROKEN, TWO), at=DAY_2)
    crawl(database, site(WELL | {ROTA: product("£3")}, TWO), at=DAY_2)
    assert signals(database) == [("SIG_PRICE_CHANGED", "£2", "£3")]


def test_a_site_that_recovers_has_no_news(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    crawl(database, site(BROKEN, TWO), at=DAY_2)
    crawl(database, site(WELL, TWO), at=DAY_2)
    assert signals(database) == []
    assert last_run(database) == ("finished", "sound", "")


def test_nothing_is_known_of_a_run_before_it_is_over(database: Database) -> None:
    crawl(database, site(WELL))
    before = said(database)
    walk(database, WELL | {ROTA: product("£3")})
    assert said(database) == before
    assert check(database, lambda _: True) == []


def test_a_conclusion_that_was_cut_off_is_gone_on_with(database: Database) -> None:
    crawl(database, site(WELL))
    changed: dict[str, Reading | VisitState] = {
        ROTA: product("£3"),
        ABOUT: page("About", "Us and you."),
        NEWS: page("News", "New."),
    }
    ingestor = walk(database, changed)
    run = Frontier(database).start("rotaflow", [], 100)
    assert run.resumed
    with database.write() as session:
        session.get_one(CrawlRun, run.id).verdict = "sound"
    assert ingestor._take_up_one(run)
    assert check(database, lambda _: True) == []
    assert ingestor.conclude(run) == Conclusion("finished", "", 1)
    assert ingestor.conclude(run) == Conclusion("finished", "", 1)
    assert signals(database) == [("SIG_PRICE_CHANGED", "£2", "£3")]
    with database.read() as session:
        assert set(session.scalars(select(Document.url))) == {ROTA, ABOUT, NEWS}


def test_an_interrupted_run_is_judged_by_all_that_it_visited(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    frontier = Frontier(database, fixed_clock(DAY_2))
    run = frontier.start("rotaflow", [Found(url, 0) for url in WELL], 100)
    (first,) = frontier.lease(run, 1)
    Ingestor(database, fixed_clock(DAY_2)).ingest(visit_of(run, first, WELL[first.url], DAY_2))
    crawl(database, site(WELL, TWO), at=DAY_2)
    assert last_run(database)[1] == "sound"


def test_a_page_is_asked_for_anew_after_a_failed_run(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    frontier, ingestor = Frontier(database), Ingestor(database)
    run = frontier.start("rotaflow", [], 100)
    for task in frontier.lease(run, 9):
        state: Reading | VisitState = page("Rota", "Hello.") if task.url == ROTA else "fault"
        ingestor.ingest(replace(visit_of(run, task, state, DAY_2), etag='"broken"'))
    assert ingestor.conclude(run).state == "failed"
    with database.read() as session:
        etags = select(CrawlTask.etag).where(CrawlTask.url == ROTA)
        assert session.scalar(etags) == ""


def test_listings_are_asked_for_anew_after_a_failed_run(database: Database) -> None:
    window = "http://www.rotaflow.example/api?from=2026-10-01"
    crawl(database, site(WELL, TWO))
    frontier, ingestor = Frontier(database), Ingestor(database)
    run = frontier.start("rotaflow", [Found(window, 0, "list")], 100)
    (task,) = frontier.lease(run, 1)
    listed = visit_of(run, task, "listed", DAY_2)
    ingestor.ingest(replace(listed, etag='"v1"', final=True))
    assert ingestor.conclude(run, "Given up.").state == "failed"
    run = frontier.start("rotaflow", [], 100)
    (task,) = frontier.lease(run, 1)
    assert (task.url, task.etag) == (window, "")


def test_a_page_is_gone_when_three_sound_runs_did_not_find_it(database: Database) -> None:
    crawl(database, site(WELL))
    for number, expected in ((1, 0), (2, 0), (3, 1), (4, 1)):
        at = DAY_2 + timedelta(days=number)
        missing(database, at)
        assert len(signals(database)) == expected, number
    assert signals(database) == [("SIG_SITE_GONE", ABOUT, "HTTP 404")]


def test_a_page_that_is_found_again_was_never_gone(database: Database) -> None:
    crawl(database, site(WELL))
    missing(database, DAY_2)
    missing(database, DAY_2)
    crawl(database, site(WELL), at=DAY_2)
    missing(database, DAY_2)
    assert signals(database) == []


def test_a_page_that_says_it_is_gone_for_good_is_gone_at_once(database: Database) -> None:
    crawl(database, site(WELL))
    crawl(database, site(WELL | {ABOUT: "gone"}), at=DAY_2)
    assert signals(database) == [("SIG_SITE_GONE", ABOUT, "HTTP 410")]


def test_given_up_is_a_failed_run_whatever_was_found(database: Database) -> None:
    crawl(database, site(WELL))
    ingestor = walk(database, WELL | {ROTA: product("£3")})
    run = Frontier(database).start("rotaflow", [], 100)
    assert ingestor.conclude(run, "Given up.") == Conclusion("failed", "Given up.")
    assert signals(database) == []


@pytest.mark.parametrize(
    ("expect", "reason"),
    [
        ({"tools": {"min": 1}}, "0 tools, at least 1 expected."),
        ({"filled": {"tool.price": 0.5}}, ""),
        ({"filled": {"title": 1.0}}, ""),
        ({"filled": {"published_on": 0.5}}, "published_on is given by 0 of 2, by 50% expected."),
        ({"language": "cy"}, "0 of 2 documents are in 'cy'."),
    ],
)
def test_what_pages_give_is_counted_where_it_is_asked_for(
    database: Database, expect: dict[str, object], reason: str
) -> None:
    crawl(database, site(WELL))
    crawl(database, site(WELL | {ROTA: page("Rota", "Hello.")}, expect), at=DAY_2)
    assert last_run(database)[2] == reason


def test_unchanged_pages_count_with_what_they_gave(database: Database) -> None:
    wanted: dict[str, object] = {"tools": {"min": 1}, "filled": {"tool.price": 1.0}}
    crawl(database, site(WELL))
    crawl(database, site(WELL, wanted), at=DAY_2)
    assert last_run(database) == ("finished", "sound", "")


def test_a_failed_run_is_tried_again_the_next_day_and_a_sound_one_in_a_week(
    database: Database,
) -> None:
    crawl(database, site(WELL, TWO))
    assert due(database) == DAY_1 + timedelta(days=7)
    crawl(database, site(BROKEN, TWO), at=DAY_2)
    assert due(database) == DAY_2 + timedelta(days=1)


def test_faults_and_failed_runs_are_issues_that_close_when_they_have_passed(
    database: Database,
) -> None:
    crawl(database, site(WELL))
    faulty: dict[str, Reading | VisitState] = {ROTA: "fault", ABOUT: "fault"}
    crawl(database, site(faulty), at=DAY_2)
    assert {row[:2] for row in issues(database)} == {
        ("", ROTA),
        ("", ABOUT),
        ("expectation", "rotaflow"),
    }
    assert {row[2] for row in issues(database)} == {"open"}
    crawl(database, site(WELL), at=DAY_2)
    assert {row[2:] for row in issues(database)} == {("closed", "crawl", 1)}
    crawl(database, site(faulty), at=DAY_2)
    assert {row[2:] for row in issues(database)} == {("open", "", 2)}


def test_surprises_on_pages_are_issues(database: Database) -> None:
    odd = product("£2").model_copy(update={"notes": ("Unknown label 'Kosten'.",)})
    crawl(database, site(WELL | {ROTA: odd}))
    assert issues(database) == [("reading", "Unknown label 'Kosten'.", "open", "", 1)]


def missing(database: Database, at: datetime) -> None:
    """A sound run that does not find ABOUT."""
    frontier, ingestor = Frontier(database, fixed_clock(at)), Ingestor(database, fixed_clock(at))
    run = frontier.start("rotaflow", [], 100)
    for task in frontier.lease(run, 100):
        given: Reading | VisitState = "gone" if task.url == ABOUT else WELL[task.url]
        made: PageVisit = visit_of(run, task, given, at)
        ingestor.ingest(replace(made, status=404) if given == "gone" else made)
    ingestor.conclude(run)


def due(database: Database) -> datetime | None:
    with database.read() as session:
        return session.scalar(select(Source.due_at))


def issues(database: Database) -> list[tuple[str, str, str, str, int]]:
    with database.read() as session:
        rows = session.scalars(select(Issue).order_by(Issue.id))
        return [(row.kind, row.subject, row.state, row.closed_by, row.count) for row in rows]


def test_a_listing_that_has_not_changed_is_no_document(database: Database) -> None:
    crawl(database, site(WELL, TWO))
    frontier, ingestor = Frontier(database), Ingestor(database)
    run = frontier.start("rotaflow", [Found(f"{ABOUT}.xml", 0, "list")], 9)
    for task in frontier.lease(run, 9):
        state: VisitState = "fault" if task.url == ROTA else "not_modified"
        ingestor.ingest(visit_of(run, task, state, DAY_2))
    assert ingestor.conclude(run).note.startswith("1 documents, at least 2 expected.")
