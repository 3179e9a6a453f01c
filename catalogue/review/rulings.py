"""What people decided about the catalogue, and what holds of it now.

A ruling is about a subject and, mostly, another party: two tools are the same, a tool has a term,
evidence supports a claim, a lead is no tool. Nothing is ever taken out of the log. A ruling that
undoes another one puts their subject back to what held before that other one; to undo an undo is
to redo. What hangs on a ruling (which tool is shown, which tags) is brought in step with it in
the same transaction, by `catalogue.review.effects`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.errors import StaleWriteError
from catalogue.models import Ruling
from catalogue.review.effects import bring_in_step
from catalogue.review.events import Trail, trail
from catalogue.review.holding import Kind, holding, present, states
from catalogue.text import clean

__all__ = ["Decision", "Kind", "Rulings", "decide", "holding", "present", "states"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides about one subject; an empty `value` takes back what holds."""

    subject: str
    object: str
    value: str
    why: str = ""


class Rulings:
    """The rulings of one reviewer."""

    def __init__(self, database: Database, reviewer: str, clock: Clock = system_clock) -> None:
        self._database = database
        self._reviewer = reviewer
        self._clock = clock

    def decide(self, kind: Kind, decisions: Sequence[Decision]) -> str:
        """Write decisions as one step, and bring in step what hangs on them; the step's id."""
        with self._database.write() as session:
            return decide(session, kind, decisions, actor=self._reviewer, at=self._clock())

    def undo(self, kind: Kind | None = None) -> list[Decision]:
        """Take back this reviewer's last step, or the last of one kind; gives what it had decided,
        none when there is none.

        Raises:
            StaleWriteError: somebody ruled on the same since; nothing is undone.
        """
        return self._take_back(lambda where: where.done, kind)

    def redo(self, kind: Kind | None = None) -> list[Decision]:
        """Do again what was last undone, of any kind or of one; gives its subjects, none when
        there is none.

        Raises:
            StaleWriteError: somebody ruled on the same since; nothing is done.
        """
        return self._take_back(lambda where: where.undone, kind)

    def _take_back(
        self, which: Callable[[Trail], tuple[str, ...]], kind: Kind | None
    ) -> list[Decision]:
        with self._database.write() as session:
            mine = select(Ruling.id, Ruling.step, Ruling.undoes).where(
                Ruling.actor == self._reviewer, *([Ruling.kind == kind] if kind else [])
            )
            steps = which(trail(session.execute(mine.order_by(Ruling.id))))
            if not steps:
                return []
            query = select(Ruling).where(Ruling.step == steps[-1]).order_by(Ruling.id)
            undone = list(session.scalars(query))
            for ruling in undone:
                _refuse_if_overtaken(session, ruling)
            _write(
                session,
                [_back(ruling) for ruling in undone],
                actor=self._reviewer,
                at=self._clock(),
            )
            return [Decision(one.subject, one.object, one.value, one.why) for one in undone]


def decide(
    session: Session, kind: Kind, decisions: Sequence[Decision], *, actor: str, at: datetime
) -> str:
    """Write decisions as one step of a person in the session's transaction; the step's id."""
    rulings = [
        Ruling(
            kind=kind,
            subject=one.subject,
            object=one.object,
            value=one.value,
            why=clean(one.why).strip(),
        )
        for one in decisions
    ]
    return _write(session, rulings, actor=actor, at=at)


def _write(session: Session, rulings: Sequence[Ruling], *, actor: str, at: datetime) -> str:
    step = uuid4().hex
    for ruling in rulings:
        ruling.actor, ruling.at, ruling.step = actor, at, step
    session.add_all(rulings)
    session.flush()
    bring_in_step(session, rulings)
    return step


def _back(ruling: Ruling) -> Ruling:
    """The ruling that undoes another one."""
    return Ruling(
        kind=ruling.kind,
        subject=ruling.subject,
        object=ruling.object,
        value="",
        why="",
        undoes=ruling.id,
    )


def _refuse_if_overtaken(session: Session, ruling: Ruling) -> None:
    """Raise when something else holds of a ruling's subject than what held after the ruling."""
    history = session.scalars(
        select(Ruling)
        .where(
            Ruling.kind == ruling.kind,
            Ruling.subject == ruling.subject,
            Ruling.object == ruling.object,
        )
        .order_by(Ruling.id)
    ).all()
    held = [after for _, after in states(history)]
    if held[-1] is not held[history.index(ruling)]:
        last = history[-1]
        raise StaleWriteError(
            f"{last.actor} has decided this since ({last.at:%d %B %Y, %H:%M} UTC).",
            "Nothing was done.",
        )
