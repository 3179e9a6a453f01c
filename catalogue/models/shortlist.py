"""Shortlist and its items."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.tool import Tool


class Shortlist(Base):
    """Tools with reasons. The rows are the present state of the events that made them."""

    __tablename__ = "shortlist"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text, default="")
    """The query it was made from, as `catalogue.query` says it; empty where it was made by hand."""
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    items: Mapped[list[ShortlistItem]] = relationship(order_by="ShortlistItem.position")


class ShortlistItem(Base):
    """One tool on a shortlist."""

    __tablename__ = "shortlist_item"

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id"), primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), primary_key=True, index=True)
    tool: Mapped[Tool] = relationship()
    position: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    added_by: Mapped[str]
    added_at: Mapped[datetime]
