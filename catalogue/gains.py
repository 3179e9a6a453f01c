"""Gains: what a known tool newly does, and what evidence newly speaks against, as signals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.changes import Change, claim_figure
from catalogue.members import members
from catalogue.models import Bearing, Claim, Evidence, Tag
from catalogue.vocabularies import load


class Against(NamedTuple):
    """Evidence that contradicts a claim."""

    claim: str
    """The claim's figure, or its words."""
    evidence: str
    """The title of the evidence."""


@dataclass(frozen=True, slots=True)
class Borne:
    """What was made of a tool at one time."""

    functions: frozenset[str]
    """UC_ codes that a rule or a person accepted."""
    against: frozenset[Against]
    quotes: Mapping[str | Against, str] = field(default_factory=dict, compare=False)
    """The words that tell of each."""


def borne(session: Session, tool_id: int) -> Borne:
    """What the last projection made of a tool."""
    functions = dict(
        session.execute(
            select(Tag.code, Tag.quote).where(
                Tag.tool_id == tool_id, Tag.vocabulary == "use_cases", Tag.state == "accepted"
            )
        ).all()
    )
    rows = session.execute(
        select(Claim, Evidence.title, Evidence.quote)
        .join_from(Bearing, Claim, Claim.id == Bearing.claim_id)
        .join(Evidence, Evidence.id == Bearing.evidence_id)
        .where(
            Claim.tool_id.in_(members(session, tool_id)),
            Claim.head_id.is_(None),
            Bearing.relation == "contradicts",
        )
    )
    against = {Against(claim_figure(claim), title): quote for claim, title, quote in rows}
    quotes: dict[str | Against, str] = dict([*functions.items(), *against.items()])
    return Borne(frozenset(functions), frozenset(against), quotes)


def gained(tool_id: int, before: Borne, after: Borne) -> Iterator[Change]:
    """Functions that a tool gained, and claims that evidence newly contradicts.

    A tool of which no function was known gains none: it is only better known.
    """
    for code in sorted(after.functions - before.functions) if before.functions else ():
        quote = after.quotes.get(code, "")
        yield Change("SIG_NEW_FUNCTION", tool_id, "", load()["use_cases"].get(code).label, quote)
    for one in sorted(after.against - before.against):
        told = f"contradicted by: {one.evidence}"
        yield Change(
            "SIG_EVIDENCE_CONTRADICTS", tool_id, one.claim, told, after.quotes.get(one, "")
        )
