"""Notice: one procurement notice, with those it names."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document
from catalogue.models.organisation import Organisation


class Notice(Base):
    """What one document, an OCDS release, says of one procurement.

    A procurement is known by its `ocid` and its buyer: several buyers may stand under one ocid.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_ocid_buyer_id", "ocid", "buyer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    """The document; its address names process, buyer and release, so it is one for each."""
    document: Mapped[Document] = relationship()
    ocid: Mapped[str]
    release_id: Mapped[str]
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    buyer: Mapped[Organisation | None] = relationship()
    notice_type: Mapped[str]
    """NTC_ code."""
    changes: Mapped[bool]
    title: Mapped[str] = mapped_column(Text)
    value_low: Mapped[float | None]
    value_high: Mapped[float | None]
    currency: Mapped[str]
    vat: Mapped[str]
    framework: Mapped[bool]
    """Whether its values are the ceilings of a framework, and no contract's."""
    published_at: Mapped[datetime | None]
    deadline: Mapped[date | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    cpv: Mapped[str] = mapped_column(Text)
    """Codes, a space between them."""
    url: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    place: Mapped[str]
    extractor: Mapped[str]
    suppliers: Mapped[list[NoticeSupplier]] = relationship(
        order_by="NoticeSupplier.ordinal, NoticeSupplier.id", cascade="all, delete-orphan"
    )
    tools: Mapped[list[NoticeTool]] = relationship(
        order_by="NoticeTool.tool_id", cascade="all, delete-orphan"
    )


class NoticeSupplier(Base):
    """A supplier as a notice names it; one row for each of its numbers, or one without any.

    It is no organisation of the catalogue: whether it is a known supplier is found out when it
    is asked, so that it does not matter which was read first.
    """

    __tablename__ = "notice_supplier"
    __table_args__ = (Index("ix_notice_supplier_scheme_value", "scheme", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    ordinal: Mapped[int]
    award: Mapped[str]
    """Id of the award, by which a later notice takes the place of an earlier one."""
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    """Comparison key of the name (`catalogue.text.organisation_key`)."""
    scheme: Mapped[str]
    value: Mapped[str]


class NoticeTool(Base):
    """A tool that a notice names in its title or description."""

    __tablename__ = "notice_tool"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), primary_key=True, index=True)
