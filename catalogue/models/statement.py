"""Statement, and which statement is displayed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Statement(Base):
    """One value that one document gave for one property. Extended, never overwritten.

    It is current as long as `last_seen` is the `last_seen` of its document.
    """

    __tablename__ = "statement"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "document_id", "fingerprint"),
        Index("ix_statement_subject", "subject_type", "subject_id", "property"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str]
    """`tool` or `organisation`."""
    subject_id: Mapped[int]
    property: Mapped[str]
    value: Mapped[str] = mapped_column(Text)
    original: Mapped[str] = mapped_column(Text)
    absence: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    extractor: Mapped[str]
    confidence: Mapped[float]
    stated_on: Mapped[date | None]
    """The day that the words give for it, such as that of a certificate."""
    valid_until: Mapped[date | None]
    """The last day on which it holds, where the words give one."""
    voice: Mapped[str]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    fingerprint: Mapped[str]
    """SHA-256 over property, value and absence: what makes it the same statement again."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class Displayed(Base):
    """Which statements are shown of a subject: the projection by the written precedence."""

    __tablename__ = "displayed"

    subject_type: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    property: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    statement: Mapped[Statement] = relationship()
