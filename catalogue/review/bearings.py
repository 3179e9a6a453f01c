"""A person's word on how evidence bears on claims: it leads over the rules of the ledger."""

from __future__ import annotations

from typing import Final, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.books import CLAIM, EVIDENCE
from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, nearest
from catalogue.models import Claim, Evidence, Tool
from catalogue.review.rulings import Decision, Rulings, decide
from catalogue.standing import Relation

RELATIONS: Final[tuple[str, ...]] = get_args(Relation)

SHORTEST: Final = 4
"""Fewest characters of a key that are taken for it."""


class Bearings:
    """What one reviewer says of claims and evidence."""

    def __init__(self, database: Database, reviewer: str, clock: Clock = system_clock) -> None:
        self._database = database
        self._reviewer = reviewer
        self._clock = clock

    def bear(self, claim: str, evidence: str, relation: str, why: str) -> tuple[str, str]:
        """Say how evidence bears on a claim, both by their keys or the beginnings of these; gives
        the words of the claim and the title of the evidence.

        Raises:
            NotFoundError: there is no such claim, evidence or relation.
            CatalogueError: several are meant, or the two are about different tools.
        """
        if relation not in RELATIONS:
            raise NotFoundError(
                f"'{relation}' is no way in which evidence bears on a claim.",
                nearest(relation, RELATIONS),
            )
        with self._database.write() as session:
            ruled = _one(session, Claim, claim, "claim")
            weighed = _one(session, Evidence, evidence, "evidence")
            if not _tools(session, Claim, ruled) & _tools(session, Evidence, weighed):
                raise CatalogueError("The claim and the evidence are about different tools.")
            said = Decision(f"{CLAIM}{ruled}", f"{EVIDENCE}{weighed}", relation, why)
            decide(session, "bearing", [said], actor=self._reviewer, at=self._clock())
            words = session.scalars(select(Claim.quote).where(Claim.key == ruled)).first()
            title = session.scalars(select(Evidence.title).where(Evidence.key == weighed)).first()
            return words or "", title or ""

    def undo(self) -> list[Decision]:
        """Take back this reviewer's last word on claims; gives what it had said, none if none.

        Raises:
            StaleWriteError: somebody else said otherwise since; nothing is undone.
        """
        return Rulings(self._database, self._reviewer, self._clock).undo("bearing")


def _one(session: Session, model: type[Claim | Evidence], key: str, kind: str) -> str:
    """The whole key that begins so, of what a tool has."""
    begun = key.strip().casefold()
    if len(begun) < SHORTEST or not begun.isalnum():
        raise NotFoundError(f"'{key}' is no key: give at least {SHORTEST} of its characters.")
    query = (
        select(model.key)
        .where(model.key.startswith(begun), model.tool_id.is_not(None))
        .distinct()
        .order_by(model.key)
        .limit(2)
    )
    found = session.scalars(query).all()
    if not found:
        raise NotFoundError(f"There is no {kind} {key}.", "'horizon claims list TOOL' shows keys.")
    if len(found) > 1:
        raise CatalogueError(f"Several keys begin with {key}.", "Give more of it.")
    return found[0]


def _tools(session: Session, model: type[Claim | Evidence], key: str) -> set[int]:
    """The tools with which what has this key is shown."""
    shown = select(func.coalesce(Tool.canonical_id, Tool.id)).join(model, model.tool_id == Tool.id)
    return set(session.scalars(shown.where(model.key == key)))
