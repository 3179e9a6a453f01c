"""Evidence: a study, evaluation or account."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Evidence(Base):
    """A study, evaluation or account that a document reports about a tool.

    Who funded, who measured and who wrote it are three separate facts.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    key: Mapped[str] = mapped_column(default="", index=True)
    """What it is known by over replay (`catalogue.ledger.evidence_key`)."""
    fingerprint: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    evidence_type: Mapped[str]
    strength: Mapped[str]
    measurement: Mapped[str]
    funder: Mapped[str]
    measurer: Mapped[str]
    author: Mapped[str]
    peer_reviewed: Mapped[bool | None]
    against: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """Pairs of a BEN_ code and the sentence that finds no such benefit, or the opposite."""
    published_on: Mapped[date | None]
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    voice: Mapped[str]
    extractor: Mapped[str]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
