"""What is due is claimed by one process at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from catalogue.clock import fixed_clock, system_clock
from catalogue.database import Database
from catalogue.due import RETRY, Timetable
from catalogue.frontier import Frontier
from catalogue.models import Source
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, source

NAMES = [f"source_{number}" for number in range(20)]
PAGES = {"http://www.source.example/": page("Start", "Words.")}

CLAIMS = """
import json, sys
from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.due import Timetable
from datetime import datetime
database = Database(sys.argv[1])
timetable = Timetable(database, fixed_clock(datetime.fromisoformat(sys.argv[2])))
sys.stdin.readline()
print(json.dumps(timetable.claim(json.loads(sys.argv[3]))), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def known(database: Database) -> Database:
    """A catalogue in which twenty sources are registered and were never visited."""
    Frontier(database, fixed_clock(DAY_1)).register([source(name) for name in NAMES])
    return database


def due_at(database: Database, name: str = NAMES[0]) -> datetime | None:
    with database.read() as session:
        return session.scalar(select(Source.due_at).where(Source.name == name))


def claim(database: Database, at: datetime = DAY_1) -> list[str]:
    return Timetable(database, fixed_clock(at)).claim(NAMES)


def test_two_wakings_at_once_claim_every_source_once(known: Database) -> None:
    wakings = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMS, str(known.url), DAY_1.isoformat(), json.dumps(NAMES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for waking in wakings:
        assert waking.stdin is not None
        waking.stdin.write("\n")
        waking.stdin.flush()
    claimed = []
    for waking in wakings:
        assert waking.stdout is not None
        claimed += json.loads(waking.stdout.readline())
    assert sorted(claimed) == sorted(NAMES)
    assert claim(known) == [], "both live still"
    for waking in wakings:
        waking.kill()
        waking.communicate()
    assert claim(known) == sorted(NAMES), "a claim ends with the life of its process"


def test_what_was_visited_is_due_again_after_its_cadence(database: Database) -> None:
    crawl(database, Site(source(NAMES[0]), PAGES))
    week = timedelta(days=7)
    assert claim(database, DAY_1 + week - timedelta(seconds=1)) == []
    assert claim(database, DAY_1 + week) == [NAMES[0]]


def test_quiet_hours_and_switched_off_sources_are_left_alone(database: Database) -> None:
    quiet = replace(source(NAMES[0]), quiet="08:00-18:00")
    off = replace(source(NAMES[1]), enabled=False)
    Frontier(database).register([quiet, off])
    assert claim(database) == []
    evening = DAY_1.replace(hour=17)  # 18:00 in London
    assert Timetable(database, fixed_clock(DAY_1)).upcoming(NAMES) == [(evening, NAMES[0])]
    assert claim(database, evening) == [NAMES[0]]


def test_a_crawl_that_broke_off_is_tried_again_a_little_later(known: Database) -> None:
    timetable = Timetable(known, fixed_clock(DAY_1))
    timetable.release(timetable.claim(NAMES))
    assert claim(known) == []
    assert due_at(known) == DAY_1 + RETRY
    assert claim(known, DAY_1 + RETRY) == sorted(NAMES)


def test_a_source_is_not_due_before_its_site_said(database: Database) -> None:
    frontier = Frontier(database, fixed_clock(DAY_1))
    frontier.register([source(NAMES[0])])
    run = frontier.start(NAMES[0], [], 9)
    until = DAY_1 + timedelta(hours=5)
    frontier.postpone(run, until)
    frontier.postpone(run, DAY_1 + timedelta(hours=1))
    assert due_at(database) == until
    timetable = Timetable(database, fixed_clock(DAY_1))
    timetable.release([NAMES[0]])
    assert due_at(database) == until


def test_another_cadence_counts_from_the_last_visit(database: Database) -> None:
    crawl(database, Site(source(NAMES[0]), PAGES))
    Frontier(database, fixed_clock(DAY_2)).register([replace(source(NAMES[0]), cadence="daily")])
    assert due_at(database) == DAY_1 + timedelta(days=1)


def test_the_claim_of_a_machine_that_cannot_be_asked_lapses(known: Database) -> None:
    with known.write() as session:
        session.execute(
            update(Source).values(
                claimed_by="elsewhere/1/0.00", claimed_until=system_clock() + timedelta(hours=1)
            )
        )
    assert claim(known) == []
    with known.write() as session:
        session.execute(update(Source).values(claimed_until=system_clock() - timedelta(hours=1)))
    assert claim(known) == sorted(NAMES)
