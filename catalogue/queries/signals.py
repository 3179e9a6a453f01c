"""Signals, newest first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.members import members
from catalogue.models import Document, Signal, Tool
from catalogue.rows import SignalRow
from catalogue.vocabularies import load


def signals(
    session: Session,
    limit: int,
    tool_id: int | None = None,
    *,
    since: date | None = None,
    types: Collection[str] = (),
) -> list[SignalRow]:
    """The newest signals, of one tool or of all.

    Args:
        session: A session that reads.
        limit: Most signals.
        tool_id: Of this tool alone.
        since: Of this day and later alone.
        types: SIG_ codes of which one must hold; without any, all kinds are given.
    """
    query = (
        select(Signal, Document.url, func.coalesce(Tool.canonical_id, Signal.tool_id))
        .outerjoin(Document, Document.id == Signal.document_id)
        .outerjoin(Tool, Tool.id == Signal.tool_id)
        .order_by(Signal.detected_at.desc(), Signal.id.desc())
        .limit(limit)
    )
    if tool_id is not None:
        query = query.where(Signal.tool_id.in_(members(session, tool_id)))
    if since is not None:
        query = query.where(
            Signal.detected_at >= datetime(since.year, since.month, since.day, tzinfo=UTC)
        )
    if types:
        query = query.where(Signal.type.in_(types))
    kinds, horizons = load()["signals"], load()["horizons"]
    return [
        SignalRow(
            id=row.id,
            type=row.type,
            label=kinds.get(row.type).label,
            subject=row.subject,
            tool_id=shown,
            detected_on=row.detected_at.date(),
            before=row.before,
            after=row.after,
            url=url or "",
            quote=row.quote,
            horizon="" if row.horizon == "HZ_NOT_STATED" else horizons.get(row.horizon).label,
        )
        for row, url, shown in session.execute(query)
    ]
