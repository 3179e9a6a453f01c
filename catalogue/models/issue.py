"""Issue: something about a source that a person should look at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.source import Source


class Issue(Base):
    """Something about a source that a person should look at: a fault, a run that failed its
    expectations, a surprise on a page. It closes by itself when the fault has passed, or by a
    person, and opens again when it is met again.
    """

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("source_id", "kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    source: Mapped[Source] = relationship()
    kind: Mapped[str]
    """Kind of the fault (`timeout`, `soft_404` ...), `expectation`, or `reading`."""
    subject: Mapped[str] = mapped_column(Text)
    """The address; of a surprise its words; of a failed run the name of the source."""
    note: Mapped[str] = mapped_column(Text)
    """One line for a person; of a surprise the address where it was met last."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    count: Mapped[int]
    """How often it was met."""
    state: Mapped[str] = mapped_column(index=True)
    """`open` or `closed`."""
    closed_by: Mapped[str]
    """Name of the person, or `crawl` where the fault has passed; empty while it is open."""
