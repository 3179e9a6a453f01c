"""The frontier: which addresses are to be fetched, kept in the catalogue and handed out by lease.

An address is leased to one crawl at a time. The lease is given back by `catalogue.ingest` in the
same transaction that stores what the page gave, so a kill at any moment loses nothing: what was
not stored is leased again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Literal

from sqlalchemy import ColumnElement, Row, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue import identity
from catalogue.cadence import DEFAULT_ZONE, Schedule
from catalogue.clock import Clock, system_clock
from catalogue.database import Database, insert_new
from catalogue.errors import NotFoundError
from catalogue.holder import alive, holder
from catalogue.models import (
    CrawlRun,
    CrawlTask,
    Document,
    Identifier,
    Organisation,
    Source,
)

RunState = Literal["running", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the catalogue keeps of a source file."""

    name: str
    title: str
    archetype: str
    publisher: str
    publisher_url: str
    publisher_kind: str
    """`supplier`, `network`, `publisher`, `regulator`, `buyer`, `research`, `funder`."""
    voice: str
    """VOICE_ code."""
    licence: str
    cadence: str
    """How often it is due, as `catalogue.cadence` reads it."""
    definition: str
    """The whole source file, as JSON."""
    enabled: bool = True
    quiet: str = ""
    """Hours in which it is left alone, `08:00-18:00`."""
    timezone: str = DEFAULT_ZONE
    reader: str = ""
    """What reads its pages: see `catalogue.drafts.Origin`."""


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl run of one source that is under way."""

    id: int
    source_id: int
    source: str
    resumed: bool
    """Whether it goes on with a run that was interrupted."""


@dataclass(frozen=True, slots=True)
class Task:
    """One leased address."""

    id: int
    url: str
    depth: int
    """How many links away from the start it was found."""
    kind: Literal["list", "page"]
    """`list`: a sitemap, feed or API page that only leads to others; `page`: to be read."""
    etag: str = ""
    last_modified: str = ""
    text_sha: str = ""
    """Chosen-text hash of the last reading; equal means unchanged."""
    attempts: int = 0
    outdated: bool = False
    """Whether something else than today's extractors read it last, and its bytes are lost: it is
    to be fetched and read again, even if it has not changed."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address found on a page, to be fetched in the same run."""

    url: str
    depth: int
    kind: Literal["list", "page"] = "page"


class Frontier:
    """Hands out what to fetch. All methods are one short transaction each.

    Leases run on the system's time; `clock` is the time at which the market is observed.
    """

    def __init__(
        self, database: Database, clock: Clock = system_clock, lease_seconds: float = 120.0
    ) -> None:
        self._database = database
        self._clock = clock
        self._lease = timedelta(seconds=lease_seconds)
        self._holder = holder(os.getpid())

    def register(self, sources: Sequence[SourceRecord]) -> None:
        """Make the sources known, or bring what is known of them up to date."""
        with self._database.write() as session:
            founding = session.scalar(select(func.count(Source.id))) == 0
            for record in sources:
                self._register(session, record, founding=founding)

    def start(self, source: str, seeds: Iterable[Found], page_budget: int) -> Run:
        """Open a run of a source, or go on with one that is under way or was interrupted.

        A new run makes every address that the source knows due again, final ones left out, and
        the seeds; at most
        `page_budget` addresses of kind `page` are handed out in one run.

        Raises:
            NotFoundError: the source was not registered.
        """
        with self._database.write() as session:
            row = session.scalar(select(Source).where(Source.name == source))
            if row is None:
                raise NotFoundError(f"The source '{source}' is not registered.")
            run = session.scalar(
                select(CrawlRun).where(CrawlRun.source_id == row.id, CrawlRun.state == "running")
            )
            resumed = run is not None
            if run is None:
                run = self._open(session, row, page_budget)
            if run.baseline:  # its pages are all new: what stores them is loaded before they come
                import_module("catalogue.renewing")
            enqueue(session, run.id, row.id, seeds)
            return Run(run.id, row.id, row.name, resumed)

    def reached(self, source: str) -> datetime | None:
        """When the last run of a source began: the addresses of its time are known since then.
        None before the first.
        """
        with self._database.read() as session:
            began = select(func.max(CrawlRun.started_at)).join(Source).where(Source.name == source)
            return session.scalar(began)

    def identifiers(self, scheme: str) -> list[str]:
        """The identifiers of a scheme (`GB-COH`) that suppliers in the catalogue have: what a
        register is asked for.
        """
        with self._database.read() as session:
            query = (
                select(Identifier.value)
                .join(Organisation)
                .where(Identifier.scheme == scheme, Organisation.kind == "supplier")
                .order_by(Identifier.value)
            )
            return list(session.scalars(query))

    def lease(self, run: Run, limit: int) -> list[Task]:
        """Take up to `limit` due addresses of the run: lists first, then what was never visited,
        nearest to the start, then what was visited longest ago. So a run whose budget is too
        small for its source comes to every address in the end.
        """
        with self._database.write() as session:
            free = CrawlTask.run_id == run.id, self._free(session, run)
            due = [_task(row) for row in session.execute(_DUE.where(*free).limit(limit))]
            lists = [task for task in due if task.kind == "list"]
            pages = due[len(lists) :]
            leased = lists + pages[: max(0, _budget_left(session, run)) if pages else 0]
            if leased:
                session.execute(
                    update(CrawlTask)
                    .where(CrawlTask.id.in_([task.id for task in leased]))
                    .values(
                        state="leased",
                        leased_by=self._holder,
                        leased_until=system_clock() + self._lease,
                    )
                    .execution_options(synchronize_session=False)
                )
            return leased

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Return leases unused (a clean stop)."""
        with self._database.write() as session:
            session.execute(
                update(CrawlTask)
                .where(
                    CrawlTask.id.in_([task.id for task in tasks]),
                    CrawlTask.state == "leased",
                    CrawlTask.leased_by == self._holder,
                )
                .values(state="due", leased_by="", leased_until=None)
            )

    def pending(self, run: Run) -> int:
        """How many addresses of the run are still to be visited, leased ones included."""
        with self._database.read() as session:
            counts = {
                (kind, state): count
                for kind, state, count in session.execute(
                    select(CrawlTask.kind, CrawlTask.state, func.count())
                    .where(CrawlTask.run_id == run.id, CrawlTask.state != "done")
                    .group_by(CrawlTask.kind, CrawlTask.state)
                )
            }
            pages = min(counts.pop(("page", "due"), 0), max(0, _budget_left(session, run)))
            return pages + sum(counts.values())

    def postpone(self, run: Run, until: datetime) -> None:
        """Let the source of a run not be due before a time that its site asked for."""
        with self._database.write() as session:
            source = session.get_one(Source, run.source_id)
            source.due_at = max(source.due_at or until, until)

    def _register(self, session: Session, record: SourceRecord, *, founding: bool) -> None:
        now = self._clock()
        publisher = identity.organisation(
            session,
            record.publisher,
            kind=record.publisher_kind,
            homepage=record.publisher_url,
            now=now,
        )
        row = session.scalar(select(Source).where(Source.name == record.name))
        if row is None:
            row = Source(name=record.name, founding=founding, registered_at=now)
            session.add(row)
        if row.cadence not in (None, record.cadence):
            row.due_at = _due_by(session, row, record)
        row.title = record.title
        row.archetype = record.archetype
        row.publisher_id = publisher.id
        row.voice = record.voice
        row.licence = record.licence
        row.cadence, row.quiet, row.timezone = record.cadence, record.quiet, record.timezone
        row.definition = record.definition
        row.reader = record.reader
        row.enabled = record.enabled
        session.flush()

    def _open(self, session: Session, source: Source, page_budget: int) -> CrawlRun:
        finished = select(CrawlRun.id).where(
            CrawlRun.source_id == source.id, CrawlRun.state == "finished"
        )
        run = CrawlRun(
            source_id=source.id,
            state="running",
            baseline=session.scalar(finished.limit(1)) is None,
            page_budget=page_budget,
            started_at=self._clock(),
        )
        session.add(run)
        session.flush()
        session.execute(
            update(CrawlTask)
            .where(CrawlTask.source_id == source.id, CrawlTask.final.is_(False))
            .values(run_id=run.id, state="due", attempts=0, leased_by="", leased_until=None)
        )
        return run

    def _free(self, session: Session, run: Run) -> ColumnElement[bool]:
        """The condition for an address nobody holds: due, or held by the dead or too long."""
        holders = session.scalars(
            select(CrawlTask.leased_by)
            .where(CrawlTask.run_id == run.id, CrawlTask.state == "leased")
            .distinct()
        )
        dead = [name for name in holders if name != self._holder and not alive(name)]
        return or_(
            CrawlTask.state == "due",
            (CrawlTask.state == "leased")
            & (CrawlTask.leased_by.in_(dead) | (CrawlTask.leased_until < system_clock())),
        )


def enqueue(session: Session, run_id: int, source_id: int, found: Iterable[Found]) -> None:
    """Put addresses on the frontier of a run; those that stand there already are left alone."""
    rows = {
        item.url: {
            "source_id": source_id,
            "run_id": run_id,
            "url": item.url,
            "kind": item.kind,
            "depth": item.depth,
            "state": "due",
            "leased_by": "",
            "attempts": 0,
            "etag": "",
            "last_modified": "",
        }
        for item in found
    }
    insert_new(session, CrawlTask, list(rows.values()))


def _due_by(session: Session, row: Source, record: SourceRecord) -> datetime | None:
    """When a source is due whose cadence has changed."""
    last = session.scalar(select(func.max(CrawlRun.started_at)).where(CrawlRun.source_id == row.id))
    schedule = Schedule.of(record.cadence, record.quiet, record.timezone)
    return None if last is None else schedule.after(last)


def _budget_left(session: Session, run: Run) -> int:
    """How many pages the run may still hand out: visited and leased ones are counted."""
    budget = session.get_one(CrawlRun, run.id).page_budget
    used = session.scalar(
        select(func.count(CrawlTask.id)).where(
            CrawlTask.run_id == run.id, CrawlTask.kind == "page", CrawlTask.state != "due"
        )
    )
    return budget - (used or 0)


_DUE = (
    select(
        CrawlTask.id,
        CrawlTask.url,
        CrawlTask.depth,
        CrawlTask.kind,
        CrawlTask.etag,
        CrawlTask.last_modified,
        Document.text_sha,
        CrawlTask.attempts,
        Document.reader != Source.reader,
    )
    .join(Source, Source.id == CrawlTask.source_id)
    .outerjoin(Document, Document.id == CrawlTask.document_id)
    .order_by(
        CrawlTask.kind,  # lists before pages: they say what there is
        CrawlTask.visited_at.is_not(None),
        CrawlTask.visited_at,
        CrawlTask.depth,
        CrawlTask.attempts,
        CrawlTask.id,
    )
    .with_for_update(of=CrawlTask, skip_locked=True)
)
"""Addresses in the order in which they are handed out, as `_task` reads them."""


def _task(row: Row[int, str, int, str, str, str, str, int, bool]) -> Task:
    number, url, depth, kind, etag, last_modified, text_sha, attempts, outdated = row
    return Task(
        id=number,
        url=url,
        depth=depth,
        kind="list" if kind == "list" else "page",
        etag="" if outdated else etag,
        last_modified="" if outdated else last_modified,
        text_sha=text_sha or "",  # None where the address gave no document
        attempts=attempts,
        outdated=bool(outdated),
    )
