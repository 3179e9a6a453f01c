"""Tag: a vocabulary term on a tool, and whether it is suggested, accepted or rejected."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Tag(Base):
    """A term on a tool. A suggestion is not a tag until a person or a written rule accepts it."""

    __tablename__ = "tag"
    __table_args__ = (
        UniqueConstraint("tool_id", "vocabulary", "code"),
        Index("ix_tag_vocabulary_state_code", "vocabulary", "state", "code", "tool_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"))
    vocabulary: Mapped[str]
    code: Mapped[str]
    state: Mapped[str]
    """`suggested`, `accepted` or `rejected`."""
    by: Mapped[str]
    """`rule` or a person's name; what a person said is never overruled by a rule."""
    why: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    at: Mapped[datetime]
