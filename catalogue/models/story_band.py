"""StoryBand: by which documents that tell the same story are found."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class StoryBand(Base):
    """A piece of the sketch of one document's words: who shares one may tell the same story."""

    __tablename__ = "story_band"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - the attribute SQLAlchemy reads

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )
