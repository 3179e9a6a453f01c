"""Lead: a likely name of a tool that nobody knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Lead(Base):
    """One document names what is likely a tool. It is none until a person says so.

    It is current as long as `last_seen` is the `last_seen` of its document.
    """

    __tablename__ = "lead"
    __table_args__ = (UniqueConstraint("document_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    key: Mapped[str] = mapped_column(index=True)
    """Comparison key of the name (`catalogue.text.name_key`)."""
    name: Mapped[str]
    supplier: Mapped[str]
    """Name of the supplier, where the words give it."""
    state: Mapped[str] = mapped_column(default="open", index=True)
    """`open`; `known` where a tool of that name is known by now; `accepted` or `dismissed` by a
    person's ruling."""
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    voice: Mapped[str]
    extractor: Mapped[str]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
