"""Project: a question that reviewers screen tools for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Project(Base):
    """A question and the tools it is asked of. Never changed; what reviewers say of the tools, and
    that the project was taken away, are decisions.
    """

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    """A person's words; no two projects that are there share it, whatever the capitals."""
    question: Mapped[str] = mapped_column(Text)
    """What is wanted, in words: what the first tools are ranked by."""
    query: Mapped[str] = mapped_column(Text)
    """Which tools are screened, as `str(catalogue.query.Query)`."""
    created_by: Mapped[str]
    created_at: Mapped[datetime]
