"""Saving: what a person did with a saved search. Append-only; undo is another saving."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Saving(Base):
    """One act on a saved search; a trigger refuses to change or delete it."""

    __tablename__ = "saving"
    __table_args__ = (Index("ix_saving_key", "key", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    step: Mapped[str] = mapped_column(index=True)
    """One id for all that one command did, so that it is undone as one."""
    action: Mapped[str]
    """`save`, `remove`, or `look`: its actor has seen what it finds."""
    key: Mapped[str]
    """Its name without regard to capitals: what it is known by."""
    name: Mapped[str]
    """As a person wrote it."""
    query: Mapped[str] = mapped_column(Text)
    """What is searched for, as `str(catalogue.query.Query)`."""
    found: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Of a look: numbers of the tools that were found, in order."""
    undoes: Mapped[int | None] = mapped_column(ForeignKey("saving.id"), unique=True)
    """The act that this one takes back."""
