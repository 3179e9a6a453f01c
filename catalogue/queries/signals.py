"""Signals, newest first."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.members import members
from catalogue.models import Document, Signal, Tool
from catalogue.rows import SignalRow
from catalogue.vocabularies import load


def signals(session: Session, limit: int, tool_id: int | None = None) -> list[SignalRow]:
    """The newest signals, of one tool or of all."""
    query = (
        select(Signal, Document.url, func.coalesce(Tool.canonical_id, Signal.tool_id))
        .outerjoin(Document, Document.id == Signal.document_id)
        .outerjoin(Tool, Tool.id == Signal.tool_id)
        .order_by(Signal.detected_at.desc(), Signal.id.desc())
        .limit(limit)
    )
    if tool_id is not None:
        query = query.where(Signal.tool_id.in_(members(session, tool_id)))
    kinds = load()["signals"]
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
        )
        for row, url, shown in session.execute(query)
    ]
