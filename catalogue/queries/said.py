"""What documents say of a tool now, each row with its page and who publishes it."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from catalogue.members import members
from catalogue.models import Claim, Deployment, Document, Evidence, Lead, Source, Statement
from catalogue.rows import Provenance
from catalogue.vocabularies import load

Said = TypeVar("Said", Claim, Evidence, Deployment)


def its_page(model: type[Statement | Claim | Evidence | Deployment]) -> ORMOption:
    """Load the document joined to, and its publisher, without its text."""
    page = contains_eager(model.document)
    return page.options(
        defer(Document.text, raiseload=True),
        defer(Document.drafts, raiseload=True),
        joinedload(Document.source).joinedload(Source.publisher),
    )


def provenance(row: Statement | Claim | Evidence | Deployment | Lead) -> Provenance:
    """Who said it, when, and in which words."""
    return Provenance(
        said_by=row.document.source.publisher.name,
        voice=load()["voices"].get(row.voice).label,
        quote=row.quote,
        place=row.place,
        url=row.document.url,
        document=row.document.title,
        first_seen=row.first_seen.date(),
        last_seen=row.last_seen.date(),
        extractor=row.extractor,
    )


def current(session: Session, model: type[Said], tool_id: int) -> list[Said]:
    """Everything of a kind that documents say of a tool now, by the address of the page."""
    buyers: list[ORMOption] = [joinedload(Deployment.buyer)] if model is Deployment else []
    query = (
        select(model)
        .join(Document, Document.id == model.document_id)
        .options(its_page(model), *buyers)
        .where(
            model.tool_id.in_(members(session, tool_id)),
            model.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .order_by(Document.url, model.quote, model.id)
    )
    return list(session.scalars(query))
