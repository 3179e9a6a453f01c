"""SearchEntry and its passages: what search indexes, with ids that are never reused."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base


class SearchEntry(Base):
    """One thing that can be found. When what it says changes, a new row takes its place."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "subject_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """`tool` or `document`."""
    subject_id: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    content_sha: Mapped[str]
    passages: Mapped[list[SearchPassage]] = relationship(
        order_by="SearchPassage.id", cascade="all, delete-orphan"
    )


class SearchPassage(Base):
    """A stretch of text that is embedded."""

    __tablename__ = "search_passage"
    __table_args__ = (
        Index("ix_search_passage_text_sha", "text_sha"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("search_entry.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    text_sha: Mapped[str]
    url: Mapped[str] = mapped_column(Text)
    aspect: Mapped[str]
    """`does`, `serves` or `claims`; "" for several at once, and of a document's."""
