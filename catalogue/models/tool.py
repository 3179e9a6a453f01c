"""Tool, its names and its functions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, desc, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from catalogue.models.base import Base
from catalogue.models.organisation import Organisation


class Tool(Base):
    """An AI product or service that the NHS could use.

    All columns but `id`, `supplier_id` and the times are projections of statements, tags, claims
    and evidence, written in the transaction that changed those (`catalogue.projection`).
    """

    __tablename__ = "tool"
    # Each order of the list, and each of its counts, is read from one index and nothing else.
    __table_args__ = (
        Index("ix_tool_by_name", "sort_name", "id", "scope", "canonical_id"),
        Index(
            "ix_tool_by_supplier",
            "canonical_supplier_id",
            "sort_name",
            "id",
            "scope",
            "canonical_id",
        ),
        Index("ix_tool_supplier_id", "supplier_id"),
        # Of merged tools only: nearly all are not, and SQLite would read a list of those from it.
        Index(
            "ix_tool_canonical_id",
            "canonical_id",
            sqlite_where=text("canonical_id IS NOT NULL"),
        ),
        Index(
            "ix_tool_by_evidence",
            desc("evidence"),
            desc("independent"),
            "sort_name",
            "id",
            "scope",
            "canonical_id",
        ),
        Index("ix_tool_by_change", desc("changed_at"), "sort_name", "id", "scope", "canonical_id"),
        Index("ix_tool_autonomy", "autonomy", "scope", "canonical_id"),
        Index("ix_tool_scope", "scope", "canonical_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    canonical_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    """The tool that it was judged to be the same as; empty where it stands for itself. A
    projection of rulings: everything said of it is kept with it, and shown with that tool."""
    supplier_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    supplier: Mapped[Organisation] = relationship(foreign_keys=supplier_id)
    canonical_supplier_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"),
        default=lambda context: context.get_current_parameters()["supplier_id"],
    )
    """The organisation that its supplier was judged to be, else its supplier: whom lists name."""
    name: Mapped[str]
    sort_name: Mapped[str]
    """The name without regard to capitals: the list is in this order on every database."""
    summary: Mapped[str] = mapped_column(Text, default="")
    homepage: Mapped[str] = mapped_column(Text, default="")
    use_case: Mapped[str] = mapped_column(default="")
    """First use case by code; its label ends in "?" on screen when only suggested."""
    use_case_accepted: Mapped[bool] = mapped_column(default=False)
    setting: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    autonomy: Mapped[int | None]
    evidence: Mapped[int] = mapped_column(default=0)
    independent: Mapped[bool] = mapped_column(default=False)
    claims: Mapped[int] = mapped_column(default=0)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    changed_at: Mapped[datetime]
    stale: Mapped[bool] = mapped_column(default=True, index=True)
    """Whether search has yet to take it up."""
    seal: Mapped[str] = mapped_column(default="")
    """Hash over the rules that tagged and scoped it, what they read and what came of it."""
    reading: Mapped[str] = mapped_column(default="")
    """SHA-256 of the words that its tags are read from."""
    hinted: Mapped[str] = mapped_column(default="")
    """The reading and the tagger that its term hints are from, as `reading/tagger`."""
    functions: Mapped[list[Function]] = relationship(order_by="Function.use_case")

    @validates("name")
    def _follow(self, _field: str, name: str) -> str:
        self.sort_name = name.casefold()
        return name


class ToolName(Base):
    """A name or an address by which a tool is known: what identity is decided on."""

    __tablename__ = "tool_name"
    __table_args__ = (
        UniqueConstraint("tool_id", "kind", "key"),
        Index("ix_tool_name_kind_key", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"))
    kind: Mapped[str]
    """`name` (also former ones) or `homepage`."""
    key: Mapped[str] = mapped_column(Text)
    """Comparison key of the name, or the address."""
    text: Mapped[str] = mapped_column(Text)
    """As written."""


class Function(Base):
    """What a tool does in one use case: the level on which scope and autonomy are decided."""

    __tablename__ = "function"
    __table_args__ = (UniqueConstraint("tool_id", "use_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"))
    use_case: Mapped[str]
    autonomy: Mapped[str]
    scope: Mapped[str]
    rule: Mapped[str]
    device: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
