"""Deployment: a tool in use, or tried, at a named organisation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document
from catalogue.models.organisation import Organisation


class Deployment(Base):
    """One document's word that a tool is used, or tried, at an organisation."""

    __tablename__ = "deployment"

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    buyer: Mapped[Organisation] = relationship()
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    fingerprint: Mapped[str]
    phase: Mapped[str]
    setting: Mapped[str]
    funding: Mapped[str]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    voice: Mapped[str]
    extractor: Mapped[str]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
