"""Horizons: how far off a change is for an NHS buyer, by written rules.

H1: it is now, where an organisation uses the tool, a contract for it was awarded, a framework lists
    it, or its price is stated;
H2: else it is next, where an organisation tries it or a procurement that is planned or under way
    names it;
H3: else it is what the kind of change says by itself (`horizon` in the vocabulary `signals`);
H4: else it is later, where research alone speaks of the tool;
H5: else nothing tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.members import members
from catalogue.models import (
    Deployment,
    Displayed,
    Document,
    Notice,
    NoticeTool,
    Organisation,
    Source,
    Statement,
)
from catalogue.places import TRIED, USED
from catalogue.vocabularies import load

NOW, NEXT, LATER, NOT_STATED = "HZ_NOW", "HZ_NEXT", "HZ_LATER", "HZ_NOT_STATED"

_BOUGHT = frozenset({"award", "contract"})
_BUYING = frozenset({"planning", "tender"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at of one tool."""

    phases: frozenset[str] = frozenset()
    """PH_ codes of its places of use."""
    stages: frozenset[str] = frozenset()
    """Stages of the notices that name it."""
    offered: bool = False
    """Whether a framework lists it or its price is stated."""
    publishers: frozenset[str] = frozenset()
    """Kinds of those who publish what speaks of it."""


def horizon(signal: str, facts: Facts | None) -> str:
    """HZ_ code of a signal of this SIG_ code (H1 to H5); without facts, it is of no known tool."""
    said = load()["signals"].get(signal).attribute("horizon")
    if facts is None:
        return said or NOT_STATED
    if USED in facts.phases or facts.stages & _BOUGHT or facts.offered:
        return NOW
    if facts.phases & TRIED or facts.stages & _BUYING:
        return NEXT
    return said or (LATER if facts.publishers == {"research"} else NOT_STATED)


def facts(session: Session, tool_id: int) -> Facts:
    """What is known of a tool now."""
    records = members(session, tool_id)
    phases = session.scalars(
        select(Deployment.phase)
        .join(Document, Document.id == Deployment.document_id)
        .where(
            Deployment.tool_id.in_(records),
            Deployment.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    )
    kinds = load()["notice_types"]
    named = session.scalars(
        select(Notice.notice_type)
        .join(NoticeTool, NoticeTool.notice_id == Notice.id)
        .where(NoticeTool.tool_id.in_(records))
    )
    offered = session.scalar(
        select(Displayed.statement_id)
        .join(Statement, Statement.id == Displayed.statement_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id.in_(records),
            Displayed.property.in_(("price", "listing")),
            Statement.absence == "yes",
        )
        .limit(1)
    )
    publishers = session.scalars(
        select(Organisation.kind)
        .join_from(Statement, Document, Document.id == Statement.document_id)
        .join(Source, Source.id == Document.source_id)
        .join(Organisation, Organisation.id == Source.publisher_id)
        .where(Statement.subject_type == "tool", Statement.subject_id.in_(records))
        .distinct()
    )
    return Facts(
        frozenset(phases),
        frozenset(kinds.get(one).attribute("stage") for one in named),
        offered is not None,
        frozenset(publishers),
    )
