"""Deduping: one reviewer at work on records that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.candidates import Candidate, candidates
from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.errors import NotFoundError, nearest
from catalogue.judgements import Judgements, Table, Verdict, judgements, subjects
from catalogue.members import members, shown_as
from catalogue.models import (
    Identifier,
    Organisation,
    OrganisationName,
    Statement,
    Tool,
    ToolName,
)
from catalogue.review.holding import holding
from catalogue.review.merging import MODELS
from catalogue.review.rulings import Decision, Rulings
from catalogue.text import name_key, organisation_key

_NUMBER = re.compile(r"[0-9]{1,9}")
"""What may be the number of a record: a column of numbers holds nine digits on every database."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as a person compares it: what it says of itself, by label, in a fixed order."""

    id: int
    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records that may be one."""

    left: int
    right: int
    left_name: str
    right_name: str
    score: float
    parts: tuple[tuple[str, float], ...]
    """Points that make the score, the weightiest first."""
    shared: tuple[tuple[str, str], ...]
    """Identifiers that both have, as scheme and value."""
    unsure: bool
    """Whether a person looked at them and could not say."""


class Dedupe:
    """The tools, or the organisations, of a catalogue as one reviewer judges pairs of them."""

    def __init__(
        self, database: Database, reviewer: str, table: Table, clock: Clock = system_clock
    ) -> None:
        self.table: Table = table
        self._database = database
        self._rulings = Rulings(database, reviewer, clock)

    def queue(self) -> list[PairRow]:
        """Pairs that nobody has judged, those that share an identifier first, then by score."""
        with self._database.read() as session:
            found = candidates(session, self.table)
            wanted = {record for one in found for record in (one.left, one.right)}
            names = _names(session, self.table, wanted)
        return [_pair(one, names) for one in found]

    def judge(self, one: int, verdict: Verdict, other: int, why: str = "") -> None:
        """Say of two records that they are the same, different, or that you are unsure.

        Raises:
            CatalogueError: that contradicts other judgements; the message names them.
            NotFoundError: there is no such record.
        """
        left, right = subjects(self.table, one, other)
        self._rulings.decide("identity", [Decision(left, right, verdict, why)])

    def undo(self) -> str:
        """Take back this reviewer's last judgement; says what was taken back, "" when none is
        left.

        Raises:
            StaleWriteError: somebody judged the same pair since; nothing is undone.
        """
        undone = self._rulings.undo("identity")
        return "; ".join(f"{one.subject} and {one.object}: {one.value}" for one in undone)

    def known(self) -> Judgements:
        """All judgements that hold."""
        with self._database.read() as session:
            return judgements(holding(session, "identity"), self.table)

    def record(self, record: int) -> RecordRow:
        """A record with all that was merged into it; of a merged one, the one it is shown as.

        Raises:
            NotFoundError: there is no such record.
        """
        with self._database.read() as session:
            shown = shown_as(session, record, MODELS[self.table])
            row = session.get(MODELS[self.table], shown)
            if isinstance(row, Tool):
                return RecordRow(row.id, row.name, tuple(_of_tool(session, row)))
            if isinstance(row, Organisation):
                return RecordRow(row.id, row.name, tuple(_of_organisation(session, row)))
            raise NotFoundError(f"There is no {self.table} number {record}.")

    def find(self, text: str) -> int:
        """Number of the record that a person means by its number or one of its names; a merged
        record has its own.

        Raises:
            NotFoundError: none, or several, answer to the text.
        """
        with self._database.read() as session:
            number = int(text) if _NUMBER.fullmatch(text) else None
            if number is not None and session.get(MODELS[self.table], number) is not None:
                return number
            found = _named(session, self.table, text)
            names = _names(session, self.table, found)
            if len(found) == 1:
                return found[0]
            if found:
                choices = "; ".join(f"{record} is {names[record]}" for record in found)
                raise NotFoundError(f"Several are called '{text}'.", f"Give the number: {choices}.")
            model = MODELS[self.table]
            known = session.scalars(select(model.name).order_by(model.name).limit(5000)).all()
            raise NotFoundError(f"There is no {self.table} '{text}'.", nearest(text, known))


def _pair(one: Candidate, names: dict[int, str]) -> PairRow:
    return PairRow(
        left=one.left,
        right=one.right,
        left_name=names[one.left],
        right_name=names[one.right],
        score=one.likeness.score,
        parts=tuple((part.name, part.points) for part in one.likeness.parts),
        shared=one.likeness.shared,
        unsure=one.unsure,
    )


def _names(session: Session, table: Table, records: set[int] | Sequence[int]) -> dict[int, str]:
    """Names of records, a tool's with its supplier's."""
    wanted = sorted(records)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        if table == "tool":
            query = (
                select(Tool.id, Tool.name + " by " + Organisation.name)
                .join(Organisation, Organisation.id == Tool.supplier_id)
                .where(Tool.id.in_(some))
            )
        else:
            query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(some))
        found |= dict(session.execute(query).all())
    return found


def _named(session: Session, table: Table, text: str) -> list[int]:
    if table == "tool":
        query = select(ToolName.tool_id).where(
            ToolName.kind == "name", ToolName.key == name_key(text)
        )
        return sorted(set(session.scalars(query)))
    key = organisation_key(text)
    own = select(Organisation.id).where(Organisation.key == key)
    other = select(OrganisationName.organisation_id).where(OrganisationName.key == key)
    return sorted({*session.scalars(own), *session.scalars(other)})


def _of_tool(session: Session, tool: Tool) -> Iterator[tuple[str, str]]:
    records = members(session, tool.id)
    names = session.scalars(
        select(ToolName.text)
        .where(ToolName.tool_id.in_(records), ToolName.kind == "name", ToolName.text != tool.name)
        .order_by(ToolName.text)
        .distinct()
    )
    yield "also called", ", ".join(names)
    yield "supplier", session.get_one(Organisation, tool.canonical_supplier_id).name
    yield "page", tool.homepage
    yield "summary", tool.summary
    yield "use case", tool.use_case
    yield "claims", str(tool.claims)
    pages = select(func.count(Statement.document_id.distinct())).where(
        Statement.subject_type == "tool", Statement.subject_id.in_(records)
    )
    yield "pages", str(session.scalar(pages) or 0)
    yield "first seen", tool.first_seen.date().isoformat()
    yield "merged", ", ".join(map(str, records[1:]))


def _of_organisation(session: Session, row: Organisation) -> Iterator[tuple[str, str]]:
    records = members(session, row.id, Organisation)
    names = session.scalars(
        select(OrganisationName.text)
        .where(OrganisationName.organisation_id.in_(records))
        .order_by(OrganisationName.text)
        .distinct()
    )
    yield "also called", ", ".join(names)
    yield "kind", row.kind
    yield "page", row.homepage
    numbers = select(Identifier.scheme, Identifier.value).where(
        Identifier.organisation_id.in_(records)
    )
    found = session.execute(numbers.order_by(Identifier.scheme, Identifier.value))
    yield "numbers", ", ".join(f"{scheme} {value}" for scheme, value in found)
    tools = select(Tool.name).where(Tool.supplier_id.in_(records), Tool.canonical_id.is_(None))
    yield "tools", ", ".join(session.scalars(tools.order_by(Tool.sort_name)))
    yield "first seen", row.first_seen.date().isoformat()
    yield "merged", ", ".join(map(str, records[1:]))
