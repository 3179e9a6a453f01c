"""Claim: a statement of benefit, as said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Claim(Base):
    """A sentence of benefit on one document; `tool_id` is empty until the tool is known."""

    __tablename__ = "claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    key: Mapped[str] = mapped_column(default="", index=True)
    """What it is known by over replay (`catalogue.ledger.claim_key`)."""
    fingerprint: Mapped[str]
    """SHA-256 over what is claimed and in which words: equal means the same claim again."""
    dimension: Mapped[str]
    metric: Mapped[str]
    direction: Mapped[str]
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str]
    per: Mapped[str]
    baseline: Mapped[str]
    hedge: Mapped[str]
    rung: Mapped[str]
    population: Mapped[str]
    sites: Mapped[int | None]
    duration_days: Mapped[int | None]
    method: Mapped[str]
    counter_effects: Mapped[list[str]] = mapped_column(JSON, default=list)
    """CTR_ codes of what the words say it costs elsewhere."""
    flags: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """Pairs of an ASM_ code, a narrow assumption that is made, and the sentence that makes it."""
    study: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What its page says around it of who evaluated, where and how many (`catalogue.cues`)."""
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    voice: Mapped[str]
    extractor: Mapped[str]
    standing: Mapped[str] = mapped_column(default="unsupported")
    """What the joined evidence makes of it (`catalogue.standing`)."""
    head_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id", ondelete="SET NULL"))
    """The claim that this one repeats, where one study is told again (`catalogue.lineage`); a
    projection."""
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
