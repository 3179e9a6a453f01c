"""Embedding: the vector of a text by a model. A text is embedded once, ever."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base


class Embedding(Base):
    """Little-endian float32 vector of unit length, keyed by the text's hash and the model."""

    __tablename__ = "embedding"

    text_sha: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
