"""Event: what a person did. Append-only; undo is another event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Event(Base):
    """One thing a person did to one subject; a trigger refuses to change or delete it."""

    __tablename__ = "event"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(index=True)
    step: Mapped[str] = mapped_column(index=True)
    """One id for all events of one command, so that a bulk action is undone as one."""
    action: Mapped[str]
    """`shortlist.create`, `shortlist.add`, or `shortlist.remove`: without a tool, it takes the
    list itself away."""
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id"), index=True)
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    position: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text, default="")
    """Of the making of a shortlist: the query it is made from, as `catalogue.query` says it."""
    undoes: Mapped[int | None] = mapped_column(ForeignKey("event.id"), unique=True)
    """The event that this one takes back."""
