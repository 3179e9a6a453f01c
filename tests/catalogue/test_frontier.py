"""The frontier: what is leased, by whom, and what a dead process leaves behind."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from catalogue.clock import fixed_clock, system_clock
from catalogue.database import Database
from catalogue.errors import NotFoundError
from catalogue.frontier import Found, Frontier
from catalogue.holder import holder
from catalogue.ingest import Ingestor
from catalogue.models import CrawlTask
from tests.catalogue.visits import DAY_1, DAY_2, page, source, visit_of

PAGES = [Found(f"http://www.rotaflow.example/{number}", number % 3) for number in range(9)]


@pytest.fixture
def frontier(database: Database) -> Frontier:
    made = Frontier(database, fixed_clock(DAY_1))
    made.register([source()])
    return made


def test_addresses_nearest_to_the_start_come_first(frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    assert [task.depth for task in frontier.lease(run, 9)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_no_address_is_leased_twice(frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    first = {task.id for task in frontier.lease(run, 5)}
    second = {task.id for task in frontier.lease(run, 5)}
    assert (len(first), len(second), first & second) == (5, 4, set())


def test_what_is_given_back_is_leased_again(frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    frontier.give_back(frontier.lease(run, 9))
    assert len(frontier.lease(run, 9)) == 9


def test_the_page_budget_ends_a_run(frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 4)
    assert frontier.pending(run) == 4
    assert len(frontier.lease(run, 9)) == 4
    assert frontier.lease(run, 9) == []


def test_a_budget_too_small_comes_to_every_address_in_the_end(
    database: Database, frontier: Frontier
) -> None:
    seen: list[str] = []
    for day in range(5):
        at = DAY_1.replace(day=day + 1)
        run = frontier.start("rotaflow", PAGES, 2)
        for task in frontier.lease(run, 9):
            seen.append(task.url)
            Ingestor(database).ingest(visit_of(run, task, page("A", task.url), at))
        Ingestor(database, fixed_clock(DAY_1)).conclude(run)
    assert sorted(seen[:9]) == [found.url for found in PAGES]
    assert seen[9] == seen[0]


def test_lists_do_not_count_against_the_budget(frontier: Frontier) -> None:
    run = frontier.start(
        "rotaflow", [Found("http://www.rotaflow.example/sitemap.xml", 0, "list"), *PAGES], 1
    )
    assert [task.kind for task in frontier.lease(run, 9)] == ["list", "page"]


def test_the_lease_of_a_dead_process_ends_at_once(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    frontier.lease(run, 9)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = holder(child.pid)
    with database.write() as session:
        session.execute(update(CrawlTask).values(leased_by=name))
    assert frontier.lease(run, 9) == []
    child.kill()
    child.communicate()
    assert len(frontier.lease(run, 9)) == 9


def test_a_lease_that_ran_out_is_handed_out_again(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    frontier.lease(run, 9)
    past = system_clock() - timedelta(seconds=1)
    with database.write() as session:
        session.execute(update(CrawlTask).values(leased_until=past, leased_by="elsewhere/1/0.00"))
    assert len(frontier.lease(run, 9)) == 9


def test_an_interrupted_run_is_gone_on_with(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES, 100)
    done = frontier.lease(run, 4)
    for task in done:
        Ingestor(database).ingest(visit_of(run, task, page("A", task.url), DAY_1))
    again = Frontier(database, fixed_clock(DAY_1)).start("rotaflow", PAGES, 100)
    assert (again.resumed, again.id) == (True, run.id)
    left = {task.id for task in frontier.lease(again, 9)}
    assert (len(left), left & {task.id for task in done}) == (5, set())


def test_a_new_run_makes_everything_due_again(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES[:1], 100)
    (task,) = frontier.lease(run, 1)
    Ingestor(database, fixed_clock(DAY_1)).ingest(visit_of(run, task, page("A", "b"), DAY_1))
    Ingestor(database, fixed_clock(DAY_1)).conclude(run)
    later = Frontier(database, fixed_clock(DAY_2))
    run = later.start("rotaflow", [], 100)
    (task,) = later.lease(run, 1)
    assert not run.resumed
    assert task.text_sha == page("A", "b").text_sha


def test_a_retried_address_stays_due(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES[:1], 100)
    (task,) = frontier.lease(run, 1)
    visit = visit_of(run, task, "fault", DAY_1)
    Ingestor(database).ingest(type(visit)(run, task, "fault", DAY_1, fault="timeout", retry=True))
    (task,) = frontier.lease(run, 1)
    assert task.attempts == 1


def test_an_unregistered_source_is_refused(frontier: Frontier) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        frontier.start("nobody", [], 1)


def test_validators_are_kept_for_the_next_visit(database: Database, frontier: Frontier) -> None:
    run = frontier.start("rotaflow", PAGES[:1], 100)
    (task,) = frontier.lease(run, 1)
    visit = visit_of(run, task, page("A", "b"), DAY_1)
    fields = {name: getattr(visit, name) for name in visit.__slots__}
    Ingestor(database).ingest(type(visit)(**{**fields, "etag": '"v1"'}))
    with database.read() as session:
        assert session.scalars(select(CrawlTask.etag)).all() == ['"v1"']
