"""Listing: a registry's word that it lists a supplier."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document
from catalogue.models.organisation import Organisation


class Listing(Base):
    """One page of a registry lists an organisation, with or without a tool of its.

    It is current as long as `last_seen` is the `last_seen` of its document.
    """

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("document_id", "organisation_id", "tool_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship()
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    listed_on: Mapped[str]
    """Name of the registry."""
    self_certified: Mapped[bool]
    tool: Mapped[str]
    """The tool as the registry names it; empty where the supplier alone is listed."""
    tool_key: Mapped[str]
    """Comparison key of the tool's name."""
    listed: Mapped[bool] = mapped_column(default=False)
    """Whether the registry listed it when its last sound run ended: who has joined since and who
    has left is told by this."""
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    voice: Mapped[str]
    extractor: Mapped[str]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
