"""What the evidence makes of a claim: a written rule, shown with its result.

S1: a claim is *supported* when some evidence supports it, and *independently* when that evidence
was neither funded, measured nor written by the supplier and all three are known.
S2: it is *contradicted* when some evidence contradicts it and none that supports it weighs more:
independent evidence weighs more than other, then the greater strength does.
S3: all else is *unsupported*: a claim that is only partly borne out does not stand as it is made.
How evidence bears on a claim is for `catalogue.ledger` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Standing = Literal["unsupported", "supported", "independent", "contradicted"]

Relation = Literal["supports", "partly", "contradicts", "context", "unrelated"]

DEPENDENT = frozenset(
    {"REL_SUPPLIER", "REL_SUPPLIER_FUNDED_THIRD", "REL_JOINT", "REL_UNKNOWN", "REL_NOT_STATED"}
)
"""Relations that do not make evidence independent: joint work, and what nobody told."""

SUPPLIER = frozenset({"REL_SUPPLIER", "REL_SUPPLIER_FUNDED_THIRD", "REL_JOINT"})
"""Relations in which the supplier speaks for itself."""

DATA = 2
"""Strength from which evidence has data (Nesta standards of evidence, level 2)."""


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What the rules look at in an evidence item."""

    document_id: int
    strength: str
    funder: str
    measurer: str
    author: str
    id: int = 0
    key: str = ""
    against: tuple[tuple[str, str], ...] = ()
    """Pairs of a BEN_ code and the sentence that finds no such benefit, or the opposite."""


def strength(code: str) -> int:
    """Number of an EVS_ code; 0 for none."""
    digits = code.removeprefix("EVS_")
    return int(digits) if digits.isdigit() else 0


def independent(evidence: EvidenceFacts) -> bool:
    """Whether somebody else than the supplier funded, measured and wrote it."""
    return not DEPENDENT & {evidence.funder, evidence.measurer, evidence.author}


def standing(bearing: Iterable[tuple[Relation, EvidenceFacts]]) -> Standing:
    """Where a claim stands, by how each item of evidence bears on it (S1 to S3)."""
    weights: dict[Relation, list[tuple[bool, int]]] = {"supports": [], "contradicts": []}
    for relation, evidence in bearing:
        if relation in weights:
            weights[relation].append((independent(evidence), strength(evidence.strength)))
    support, against = weights["supports"], weights["contradicts"]
    if against and max(against) >= max(support, default=(False, 0)):
        return "contradicted"
    if not support:
        return "unsupported"
    return "independent" if max(support)[0] else "supported"
