"""NameBeginning: how the stretches of a document begin that could be a name."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base

ORDERED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its characters on every database."""


class NameBeginning(Base):
    """One beginning of what could be a name in one document: by it the documents are found that
    may name something that has only now become known (`catalogue.beginnings`).
    """

    __tablename__ = "name_beginning"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - the attribute SQLAlchemy reads

    beginning: Mapped[str] = mapped_column(ORDERED, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
