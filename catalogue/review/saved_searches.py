"""Saved searches: questions that are asked again, and what each reviewer has seen of the answers.

A search is shared by the team; what was seen is each reviewer's own. Every act is a row of a log
that nothing leaves, and undo is another row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError, nearest
from catalogue.members import all_shown_as
from catalogue.models import Saving, Tool
from catalogue.query import Query
from catalogue.review.chain import replay
from catalogue.review.events import trail
from catalogue.saved_rows import News, SavedSearchRow
from catalogue.text import one_line

SAVE: Final = "save"
REMOVE: Final = "remove"
LOOK: Final = "look"


class SavedSearches:
    """The saved searches of a catalogue, as one reviewer uses them. Threads may share it."""

    def __init__(self, database: Database, reviewer: str, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self._reviewer = one_line(reviewer)

    def all(self) -> list[SavedSearchRow]:
        """The searches that are there, by name."""
        with self._database.read() as session:
            return self._rows(session)

    def get(self, name: str) -> SavedSearchRow:
        """The search of that name; capitals do not count.

        Raises:
            NotFoundError: there is none; the message gives the nearest name.
        """
        with self._database.read() as session:
            return self._named(session, name)

    def save(self, name: str, query: Query, found: Sequence[int]) -> SavedSearchRow:
        """Keep a query under a name; what it finds now counts as seen by this reviewer.

        Raises:
            CatalogueError: the name is empty or taken, or nothing is asked.
        """
        name, said = one_line(name), str(query)
        if not name:
            raise CatalogueError("A saved search needs a name.")
        if not said:
            raise CatalogueError(
                "A saved search needs something to search for.",
                "Give words, or fields such as setting:primary.",
            )
        with self._database.write() as session:
            if any(_key(row.name) == _key(name) for row in self._rows(session)):
                raise CatalogueError(
                    f"There is a saved search '{name}' already.", "Remove it first."
                )
            self._write(session, [_act(SAVE, name, said), _act(LOOK, name, said, found)])
            return self._named(session, name)

    def remove(self, name: str) -> None:
        """Take a search away, for all.

        Raises:
            NotFoundError: there is none of that name.
        """
        with self._database.write() as session:
            row = self._named(session, name)
            self._write(session, [_act(REMOVE, row.name, row.query)])

    def look(self, name: str, found: Sequence[int]) -> None:
        """Keep that this reviewer has seen what a search finds.

        Raises:
            NotFoundError: there is none of that name.
        """
        with self._database.write() as session:
            row = self._named(session, name)
            self._write(session, [_act(LOOK, row.name, row.query, found)])

    def news(self, row: SavedSearchRow, found: Sequence[int], *, whole: bool) -> News:
        """Hold what a search finds now against what its reader saw.

        Args:
            row: The search.
            found: Tools that it finds, in order.
            whole: Whether that is all that passes, so that what is not in it is gone; and not
                the best few of a ranking, from which tools are only pushed out by better ones.
        """
        with self._database.read() as session:
            shown = all_shown_as(session, {*row.seen, *row.last})
            seen = {shown.get(one, one) for one in row.seen}
            known = [one for one in found if one in seen]
            changed: set[int] = set()
            if row.seen_at is not None and known:
                since = select(Tool.id).where(Tool.changed_at > row.seen_at)
                changed = set(known) & set(session.scalars(since))
        last = dict.fromkeys(shown.get(one, one) for one in row.last)
        return News(
            search=row,
            found=tuple(found),
            new=tuple(one for one in found if one not in seen),
            changed=tuple(one for one in known if one in changed),
            gone=tuple(one for one in last if one not in set(found)) if whole else (),
        )

    def undo(self) -> str:
        """Take back this reviewer's last step; says what was undone, "" when there is nothing.

        Raises:
            StaleWriteError: somebody else saved or removed that search since; nothing is undone.
        """
        with self._database.write() as session:
            mine = select(Saving.id, Saving.step, Saving.undoes)
            mine = mine.where(Saving.actor == self._reviewer).order_by(Saving.id)
            done = trail(session.execute(mine)).done
            if not done:
                return ""
            query = select(Saving).where(Saving.step == done[-1]).order_by(Saving.id)
            step = session.scalars(query).all()
            self._refuse_if_overtaken(session, step)
            self._write(session, [_back(one) for one in step])
            return f"Undone: {_told(step[0])}."

    def _rows(self, session: Session) -> list[SavedSearchRow]:
        log = session.scalars(select(Saving).order_by(Saving.id)).all()
        looks: dict[str, list[Saving]] = {}
        for look in _standing_looks(log, self._reviewer):
            looks.setdefault(look.key, []).append(look)
        rows = [
            _row(one, [look for look in looks.get(one.key, ()) if look.id > one.id])
            for one in _present(log).values()
        ]
        return sorted(rows, key=lambda row: (row.name.casefold(), row.name))

    def _named(self, session: Session, name: str) -> SavedSearchRow:
        rows = self._rows(session)
        for row in rows:
            if _key(row.name) == _key(name):
                return row
        raise NotFoundError(
            f"There is no saved search '{one_line(name)}'.",
            nearest(one_line(name), [row.name for row in rows]),
        )

    def _refuse_if_overtaken(self, session: Session, step: Sequence[Saving]) -> None:
        about = select(Saving).where(Saving.key == step[0].key, Saving.id > step[-1].id)
        others = [one for one in session.scalars(about) if one.actor != self._reviewer]
        overtaken = [one for one in others if one.action != LOOK]
        if overtaken and step[0].action != LOOK:
            last = overtaken[-1]
            raise StaleWriteError(
                f"{last.actor} has changed this since ({last.at:%d %B %Y, %H:%M} UTC).",
                "Nothing was done.",
            )

    def _write(self, session: Session, acts: Sequence[Saving]) -> None:
        step, at = uuid4().hex, self._clock()
        for act in acts:
            act.actor, act.at, act.step = self._reviewer, at, step
        session.add_all(acts)
        session.flush()


def _act(action: str, name: str, query: str, found: Sequence[int] = ()) -> Saving:
    return Saving(action=action, key=_key(name), name=name, query=query, found=list(found))


def _back(act: Saving) -> Saving:
    """The act that undoes another one."""
    undoing = _act(act.action, act.name, act.query)
    undoing.undoes = act.id
    return undoing


def _key(name: str) -> str:
    return one_line(name).casefold()


def _present(log: Iterable[Saving]) -> Mapping[str, Saving]:
    """The searches that are there, each by the act that saved it."""
    acts = (act for act in log if act.action != LOOK)
    held = replay(acts, lambda act: act.key, lambda act: act.action == SAVE)
    last = {act.key: saved for act, saved in held}
    return {key: saved for key, saved in last.items() if saved is not None}


def _standing_looks(log: Sequence[Saving], reviewer: str) -> list[Saving]:
    """The looks of a reviewer that were not taken back, oldest first."""
    undone = {act.undoes for act in log}
    return [
        act
        for act in log
        if act.action == LOOK
        and act.actor == reviewer
        and act.undoes is None
        and act.id not in undone
    ]


def _row(saved: Saving, looks: Sequence[Saving]) -> SavedSearchRow:
    return SavedSearchRow(
        name=saved.name,
        query=saved.query,
        saved_by=saved.actor,
        saved_at=saved.at,
        seen_at=looks[-1].at if looks else None,
        seen=frozenset(one for look in looks for one in look.found),
        last=tuple(looks[-1].found) if looks else (),
    )


def _told(act: Saving) -> str:
    what = {SAVE: "saved", REMOVE: "removed", LOOK: "looked at"}[act.action]
    return f"'{act.name}' {what}"
