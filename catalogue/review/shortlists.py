"""Shortlists: tools with reasons, changed by events, with undo and redo for each reviewer.

Every command is one transaction that appends its events, all under one step, and brings the rows
of the shortlist to what the events make of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.clock import Clock, system_clock
from catalogue.database import Database, insert_new
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError
from catalogue.members import all_shown_as
from catalogue.models import Event, Shortlist
from catalogue.query import NOTHING, Query
from catalogue.review.events import ADD, CREATE, REMOVE, Trail, effects, sentence, since, trail
from catalogue.review.present import (
    events_of,
    items_of,
    names_of,
    row_of,
    shortlist_named,
    shortlists_present,
)
from catalogue.review.step import Step
from catalogue.rows import ShortlistRow
from catalogue.text import clean, one_line


class Shortlists:
    """The shortlists of a catalogue, as one reviewer changes them. Threads may share it."""

    def __init__(self, database: Database, reviewer: str, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self._reviewer = one_line(reviewer)
        if not self._reviewer:
            raise CatalogueError(
                "Shortlists are kept under a reviewer's name, and there is none.",
                "Set review.reviewer.",
            )

    def all(self) -> list[ShortlistRow]:
        """All shortlists by name, with their tools in order."""
        with self._database.read() as session:
            rows = [row_of(session, found) for found in shortlists_present(session)]
        return sorted(rows, key=lambda row: (row.name.casefold(), row.name))

    def get(self, name: str) -> ShortlistRow:
        """The shortlist of that name; capitals do not count.

        Raises:
            NotFoundError: there is none; the message gives the nearest name.
        """
        with self._database.read() as session:
            return row_of(session, shortlist_named(session, name))

    def create(self, name: str, purpose: str, query: Query = NOTHING) -> ShortlistRow:
        """Make an empty shortlist, which remembers the query it is made from.

        Raises:
            CatalogueError: the name is empty or taken.
        """
        name = one_line(name)
        if not name:
            raise CatalogueError("A shortlist needs a name.")
        with self._database.write() as session:
            taken = {found.name.casefold() for found in shortlists_present(session)}
            if name.casefold() in taken:
                raise CatalogueError(f"There is a shortlist '{name}' already.")
            shortlist = self._row_for(session, name)
            step = self._step(session, shortlist)
            step.happens(CREATE, reason=clean(purpose).strip(), query=str(query))
            step.end()
            return row_of(session, shortlist)

    def add(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Put tools at the end of a shortlist as one step; returns how many were new on it.

        Raises:
            NotFoundError: there is no such shortlist, or one of the tools does not exist.
        """
        with self._database.write() as session:
            found = shortlist_named(session, shortlist, lock=True)
            unknown = set(tool_ids) - names_of(session, tool_ids).keys()
            if unknown:
                numbers = ", ".join(map(str, sorted(unknown)))
                raise NotFoundError(f"There is no tool number {numbers}.", "Nothing was added.")
            on_it = [item.tool_id for item in items_of(session, found)]
            held = set(all_shown_as(session, on_it).values())
            asked = dict.fromkeys(all_shown_as(session, tool_ids).values())
            new = [tool_id for tool_id in asked if tool_id not in held]
            last = max(event.position or 0 for event in events_of(session, found))
            step, why = self._step(session, found), clean(reason).strip()
            for position, tool_id in enumerate(new, start=last + 1):
                step.happens(ADD, tool_id, position, reason=why)
            return step.end()

    def remove(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Take tools off a shortlist as one step; returns how many were on it.

        Raises:
            NotFoundError: there is no such shortlist.
        """
        with self._database.write() as session:
            found = shortlist_named(session, shortlist, lock=True)
            unwanted = set(all_shown_as(session, tool_ids).values())
            items = items_of(session, found)
            shown = all_shown_as(session, [item.tool_id for item in items])
            step, why = self._step(session, found), clean(reason).strip()
            for item in items:
                if shown[item.tool_id] in unwanted:
                    step.happens(REMOVE, item.tool_id, item.position, reason=why)
            step.end()
            return len(unwanted & set(shown.values()))

    def undo(self) -> str:
        """Take back this reviewer's last step; says what was undone, "" when there is nothing.

        Raises:
            StaleWriteError: somebody else changed the same thing since; nothing is undone.
        """
        with self._database.write() as session:
            done = self._trail(session).done
            if not done:
                return ""
            taken_back, _ = self._take_back(session, done[-1])
            return f"Undone: {_told(session, taken_back)}."

    def redo(self) -> str:
        """Do again what was last undone; says what was done, "" when there is nothing.

        Raises:
            StaleWriteError: somebody else changed the same thing since; nothing is done.
        """
        with self._database.write() as session:
            undone = self._trail(session).undone
            if not undone:
                return ""
            _, happened = self._take_back(session, undone[-1])
            return f"Done again: {_told(session, happened)}."

    def _trail(self, session: Session) -> Trail:
        mine = select(Event.id, Event.step, Event.undoes).where(Event.actor == self._reviewer)
        return trail(session.execute(mine.order_by(Event.id)))

    def _take_back(self, session: Session, step_id: str) -> tuple[Sequence[Event], Sequence[Event]]:
        """Write the step that undoes another one; returns the events of both."""
        query = select(Event).where(Event.step == step_id).order_by(Event.id)
        undone = session.scalars(query).all()
        shortlist = session.get_one(Shortlist, undone[0].shortlist_id, with_for_update=True)
        history = events_of(session, shortlist)
        changes = since(undone, history)
        if changes:
            raise _stale(session, changes[-1])
        before = {event.id: item for event, item, _ in effects(history)}
        step = self._step(session, shortlist)
        for event in undone:
            item = before[event.id]
            back = CREATE if event.tool_id is None else ADD
            step.happens(
                REMOVE if item is None else back,
                event.tool_id,
                event.position,
                reason="" if item is None else item.reason,
                query="" if item is None else item.query,
                undoes=event.id,
            )
        step.end()
        return undone, step.events

    def _step(self, session: Session, shortlist: Shortlist) -> Step:
        return Step(session, shortlist, self._reviewer, self._clock())

    def _row_for(self, session: Session, name: str) -> Shortlist:
        """The row of a new shortlist; one whose creation was undone has left its row behind."""
        new = {"name": name, "purpose": "", "query": "", "created_by": self._reviewer, "version": 0}
        insert_new(session, Shortlist, [{**new, "created_at": self._clock()}])
        return session.scalars(select(Shortlist).where(Shortlist.name == name)).one()


def _told(session: Session, events: Sequence[Event]) -> str:
    shortlist = session.get_one(Shortlist, events[0].shortlist_id)
    tool_ids = [event.tool_id for event in events if event.tool_id is not None]
    return sentence(events, shortlist.name, list(names_of(session, tool_ids).values()))


def _stale(session: Session, event: Event) -> StaleWriteError:
    return StaleWriteError(
        f"{event.actor} has changed this since ({_told(session, [event])}, "
        f"{event.at:%d %B %Y, %H:%M} UTC).",
        "Nothing was done.",
    )
