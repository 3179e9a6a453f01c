"""Books: claims and evidence of a tool, and what the ledger and the lineage make of them.

All of it is a projection of claims, evidence and people's rulings: `wanted` gives it again at any
time, and `write` writes what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from sqlalchemy import Integer, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.comparison import ClaimFacts
from catalogue.ledger import Bearing as Bears
from catalogue.ledger import Word, bearings
from catalogue.lineage import heads
from catalogue.models import Bearing, Claim, Document, Evidence
from catalogue.review.holding import holding, ruled
from catalogue.standing import EvidenceFacts, Relation, standing, strength

CLAIM = "claim/"
EVIDENCE = "evidence/"
"""Before a key, in the subject and object of a ruling."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What the books come to."""

    standings: Mapping[int, str]
    """Where each current claim stands, by id."""
    heads: Mapping[int, int]
    """The claim that each retelling repeats, by ids."""
    bearings: Mapping[tuple[int, int], Bears]
    """How evidence bears on claims, by the ids of both."""


@dataclass(slots=True)
class Books:
    """The claims and the evidence of one tool."""

    claims: list[ClaimFacts] = field(default_factory=list)
    """Its current claims."""
    evidence: list[EvidenceFacts] = field(default_factory=list)
    """Its current evidence."""
    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    """What people said of both, by their keys."""
    standings: dict[int, str] = field(default_factory=dict)
    heads: dict[int, int] = field(default_factory=dict)
    bearings: dict[tuple[int, int], Bears] = field(default_factory=dict)

    @property
    def held(self) -> Entries:
        """What stands in them now."""
        return Entries(self.standings, self.heads, self.bearings)

    @property
    def wanted(self) -> Entries:
        """What is to stand in them."""
        keys = {claim.key for claim in self.claims}
        words = sorted(item for item in self.words.items() if item[0][0] in keys)
        return _entries(tuple(self.claims), tuple(self.evidence), tuple(words))


@lru_cache(maxsize=128)
def _entries(
    claims: tuple[ClaimFacts, ...],
    evidence: tuple[EvidenceFacts, ...],
    words: tuple[tuple[tuple[str, str], Word], ...],
) -> Entries:
    """What claims, evidence and words come to. Most pages that speak of a tool change none of
    these, so it is kept.
    """
    grades: dict[int, int] = {}
    for item in evidence:
        grade = strength(item.strength)
        grades[item.document_id] = max(grade, grades.get(item.document_id, 0))
    told = heads(claims, grades)
    bearing = bearings(claims, evidence, told, dict(words))
    items = {item.id: item for item in evidence}
    weighed: defaultdict[int, list[tuple[Relation, EvidenceFacts]]] = defaultdict(list)
    for (claim_id, evidence_id), one in bearing.items():
        weighed[claim_id].append((one.relation, items[evidence_id]))
    standings = {claim.id: standing(weighed[claim.id]) for claim in claims}
    return Entries(standings, told, bearing)


_ASKED = bindparam("tools", type_=Integer(), expanding=True)
"""The records of tools that are asked for."""

_CLAIMS = (
    select(
        Claim.tool_id,
        Claim.standing,
        Claim.head_id,
        Document.published_on,
        Claim.first_seen,
        Document.url,
        Claim.id,
        Claim.key,
        Claim.document_id,
        Claim.voice,
        Claim.dimension,
        Claim.metric,
        Claim.direction,
        Claim.low,
        Claim.high,
        Claim.unit,
        Claim.per,
        Claim.baseline,
        Claim.hedge,
        Claim.quote,
        Claim.study,
    )
    .join(Document, Document.id == Claim.document_id)
    .where(
        Claim.tool_id.in_(_ASKED),
        Claim.last_seen == Document.last_seen,
        Document.gone_at.is_(None),
    )
)

_EVIDENCE = (
    select(
        Evidence.tool_id,
        Evidence.document_id,
        Evidence.strength,
        Evidence.funder,
        Evidence.measurer,
        Evidence.author,
        Evidence.id,
        Evidence.key,
        Evidence.against,
    )
    .join(Document, Document.id == Evidence.document_id)
    .where(
        Evidence.tool_id.in_(_ASKED),
        Evidence.last_seen == Document.last_seen,
        Document.gone_at.is_(None),
    )
)

_BEARINGS = (
    select(Claim.tool_id, Bearing)
    .join(Claim, Claim.id == Bearing.claim_id)
    .where(Claim.tool_id.in_(_ASKED))
)


def read(session: Session, records: Mapping[int, int]) -> dict[int, Books]:
    """The books of some tools, by their ids; of a tool without claims and evidence, empty ones.

    Args:
        session: Where to read.
        records: All records that are shown as one of the tools, each with its tool.
    """
    shown = {tool_id: Books() for tool_id in sorted(set(records.values()))}
    books = {record: shown[tool_id] for record, tool_id in records.items()}
    _read_claims(session, books)
    _read_evidence(session, books)
    _read_words(session, books)
    return shown


def write(session: Session, held: Entries, wanted: Entries) -> None:
    """Write what differs."""
    for claim_id, stands in wanted.standings.items():
        head = wanted.heads.get(claim_id)
        if (held.standings.get(claim_id), held.heads.get(claim_id)) != (stands, head):
            values = {"standing": stands, "head_id": head}
            session.execute(update(Claim).where(Claim.id == claim_id).values(**values))
    if held.bearings == wanted.bearings:
        return
    changed = {pair for pair, one in held.bearings.items() if wanted.bearings.get(pair) != one}
    for claim_id, evidence_id in changed:
        session.execute(
            delete(Bearing).where(Bearing.claim_id == claim_id, Bearing.evidence_id == evidence_id)
        )
    rows = [
        {"claim_id": claim_id, "evidence_id": evidence_id, **one._asdict()}
        for (claim_id, evidence_id), one in wanted.bearings.items()
        if (claim_id, evidence_id) in changed or (claim_id, evidence_id) not in held.bearings
    ]
    if rows:
        session.execute(insert(Bearing), rows)


def _read_claims(session: Session, books: dict[int, Books]) -> None:
    for row in session.execute(_CLAIMS, {_ASKED.key: list(books)}):
        book = books[cast("int", row.tool_id)]
        book.standings[row.id] = row.standing
        if row.head_id is not None:
            book.heads[row.id] = row.head_id
        book.claims.append(
            ClaimFacts(
                id=row.id,
                key=row.key,
                document_id=row.document_id,
                url=row.url,
                voice=row.voice,
                dated=row.published_on or row.first_seen.date(),
                dimension=row.dimension,
                metric=row.metric,
                direction=row.direction,
                low=row.low,
                high=row.high,
                unit=row.unit,
                per=row.per,
                baseline=row.baseline,
                hedge=row.hedge,
                quote=row.quote,
                study=tuple(row.study),
            )
        )


def _read_evidence(session: Session, books: dict[int, Books]) -> None:
    for row in session.execute(_EVIDENCE, {_ASKED.key: list(books)}):
        books[cast("int", row.tool_id)].evidence.append(
            EvidenceFacts(
                document_id=row.document_id,
                strength=row.strength,
                funder=row.funder,
                measurer=row.measurer,
                author=row.author,
                id=row.id,
                key=row.key,
                against=tuple((code, said) for code, said in row.against),
            )
        )
    for tool_id, one in session.execute(_BEARINGS, {_ASKED.key: list(books)}):
        said = Bears(cast("Relation", one.relation), one.by, one.why)
        books[cast("int", tool_id)].bearings[one.claim_id, one.evidence_id] = said


def _read_words(session: Session, books: dict[int, Books]) -> None:
    """What people said."""
    if not ruled(session, "bearing"):
        return
    subjects = {f"{CLAIM}{claim.key}" for book in books.values() for claim in book.claims}
    words = {
        (ruling.subject.removeprefix(CLAIM), ruling.object.removeprefix(EVIDENCE)): Word(
            cast("Relation", ruling.value), ruling.actor, ruling.why
        )
        for ruling in holding(session, "bearing", subjects)
    }
    for book in books.values():
        book.words = words
