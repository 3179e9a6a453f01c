"""Decision: what a reviewer says of a tool in a project. Append-only; undo is another decision."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Decision(Base):
    """One thing a reviewer decided in a project; a trigger refuses to change or delete it."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_project_id", "project_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    step: Mapped[str] = mapped_column(index=True)
    """One id for all decisions of one command, so that it is undone as one."""
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    """Empty where it is about the project itself."""
    outcome: Mapped[str]
    """`include`, `maybe` or `exclude` of a tool, `removed` of a project; empty takes back what
    held."""
    reason: Mapped[str]
    """Code of an exclusion reason (XR_); empty where it has none, or other words."""
    note: Mapped[str] = mapped_column(Text)
    """The reviewer's own words."""
    undoes: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    """The decision that this one takes back."""
