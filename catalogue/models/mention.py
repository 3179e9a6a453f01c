"""Mention: a document names a tool or a supplier."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Mention(Base):
    """One document names a known tool or supplier, with the first sentence in which it does.

    A projection of the document's words and of the names that are known: it is made anew whenever
    the document is joined, and holds as long as the document says what it says.
    """

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_document", "document_id"),
        Index("ix_mention_tool", "tool_id"),
        Index("ix_mention_organisation", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    document: Mapped[Document] = relationship()
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    """The tool that is named; empty where a supplier is."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """The supplier that is named; empty where a tool is."""
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    """Characters of the main text (`chars:120-180`), or `/title`."""
