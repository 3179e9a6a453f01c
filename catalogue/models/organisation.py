"""Organisation, and the identifiers by which it is the same one everywhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base


class Organisation(Base):
    """A supplier, buyer, network, publisher, regulator, research body or funder."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    canonical_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation that it was judged to be the same as; empty where it stands for itself."""
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    """Comparison key of the name (`catalogue.text.organisation_key`)."""
    kind: Mapped[str]
    homepage: Mapped[str] = mapped_column(Text, default="")
    first_seen: Mapped[datetime]
    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="organisation", order_by="Identifier.scheme"
    )


class OrganisationName(Base):
    """Another name by which an organisation is known: a former one, or one it trades under."""

    __tablename__ = "organisation_name"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    """`former` or `trading`."""
    key: Mapped[str] = mapped_column(index=True)
    """Comparison key of the name (`catalogue.text.organisation_key`)."""
    text: Mapped[str]
    """As written."""


class Identifier(Base):
    """A number or domain that belongs to one organisation only."""

    __tablename__ = "identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation: Mapped[Organisation] = relationship(back_populates="identifiers")
    scheme: Mapped[str]
    """`GB-COH` (Companies House), `GB-NHS` (ODS), `DOMAIN`, `VAT` ... (org-id.guide codes)."""
    value: Mapped[str]
