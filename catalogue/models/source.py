"""Source: a public place that is crawled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.organisation import Organisation


class Source(Base):
    """What the catalogue keeps of a source file."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    archetype: Mapped[str]
    publisher_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    publisher: Mapped[Organisation] = relationship()
    voice: Mapped[str]
    licence: Mapped[str]
    cadence: Mapped[str]
    """How often it is due: `weekly`, `every 3 days`."""
    quiet: Mapped[str] = mapped_column(default="")
    """Hours of the day in which it is not visited, `08:00-18:00`; empty means none."""
    timezone: Mapped[str] = mapped_column(default="Europe/London")
    """Where those hours, and its days, are counted."""
    due_at: Mapped[datetime | None]
    """When it is due next; never visited, it is due now."""
    claimed_by: Mapped[str] = mapped_column(default="")
    """The process that has taken on to crawl it; its claim ends with its life."""
    claimed_until: Mapped[datetime | None]
    definition: Mapped[str] = mapped_column(Text)
    """The whole source file, as JSON."""
    reader: Mapped[str] = mapped_column(default="")
    """What reads its pages now: a hash over the code of the extractors, their options, and the
    libraries under them. A document with another one is to be read again."""
    enabled: Mapped[bool] = mapped_column(default=True)
    founding: Mapped[bool]
    """Whether it belongs to the first sources registered: its backlog is the catalogue's
    beginning and not news."""
    registered_at: Mapped[datetime]
