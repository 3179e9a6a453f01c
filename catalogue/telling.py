"""Telling: differences, written as the signals that people see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import horizons
from catalogue.changes import Change
from catalogue.models import CrawlRun, Document, Signal, Tool


def tell(
    session: Session, run: CrawlRun, document: Document, found: Iterable[Change], now: datetime
) -> int:
    """Write what changed by a document as signals; those that another page of this run told are
    not told again. Returns how many were written.
    """
    return sum(_told(session, run, document, change, now) for change in found)


def _told(
    session: Session, run: CrawlRun, document: Document, change: Change, now: datetime
) -> bool:
    tool = None if change.tool_id is None else session.get_one(Tool, change.tool_id)
    before = session.scalar(
        select(Signal.id).where(
            Signal.run_id == run.id,
            Signal.type == change.type,
            Signal.tool_id == change.tool_id,
            Signal.before == change.before,
            Signal.after == change.after,
        )
    )
    if before is not None:
        return False
    if tool is not None:
        tool.changed_at = now
    session.add(
        Signal(
            type=change.type,
            subject=document.title if tool is None else tool.name,
            tool_id=change.tool_id,
            document_id=document.id,
            run_id=run.id,
            before=change.before,
            after=change.after,
            quote=change.quote,
            horizon=horizons.horizon(
                change.type,
                None if change.tool_id is None else horizons.facts(session, change.tool_id),
            ),
            detected_at=now,
        )
    )
    session.flush()
    return True
