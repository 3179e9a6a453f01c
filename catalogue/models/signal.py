"""Signal: something that changed in the market."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Signal(Base):
    """Something that changed in the market, typed; a crawl fault is never one."""

    __tablename__ = "signal"

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(index=True)
    """SIG_ code."""
    subject: Mapped[str] = mapped_column(Text)
    """Name of the tool, organisation or document, as it was then."""
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_run.id"), index=True)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text, default="")
    """The words of the document that tell it; empty where none do, as of a page that is gone."""
    horizon: Mapped[str] = mapped_column(default="HZ_NOT_STATED")
    """HZ_ code: how far off it is, by the rules of `catalogue.horizons`."""
    detected_at: Mapped[datetime]
