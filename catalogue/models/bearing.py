"""Bearing: what an item of evidence says of a claim."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Bearing(Base):
    """How one item of evidence bears on one claim: by a written rule, or by a person's word.

    A projection of claims, evidence and rulings, written in the transaction that changed those.
    """

    __tablename__ = "bearing"

    claim_id: Mapped[int] = mapped_column(
        ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True
    )
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    relation: Mapped[str]
    """`supports`, `partly`, `contradicts`, `context` or `unrelated`."""
    by: Mapped[str]
    """`rule` or a person's name."""
    why: Mapped[str] = mapped_column(Text)
