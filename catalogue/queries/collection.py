"""Runs, the health of sources, and issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from catalogue.health import HealthRow, IssueRow, RunRow, advice
from catalogue.models import CrawlRun, Issue, Source, Visit
from catalogue.queries.totals import run_totals


def runs(session: Session, limit: int, source: str = "") -> list[RunRow]:
    """The newest runs, of one source or of all."""
    query = (
        select(CrawlRun)
        .join(CrawlRun.source)
        .options(contains_eager(CrawlRun.source))
        .order_by(CrawlRun.started_at.desc(), CrawlRun.id.desc())
        .limit(limit)
    )
    if source:
        query = query.where(Source.name == source)
    return [_run(session, run) for run in session.scalars(query)]


def health(session: Session, now: datetime) -> list[HealthRow]:
    """How every source fares, by name."""
    rows = [_health(session, source) for source in session.scalars(select(Source))]
    told = [replace(row, advice=advice(row, now)) for row in rows]
    return sorted(told, key=lambda row: row.source)


def issues(session: Session, source: str = "", *, closed: bool = False) -> list[IssueRow]:
    """Open issues, newest first; with `closed`, those that are closed, too."""
    query = (
        select(Issue)
        .join(Issue.source)
        .options(contains_eager(Issue.source))
        .order_by(Issue.last_seen.desc(), Issue.id)
    )
    if source:
        query = query.where(Source.name == source)
    if not closed:
        query = query.where(Issue.state == "open")
    return [
        IssueRow(
            id=row.id,
            source=row.source.name,
            kind=row.kind,
            subject=row.subject,
            note=row.note,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            count=row.count,
            state=row.state,
            closed_by=row.closed_by,
        )
        for row in session.scalars(query)
    ]


def _run(session: Session, run: CrawlRun) -> RunRow:
    done = run_totals(session, [run.id])
    return RunRow(
        id=run.id,
        source=run.source.name,
        started_at=run.started_at,
        ended_at=run.ended_at,
        state=run.state,
        reasons=run.note,
        pages=done.pages,
        changed=done.changed,
        unchanged=done.unchanged,
        gone=done.gone,
        faults=_faults(session, run),
        signals=done.signals,
    )


def _health(session: Session, source: Source) -> HealthRow:
    of_source = select(CrawlRun).where(CrawlRun.source_id == source.id)
    last = session.scalar(of_source.order_by(CrawlRun.id.desc()).limit(1))
    good = select(func.max(CrawlRun.started_at)).where(
        CrawlRun.source_id == source.id, CrawlRun.state == "finished"
    )
    opened = select(func.count(Issue.id)).where(Issue.source_id == source.id, Issue.state == "open")
    row = HealthRow(
        source=source.name,
        enabled=source.enabled,
        last_good=session.scalar(good),
        last_run=None if last is None else last.started_at,
        issues=session.scalar(opened) or 0,
        due_at=source.due_at,
    )
    if last is None:
        return row
    done = run_totals(session, [last.id])
    return replace(
        row,
        state=last.state,
        reasons=last.note,
        pages=done.pages,
        changed=done.changed,
        faults=_faults(session, last),
    )


def _faults(session: Session, run: CrawlRun) -> Mapping[str, int]:
    """Faults and refusals of a run by kind, most frequent first."""
    count = func.count().label("many")
    query = (
        select(Visit.fault, count)
        .where(Visit.run_id == run.id, Visit.state.in_(("fault", "refused")))
        .group_by(Visit.fault)
        .order_by(count.desc(), Visit.fault)
    )
    return {row.fault: row.many for row in session.execute(query)}
