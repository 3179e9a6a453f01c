"""Showing: that a tool was put before a reviewer, and why it was its turn. Append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Showing(Base):
    """One place in the order in which a reviewer saw the tools of a project, with all that made
    it; a trigger refuses to change or delete it.
    """

    __tablename__ = "showing"
    __table_args__ = (
        UniqueConstraint("project_id", "reviewer", "position"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    reviewer: Mapped[str]
    position: Mapped[int]
    """Counts the reviewer's showings in the project from one, without gaps."""
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"))
    score: Mapped[float] = mapped_column(Double)
    ranked_by: Mapped[str]
    """`question`, while nothing is decided, `decisions`, or `chance`: it was drawn at random from
    all that waited."""
    decided: Mapped[int]
    """How many of the reviewer's decisions the ranking had learnt from."""
    seen: Mapped[int]
    """Number of the reviewer's newest decision in the project by then; 0 before the first. The
    ranking had learnt from what held after it."""
    pool: Mapped[int]
    """How many tools waited, this one among them."""
    model: Mapped[str]
    """The model whose vectors were ranked by; empty where words alone were."""
    seed: Mapped[int]
    """Of the ranking, and of a draw."""
