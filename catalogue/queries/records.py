"""The records of one tool that people judged to be the same."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.judgements import judgements
from catalogue.models import Organisation, Tool
from catalogue.review.holding import holding
from catalogue.rows import MergedRow


def merged(session: Session, tool_id: int) -> Iterator[MergedRow]:
    """The records that are shown as this tool, with the judgement that brought each to it."""
    query = (
        select(Tool.id, Tool.name, Organisation.name)
        .join(Organisation, Organisation.id == Tool.supplier_id)
        .where(Tool.canonical_id == tool_id)
        .order_by(Tool.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return
    known = judgements(holding(session, "identity"), "tool")
    for record, name, supplier in rows:
        judged = known.chain(tool_id, record)[-1]
        yield MergedRow(record, name, supplier, judged.by, judged.at.date(), judged.why)
