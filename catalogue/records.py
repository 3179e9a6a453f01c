"""Records: what public bodies publish of the algorithms that they use, as signals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.changes import Change
from catalogue.models import Deployment, Document, Organisation, Tool

READER: Final = "transparency_record"
"""What reads an algorithmic transparency record: its drafts bear this name."""


def published(session: Session, document: Document) -> Iterator[Change]:
    """That a document that was not known is a transparency record: of the tools that it names,
    else of none in particular.
    """
    rows = session.execute(
        select(
            func.coalesce(Tool.canonical_id, Tool.id),
            Organisation.name,
            Deployment.quote,
        )
        .join_from(Deployment, Organisation, Organisation.id == Deployment.buyer_id)
        .outerjoin(Tool, Tool.id == Deployment.tool_id)
        .where(Deployment.document_id == document.id, Deployment.extractor.startswith(READER))
        .order_by(Deployment.id)
    )
    for tool_id, buyer, quote in rows:
        told = f"{buyer}: {document.title.removeprefix(f'{buyer}: ')}"
        yield Change("SIG_ATRS_PUBLISHED", tool_id, "", told, quote)
