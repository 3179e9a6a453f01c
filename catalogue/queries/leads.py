"""Leads for a person to judge: each name once, with all documents that give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from catalogue.errors import NotFoundError, nearest
from catalogue.leads import verdicts
from catalogue.models import Document, Lead, Source
from catalogue.queries.said import provenance
from catalogue.rows import LeadRow
from catalogue.text import name_key, one_line

OPEN = ("open",)
"""States of leads that wait for a person."""


def leads(session: Session, states: Collection[str] = OPEN) -> list[LeadRow]:
    """The leads in these states (all, where none is given), those that most documents give first.

    Only what documents say now counts.
    """
    found: dict[str, list[Lead]] = defaultdict(list)
    query = (
        select(Lead)
        .join(Document, Document.id == Lead.document_id)
        .options(
            joinedload(Lead.document).options(
                defer(Document.text, raiseload=True),
                defer(Document.drafts, raiseload=True),
                joinedload(Document.source).joinedload(Source.publisher),
            )
        )
        .where(Lead.last_seen == Document.last_seen, Document.gone_at.is_(None))
        .order_by(Document.url)
    )
    if states:
        query = query.where(Lead.state.in_(states))
    for row in session.scalars(query):
        found[row.key].append(row)
    word = verdicts(session, found)
    rows = []
    for key, given in found.items():
        ruling = word.get(key)
        suppliers = (row.supplier for row in given if row.supplier)
        rows.append(
            LeadRow(
                key=key,
                name=given[0].name,
                supplier=next(suppliers, ""),
                state=given[0].state,
                by=ruling.actor if ruling is not None else "",
                why=ruling.why if ruling is not None else "",
                told=tuple(map(provenance, given)),
            )
        )
    return sorted(rows, key=lambda row: (-len(row.told), row.key))


def lead_named(session: Session, name: str) -> LeadRow:
    """The lead of that name, in whatever state, however it is spelt.

    Raises:
        NotFoundError: no document gives it; the message names the nearest.
    """
    rows = {row.key: row for row in leads(session, ())}
    wanted = name_key(name)
    if wanted not in rows:
        known = [row.name for row in rows.values()]
        raise NotFoundError(f"There is no lead '{one_line(name)}'.", nearest(name, known))
    return rows[wanted]
