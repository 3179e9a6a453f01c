"""Ingest: one page, one transaction; pages that say nothing new, many to one.

What a page says for the first time in a source's first run is stored at once. After that, what a
run finds new, changed or gone is held until the run is over and judged by what its source
expects: a sound run takes it all up, a failed one drops it. So a site that breaks changes
nothing, and the next sound run is compared with the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Select, bindparam, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from catalogue import confirming, issues, listings, passing
from catalogue.cadence import Schedule
from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.drafts import Reading
from catalogue.expectation import Verdict
from catalogue.frontier import Run, RunState, Task
from catalogue.harvest import verdict_on
from catalogue.models import CrawlRun, CrawlTask, HeldVisit, Signal, Source, Tool, Visit
from catalogue.page_visit import Outcome, PageVisit, VisitState
from catalogue.storing import Storing

__all__ = ["Conclusion", "Ingestor", "Outcome", "PageVisit", "VisitState"]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a run ended."""

    state: RunState
    note: str = ""
    """What was not as expected, in sentences; a sound run may have some, too."""
    signals: int = 0


class Ingestor:
    """Stores visits, each in the transaction that ends its lease."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock

    def ingest(self, visit: PageVisit) -> Outcome:
        """Store one visit and give its lease back, in one transaction.

        A visit whose lease was lost and which another process has stored is dropped.
        """
        with self._database.write() as session:
            return _ingested(session, visit, self._clock())

    def confirm(self, visits: Sequence[PageVisit]) -> list[Outcome]:
        """Store visits that found nothing new and give their leases back, all in one transaction:
        many cost little more than one. What is new in them after all is stored as `ingest` does.
        """
        with self._database.write() as session:
            now = self._clock()
            known = confirming.confirmable(session, visits)
            same = [visit for visit in visits if visit.task.id in known]
            confirming.confirm(session, same, known, now)
            return [
                Outcome() if visit.task.id in known else _ingested(session, visit, now)
                for visit in visits
            ]

    def conclude(self, run: Run, gave_up: str = "") -> Conclusion:
        """Judge a run that has nothing left to visit, take up or drop what it held, and end it.

        Can be called again when it was cut off, or by a second process: the verdict is kept
        before it is acted on, and what is held is taken up one visit to a transaction.

        Args:
            run: The run.
            gave_up: Why the site was given up, which fails the run; empty when it was not.
        """
        with self._database.write() as session:
            row = session.get_one(CrawlRun, run.id)
            if row.verdict == "":
                verdict = Verdict(False, (gave_up,)) if gave_up else verdict_on(session, row)
                row.verdict = "sound" if verdict.sound else "failed"
                row.note = " ".join(verdict.reasons)
            sound = row.verdict == "sound"
        while sound and self._take_up_one(run):
            pass
        with self._database.write() as session:
            return _end(session, session.get_one(CrawlRun, run.id), self._clock())

    def _take_up_one(self, run: Run) -> bool:
        """Store one visit that was held; False when there is none left."""
        with self._database.write() as session:
            held = session.scalar(
                select(HeldVisit)
                .join(Visit, Visit.id == HeldVisit.visit_id)
                .where(Visit.run_id == run.id)
                .order_by(HeldVisit.visit_id)
                .limit(1)
            )
            if held is None:
                return False
            task = session.get_one(CrawlTask, held.visit.task_id)
            Storing(session, task, _visit(run, task, held), self._clock()).take_up(held)
            return True


@cache
def _leased() -> Select[CrawlTask, CrawlRun]:
    """A leased address, and all that storing its visit needs to know beforehand."""
    return (
        select(CrawlTask, CrawlRun)
        .join(CrawlRun, CrawlRun.id == CrawlTask.run_id)
        .where(
            CrawlTask.id == bindparam("task"),
            CrawlTask.run_id == bindparam("run"),
            CrawlTask.state == "leased",
        )
        .options(joinedload(CrawlRun.source).joinedload(Source.publisher))
    )


def _ingested(session: Session, visit: PageVisit, now: datetime) -> Outcome:
    """Store one visit, unless its lease was lost."""
    held = session.execute(_leased(), {"task": visit.task.id, "run": visit.run.id}).one_or_none()
    return Outcome() if held is None else Storing(session, held[0], visit, now).run()


def _visit(run: Run, task: CrawlTask, held: HeldVisit) -> PageVisit:
    """The visit that was held, as it was when it was made."""
    row = held.visit
    return PageVisit(
        run=run,
        task=Task(task.id, task.url, task.depth, "page"),
        state="read" if held.reading else "gone",
        fetched_at=row.fetched_at,
        status=row.status,
        final_url=row.final_url,
        note=row.note,
        content_type=row.content_type,
        etag=held.etag,
        last_modified=held.last_modified,
        raw_sha=row.raw_sha,
        size=row.size,
        reading=Reading.model_validate_json(held.reading) if held.reading else None,
    )


def _end(session: Session, run: CrawlRun, now: datetime) -> Conclusion:
    """Close a run that was judged, and say when its source is due again."""
    source = run.source
    if run.state == "running":
        held = select(Visit.id).where(Visit.run_id == run.id)
        session.execute(delete(HeldVisit).where(HeldVisit.visit_id.in_(held)))
        run.state = "finished" if run.verdict == "sound" else "failed"
        run.ended_at = now
        if run.state == "failed":
            issues.meet(session, source.id, issues.EXPECTATION, source.name, run.note, now)
            # What it found is dropped, so all of its listings are to be asked for as if new.
            lists = update(CrawlTask).where(CrawlTask.run_id == run.id, CrawlTask.kind == "list")
            session.execute(lists.values(final=False, etag="", last_modified=""))
        else:
            issues.passed(session, source.id, source.name)
            listings.settle(session, run, now)
            passing.settle(session, run, now)
            if run.baseline and not source.founding:
                _announce(session, run)
        source.due_at = due_after(source, run)
    signals = session.scalar(select(func.count(Signal.id)).where(Signal.run_id == run.id))
    return Conclusion(cast("RunState", run.state), run.note, signals or 0)


def due_after(source: Source, run: CrawlRun) -> datetime:
    """When a source is due after a run: a run that failed is tried again the day after."""
    schedule = Schedule.of(source.cadence, source.quiet, source.timezone)
    regular = schedule.after(run.started_at)
    if run.state != "failed":
        return regular
    again = Schedule.of("daily", source.quiet, source.timezone)
    return min(regular, again.after(run.started_at))


def _announce(session: Session, run: CrawlRun) -> None:
    """Say in one line that a supplier's site joined a catalogue in use."""
    publisher = run.source.publisher
    if publisher.kind != "supplier":
        return
    names = session.scalars(
        select(Tool.name)
        .where(Tool.supplier_id == publisher.id, Tool.canonical_id.is_(None))
        .order_by(Tool.name)
    ).all()
    visited = select(func.max(Visit.fetched_at)).where(Visit.run_id == run.id)
    session.add(
        Signal(
            type="SIG_NEW_SUPPLIER",
            subject=publisher.name,
            run_id=run.id,
            before="",
            after=", ".join(names),
            detected_at=session.scalar(visited) or run.started_at,
        )
    )
