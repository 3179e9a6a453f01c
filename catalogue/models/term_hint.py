"""Term hint: how near in meaning a tool is to a term of a vocabulary."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class TermHint(Base):
    """What the model of meaning makes of one tool and one term: material for a suggested tag.

    Kept apart from tags, so that the projection of a tool needs no model.
    """

    __tablename__ = "term_hint"

    tool_id: Mapped[int] = mapped_column(
        ForeignKey("tool.id", ondelete="CASCADE"), primary_key=True
    )
    vocabulary: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    confidence: Mapped[float]
    """Calibrated: of suggestions made with it, this share was right."""
    why: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    """The words that speak for it: one line."""
