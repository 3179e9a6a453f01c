"""CrawlTask: one address on the frontier."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class CrawlTask(Base):
    """An address a source knows, and where it stands in the present run."""

    __tablename__ = "crawl_task"
    __table_args__ = (
        UniqueConstraint("source_id", "url"),
        Index("ix_crawl_task_run_id_state_depth", "run_id", "state", "depth"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("crawl_run.id"))
    """The run in which it is, or last was, due."""
    url: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    depth: Mapped[int]
    state: Mapped[str]
    """`due`, `leased` or `done`."""
    leased_by: Mapped[str] = mapped_column(default="")
    """The process that holds it: its lease ends at once when that process is dead."""
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    """In how many sound runs in a row the address was not found (404)."""
    visited_at: Mapped[datetime | None]
    """When it was last visited: a run with too small a budget takes the oldest first."""
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    final: Mapped[bool] = mapped_column(default=False)
    """Whether what it gave will not change any more: later runs leave it alone."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The document that the address gave when it was last read."""
