"""Document: a page at an address, as it was last read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.source import Source


class Document(Base):
    """A page at an address, as it was last read; its older states are in its snapshots."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    source: Mapped[Source] = relationship()
    url: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    language: Mapped[str]
    voice: Mapped[str]
    published_on: Mapped[date | None]
    licence: Mapped[str] = mapped_column(default="")
    """Its own licence, where it gives one; else that of its source holds."""
    text_sha: Mapped[str]
    reader: Mapped[str] = mapped_column(default="")
    """What read it last (`Source.reader` of that time)."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    changed_at: Mapped[datetime]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    """The document that told first what this one tells again (`catalogue.stories`); empty where
    it stands at the head of its story."""
    gone_at: Mapped[datetime | None]
    stale: Mapped[bool] = mapped_column(default=True, index=True)
    """Whether search has yet to take it up."""
    # Long columns stand last: SQLite reads through all that stands before the one it wants.
    text: Mapped[str] = mapped_column(Text)
    drafts: Mapped[str] = mapped_column(Text)
    """The drafts of the last reading, as JSON: joining them to tools can be done again when a
    tool becomes known later."""
