"""The sources, and how their last run went."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from catalogue.models import CrawlRun, Source
from catalogue.queries.totals import run_totals
from catalogue.rows import SourceRow


def sources(session: Session) -> list[SourceRow]:
    """All registered sources by name, with what their last run did."""
    rows = session.scalars(
        select(Source).options(joinedload(Source.publisher)).order_by(Source.name)
    )
    return [_row(session, source) for source in rows]


def _row(session: Session, source: Source) -> SourceRow:
    newest = select(func.max(CrawlRun.id)).where(CrawlRun.source_id == source.id)
    run_id = session.scalar(newest)
    run = None if run_id is None else session.get_one(CrawlRun, run_id)
    done = run_totals(session, [] if run is None else [run.id])
    return SourceRow(
        name=source.name,
        title=source.title,
        archetype=source.archetype,
        publisher=source.publisher.name,
        voice=source.voice,
        licence=source.licence,
        cadence=source.cadence,
        enabled=source.enabled,
        last_run=None if run is None else run.started_at,
        last_state="" if run is None else run.state,
        pages=done.pages,
        changed=done.changed,
        faults=done.faults,
    )
