"""Rows for tests: each builder needs a session and fills in what the test does not care about.

What a row hangs on is made when it is not given; organisations and sources are found again by
their names, so that two tools of one supplier share it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.models import (
    Base,
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Organisation,
    Snapshot,
    Source,
    Statement,
    Tool,
)
from catalogue.text import organisation_key

DAY = datetime(2026, 10, 5, 9, tzinfo=UTC)
"""When everything was seen, unless the test says otherwise."""

SUPPLIER = "Rotaflow Systems Ltd"

Row = TypeVar("Row", bound=Base)


def make_organisation(
    session: Session, name: str = SUPPLIER, *, kind: str = "supplier", homepage: str = ""
) -> Organisation:
    """The organisation of that name, made when there is none yet."""
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is not None:
        return found
    return _kept(
        session,
        Organisation(
            name=name,
            key=organisation_key(name),
            kind=kind,
            homepage=homepage,
            first_seen=DAY,
        ),
    )


def make_source(
    session: Session,
    name: str = "rotaflow",
    *,
    publisher: Organisation | None = None,
    voice: str = "VOICE_SUPPLIER",
    licence: str = "all-rights-reserved",
    founding: bool = True,
) -> Source:
    """The source of that name, made when there is none yet."""
    found = session.scalar(select(Source).where(Source.name == name))
    if found is not None:
        return found
    publisher = publisher or make_organisation(session)
    return _kept(
        session,
        Source(
            name=name,
            title=f"{publisher.name}, own site",
            archetype="site",
            publisher_id=publisher.id,
            voice=voice,
            licence=licence,
            cadence="weekly",
            definition="{}",
            founding=founding,
            registered_at=DAY,
        ),
    )


def make_document(
    session: Session,
    url: str = "",
    *,
    source: Source | None = None,
    title: str = "Rotaflow Pro",
    text: str = "Rotaflow Pro builds ward rotas.",
    kind: str = "product",
    published_on: date | None = None,
    seen: datetime = DAY,
) -> Document:
    """A page and its one snapshot; an address of its own when none is given."""
    source = source or make_source(session)
    sha = sha256(text.encode()).hexdigest()
    document = _kept(
        session,
        Document(
            source_id=source.id,
            url=url or f"http://www.{source.name}.example/{_count(session, Document) + 1}",
            title=title,
            kind=kind,
            language="en",
            voice=source.voice,
            published_on=published_on,
            text=text,
            text_sha=sha,
            drafts="[]",
            first_seen=seen,
            last_seen=seen,
            changed_at=seen,
        ),
    )
    _kept(
        session,
        Snapshot(
            document_id=document.id,
            raw_sha=sha,
            text_sha=sha,
            content_type="text/html",
            size=len(text),
            fetched_at=seen,
            first_seen=seen,
        ),
    )
    return document


def make_tool(
    session: Session,
    name: str = "Rotaflow Pro",
    *,
    supplier: Organisation | None = None,
    summary: str = "Builds ward rotas.",
    use_case: str = "",
    setting: str = "",
    scope: str = "SC_NONCLIN_OPS",
    seen: datetime = DAY,
) -> Tool:
    """A tool with nothing said of it yet but its name."""
    supplier = supplier or make_organisation(session)
    return _kept(
        session,
        Tool(
            supplier_id=supplier.id,
            name=name,
            summary=summary,
            use_case=use_case,
            setting=setting,
            scope=scope,
            first_seen=seen,
            last_seen=seen,
            changed_at=seen,
        ),
    )


def make_statement(
    session: Session,
    tool: Tool,
    prop: str,
    value: str,
    *,
    quote: str = "",
    absence: str = "yes",
    document: Document | None = None,
    displayed: bool = True,
) -> Statement:
    """A value that a document gives for a property of a tool; it is also the one displayed."""
    document = document or make_document(session)
    fingerprint = sha256(f"{prop}|{value}|{absence}".encode()).hexdigest()
    statement = _kept(
        session,
        Statement(
            subject_type="tool",
            subject_id=tool.id,
            property=prop,
            value=value,
            original="",
            absence=absence,
            quote=quote or f"The page says {value}.",
            place="chars:0-20",
            extractor="product_page@1",
            confidence=1.0,
            voice=document.voice,
            document_id=document.id,
            snapshot_id=_snapshot(session, document),
            fingerprint=fingerprint,
            first_seen=document.first_seen,
            last_seen=document.last_seen,
        ),
    )
    if displayed:
        mine = (
            Displayed.subject_type == "tool",
            Displayed.subject_id == tool.id,
            Displayed.property == prop,
        )
        ordinal = session.scalar(select(func.count()).select_from(Displayed).where(*mine)) or 0
        session.add(
            Displayed(
                subject_type="tool",
                subject_id=tool.id,
                property=prop,
                ordinal=ordinal,
                statement_id=statement.id,
            )
        )
        session.flush()
    return statement


def make_claim(
    session: Session,
    tool: Tool | None,
    quote: str = "Saves up to 2 hours per week.",
    *,
    document: Document | None = None,
    dimension: str = "BEN_TIME",
    high: float | None = 2.0,
    standing: str = "unsupported",
) -> Claim:
    """A sentence of benefit: up to two hours per week, nobody knows against what."""
    document = document or make_document(session)
    return _kept(
        session,
        Claim(
            tool_id=None if tool is None else tool.id,
            document_id=document.id,
            fingerprint=sha256(quote.encode()).hexdigest(),
            dimension=dimension,
            metric="",
            direction="down",
            low=None,
            high=high,
            unit="hours",
            per="week",
            baseline="",
            hedge="up to",
            rung="RUNG_0_ASSERTED",
            population="",
            method="NOT_STATED",
            quote=quote,
            place="chars:0-29",
            voice=document.voice,
            extractor="case_study@1",
            standing=standing,
            first_seen=document.first_seen,
            last_seen=document.last_seen,
        ),
    )


def make_evidence(
    session: Session,
    tool: Tool | None,
    title: str = "Evaluation at Westmarch",
    *,
    document: Document | None = None,
    strength: str = "EVS_2",
    funder: str = "REL_SUPPLIER",
    measurer: str = "REL_SUPPLIER",
    author: str = "REL_SUPPLIER",
) -> Evidence:
    """An evaluation with data, all of it by the supplier."""
    document = document or make_document(session)
    return _kept(
        session,
        Evidence(
            tool_id=None if tool is None else tool.id,
            document_id=document.id,
            fingerprint=sha256(title.encode()).hexdigest(),
            title=title,
            evidence_type="EVT_CASE",
            strength=strength,
            measurement="EVM_NOT_STATED",
            funder=funder,
            measurer=measurer,
            author=author,
            quote=f"{title} measured 40 wards for twelve weeks.",
            place="chars:0-60",
            voice=document.voice,
            extractor="case_study@1",
            first_seen=document.first_seen,
            last_seen=document.last_seen,
        ),
    )


def make_deployment(
    session: Session,
    tool: Tool | None,
    buyer: str = "Westmarch NHS Trust",
    *,
    document: Document | None = None,
    phase: str = "PH_PRODUCTION",
    setting: str = "SET_ACUTE",
    funding: str = "TRIAL_FUND_UNKNOWN",
) -> Deployment:
    """A tool in use at a trust, by the word of one document."""
    document = document or make_document(session)
    return _kept(
        session,
        Deployment(
            tool_id=None if tool is None else tool.id,
            buyer_id=make_organisation(session, buyer, kind="buyer").id,
            document_id=document.id,
            fingerprint=sha256(f"{buyer}{phase}".encode()).hexdigest(),
            phase=phase,
            setting=setting,
            funding=funding,
            quote=f"{buyer} uses it on every ward.",
            place="chars:0-40",
            voice=document.voice,
            extractor="case_study@1",
            first_seen=document.first_seen,
            last_seen=document.last_seen,
        ),
    )


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _snapshot(session: Session, document: Document) -> int:
    newest = select(func.max(Snapshot.id)).where(Snapshot.document_id == document.id)
    snapshot = session.scalar(newest)
    assert snapshot is not None, "the document has no snapshot: make it with make_document"
    return snapshot
