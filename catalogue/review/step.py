"""Step: the events of one command, written together."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from catalogue.models import Event, Shortlist
from catalogue.review.present import bring_up_to_date


class Step:
    """One command of one person on one shortlist, to be undone as one.

    `events` are those of the step so far, in order.
    """

    def __init__(self, session: Session, shortlist: Shortlist, actor: str, at: datetime) -> None:
        self._session = session
        self._shortlist = shortlist
        self._actor = actor
        self._at = at
        self._id = uuid4().hex
        self.events: list[Event] = []

    def happens(
        self,
        action: str,
        tool_id: int | None = None,
        position: int | None = None,
        *,
        reason: str = "",
        query: str = "",
        undoes: int | None = None,
    ) -> None:
        """Add an event to the step."""
        self.events.append(
            Event(
                at=self._at,
                actor=self._actor,
                step=self._id,
                action=action,
                shortlist_id=self._shortlist.id,
                tool_id=tool_id,
                position=position,
                reason=reason,
                query=query,
                undoes=undoes,
            )
        )

    def end(self) -> int:
        """Append the events and bring the rows up to date; returns how many events there were.

        A step without events leaves no trace.
        """
        if self.events:
            self._session.add_all(self.events)
            self._session.flush()
            self._shortlist.version += 1
            bring_up_to_date(self._session, self._shortlist)
        return len(self.events)
