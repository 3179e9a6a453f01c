"""Snapshot: the bytes of a document on one day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.document import Document


class Snapshot(Base):
    """The bytes of a document when its chosen text was new or had changed."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    document: Mapped[Document] = relationship()
    raw_sha: Mapped[str] = mapped_column(index=True)
    """Name of the body in the content-addressed store."""
    text_sha: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    fetched_at: Mapped[datetime]
    url: Mapped[str] = mapped_column(Text, default="")
    """Address that the body came from, after redirects; empty means that of the document."""
    listed: Mapped[bool] = mapped_column(default=False)
    """Whether the body is that of a listing in which the document stands."""
    first_seen: Mapped[datetime]
    """When the document was first seen to say this: where what it says begins."""
    last_seen: Mapped[datetime | None]
    """When it was last seen to say this; empty while it is the newest, which lasts as long as its
    document is seen."""
