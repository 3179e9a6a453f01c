"""What the evidence makes of a claim: a written rule, shown with its result.

S1: a claim is *supported* when the document that makes it, or another document on the tool with
the same figure for the same benefit, reports evidence with data (strength 2 or more).
S2: it is *independently supported* when that evidence was neither funded, measured nor written
by the supplier, and the relations are known. Everything else is *unsupported*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Standing = Literal["unsupported", "supported", "independent", "contradicted"]

DEPENDENT = frozenset(
    {"REL_SUPPLIER", "REL_SUPPLIER_FUNDED_THIRD", "REL_JOINT", "REL_UNKNOWN", "REL_NOT_STATED"}
)
"""Relations that do not make evidence independent: joint work, and what nobody told."""

DATA = 2
"""Strength from which evidence has data (Nesta standards of evidence, level 2)."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What the rule looks at in a claim."""

    document_id: int
    dimension: str
    unit: str
    high: float | None


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What the rule looks at in an evidence item."""

    document_id: int
    strength: str
    funder: str
    measurer: str
    author: str


def strength(code: str) -> int:
    """Number of an EVS_ code; 0 for none."""
    digits = code.removeprefix("EVS_")
    return int(digits) if digits.isdigit() else 0


def independent(evidence: EvidenceFacts) -> bool:
    """Whether somebody else than the supplier funded, measured and wrote it."""
    return not DEPENDENT & {evidence.funder, evidence.measurer, evidence.author}


def standing(
    claim: ClaimFacts, claims: Iterable[ClaimFacts], evidence: Iterable[EvidenceFacts]
) -> Standing:
    """Where a claim stands among all current claims and evidence of its tool (S1, S2)."""
    documents = {claim.document_id}
    if claim.high is not None:
        documents |= {
            other.document_id
            for other in claims
            if (other.dimension, other.unit, other.high)
            == (claim.dimension, claim.unit, claim.high)
        }
    joined = [
        item
        for item in evidence
        if item.document_id in documents and strength(item.strength) >= DATA
    ]
    if any(independent(item) for item in joined):
        return "independent"
    return "supported" if joined else "unsupported"
