"""Which sources are due, and who has taken on to crawl them.

The truth is in the catalogue, so anything may wake a crawl: a timer, a task of the system, a
person. Waking twice does no harm: a source is claimed by one process at a time.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.cadence import Schedule
from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.holder import alive, holder
from catalogue.models import Source

RETRY: Final = timedelta(minutes=15)
"""How long a source is left alone that is still due after it was crawled: its crawl broke off."""

CLAIM: Final = timedelta(hours=12)
"""After so long a claim lapses, should its process be on a machine that nobody can ask."""


class Timetable:
    """What is due among sources that are registered. Each method is one short transaction."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self._me = holder(os.getpid())

    def claim(self, names: Collection[str]) -> list[str]:
        """Take on all sources among these that are due, outside their quiet hours, and claimed
        by no process that lives; returns their names.
        """
        now = self._clock()
        with self._database.write() as session:
            taken = [row for row in _rows(session, names) if _opens(row, now) <= now and _free(row)]
            for row in taken:
                row.claimed_by = self._me
                row.claimed_until = system_clock() + CLAIM
            return [row.name for row in taken]

    def release(self, names: Collection[str]) -> None:
        """Give up claims; what is still due is left alone for a while."""
        now = self._clock()
        with self._database.write() as session:
            mine = (Source.name.in_(names), Source.claimed_by == self._me)
            due = Source.due_at.is_(None) | (Source.due_at <= now)
            session.execute(update(Source).where(*mine, due).values(due_at=now + RETRY))
            session.execute(update(Source).where(*mine).values(claimed_by="", claimed_until=None))

    def upcoming(self, names: Collection[str]) -> list[tuple[datetime, str]]:
        """When each of these sources may be visited next, soonest first; what is due now may be
        visited now.
        """
        now = self._clock()
        with self._database.read() as session:
            return sorted((_opens(row, now), row.name) for row in _rows(session, names))


def _rows(session: Session, names: Collection[str]) -> Iterator[Source]:
    yield from session.scalars(
        select(Source).where(Source.name.in_(names), Source.enabled).order_by(Source.name)
    )


def _opens(row: Source, now: datetime) -> datetime:
    """When a source may be visited: it is due, and its quiet hours are over."""
    schedule = Schedule.of(row.cadence, row.quiet, row.timezone)
    return schedule.open_from(max(row.due_at or now, now))


def _free(row: Source) -> bool:
    lapsed = row.claimed_until is not None and row.claimed_until < system_clock()
    return not row.claimed_by or lapsed or not alive(row.claimed_by)
