"""HeldVisit: a visit that waits for its run to be judged."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.models.base import Base
from catalogue.models.visit import Visit


class HeldVisit(Base):
    """What a visit found changed or gone. It is stored when its run is found sound, and dropped
    when the run failed: what is known then stays as it was, and the next run compares with it.
    """

    __tablename__ = "held_visit"

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    visit: Mapped[Visit] = relationship()
    etag: Mapped[str]
    last_modified: Mapped[str]
    reading: Mapped[str] = mapped_column(Text)
    """The `Reading` as JSON; empty where the page is gone."""
