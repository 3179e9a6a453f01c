"""Visit: one request to one address, and how it ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Visit(Base):
    """One request to one address. A fault is recorded here and never becomes a signal."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_run.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("crawl_task.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text)
    state: Mapped[str]
    status: Mapped[int]
    fault: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str]
    raw_sha: Mapped[str]
    size: Mapped[int]
    fetched_at: Mapped[datetime]
