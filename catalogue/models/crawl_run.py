"""CrawlRun: one walk over one source."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.source import Source


class CrawlRun(Base):
    """One walk over one source. An interrupted run is gone on with, not begun again."""

    __tablename__ = "crawl_run"
    __table_args__ = (Index("ix_crawl_run_source_id_state", "source_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    source: Mapped[Source] = relationship()
    state: Mapped[str]
    """`running`, `finished`, `failed`; a `running` one that nobody holds was interrupted."""
    baseline: Mapped[bool]
    """Whether it is the source's first: a backlog raises no signals of "new"."""
    page_budget: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    verdict: Mapped[str] = mapped_column(default="")
    """`sound` or `failed` once it was judged: then what it found is taken up, or dropped, and
    only after that it ends."""
    note: Mapped[str] = mapped_column(default="")
    """What was not as expected, in sentences."""
