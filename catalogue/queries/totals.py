"""How much the catalogue holds, and what a set of runs did."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from catalogue.models import (
    Claim,
    Deployment,
    Document,
    Evidence,
    Organisation,
    Signal,
    Tool,
    Visit,
)
from catalogue.rows import RunTotals, Totals

ANSWERED = ("read", "unchanged", "not_modified", "listed", "gone")


def totals(session: Session) -> Totals:
    """Counts over what is current. A claim, study or deployment counts once a tool has it."""
    documents = select(func.count(Document.id)).where(Document.gone_at.is_(None))
    places = (
        select(
            func.coalesce(Tool.canonical_id, Tool.id),
            func.coalesce(Organisation.canonical_id, Organisation.id),
        )
        .join_from(Deployment, Document, Document.id == Deployment.document_id)
        .join(Tool, Tool.id == Deployment.tool_id)
        .join(Organisation, Organisation.id == Deployment.buyer_id)
        .where(
            Deployment.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .distinct()
        .subquery()
    )
    return Totals(
        documents=session.scalar(documents) or 0,
        tools=session.scalar(select(func.count(Tool.id)).where(Tool.canonical_id.is_(None))) or 0,
        suppliers=session.scalar(
            select(func.count(distinct(Tool.canonical_supplier_id))).where(
                Tool.canonical_id.is_(None)
            )
        )
        or 0,
        claims=_current(session, Claim),
        evidence=_current(session, Evidence) - _retold(session),
        deployments=session.scalar(select(func.count()).select_from(places)) or 0,
        signals=session.scalar(select(func.count(Signal.id))) or 0,
    )


def _current(session: Session, model: type[Claim | Evidence]) -> int:
    query = (
        select(func.count(model.id))
        .join(Document, Document.id == model.document_id)
        .where(
            model.tool_id.is_not(None),
            model.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    )
    return session.scalar(query) or 0


def _retold(session: Session) -> int:
    """Evidence on a tool that a page only tells again: the original's is counted."""
    first, original = aliased(Evidence), aliased(Document)
    query = (
        select(func.count(distinct(Evidence.id)))
        .join(Document, Document.id == Evidence.document_id)
        .join(original, original.id == Document.story_id)
        .join(first, (first.document_id == original.id) & (first.tool_id == Evidence.tool_id))
        .where(
            Evidence.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
            first.last_seen == original.last_seen,
            original.gone_at.is_(None),
        )
    )
    return session.scalar(query) or 0


def run_totals(session: Session, run_ids: Collection[int]) -> RunTotals:
    """What these crawl runs did."""
    states = _counted(session, Visit.state, Visit.run_id.in_(run_ids))
    kinds = _counted(session, Visit.fault, Visit.run_id.in_(run_ids), Visit.state == "fault")
    signals = select(func.count(Signal.id)).where(Signal.run_id.in_(run_ids))
    return RunTotals(
        pages=sum(states.get(state, 0) for state in ANSWERED),
        changed=states.get("read", 0),
        unchanged=states.get("unchanged", 0) + states.get("not_modified", 0),
        gone=states.get("gone", 0),
        faults=states.get("fault", 0),
        signals=session.scalar(signals) or 0,
        fault_kinds=kinds,
    )


def _counted(
    session: Session, column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]
) -> dict[str, int]:
    query = select(column, func.count()).where(*conditions).group_by(column).order_by(column)
    return {row[0]: row[1] for row in session.execute(query)}
