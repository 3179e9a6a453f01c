"""Ruling: what a person decided about the catalogue. Append-only; undo is another ruling."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Ruling(Base):
    """One thing a person decided about one subject; a trigger refuses to change or delete it."""

    __tablename__ = "ruling"
    __table_args__ = (
        Index("ix_ruling_subject", "kind", "subject", "object"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    step: Mapped[str] = mapped_column(index=True)
    """One id for all rulings of one command, so that it is undone as one."""
    kind: Mapped[str]
    """What is decided: `catalogue.review.rulings.Kind`."""
    subject: Mapped[str] = mapped_column(Text)
    """What it is about, by a name that outlives replay: `tool/12`, `organisation/3`, `claim/<key>`,
    `lead/<key>`."""
    object: Mapped[str] = mapped_column(Text)
    """The other party: `tool/40`, `use_cases/UC_WF_AGENT`, `evidence/<key>`; empty without one."""
    value: Mapped[str]
    """The decision: `same`, `accepted`, `supports` ...; empty puts the subject back to where
    nobody has decided anything."""
    why: Mapped[str] = mapped_column(Text)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("ruling.id"), unique=True)
    """The ruling that this one takes back."""
