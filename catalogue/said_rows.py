"""Frozen rows of what was said: values, claims, evidence and places of use.

They are part of `catalogue.rows`, which gives them to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who said it, when, and in which words."""

    said_by: str
    """Publisher of the document."""
    voice: str
    """Label of the voice: "Supplier", "Government", "Press" ..."""
    quote: str
    place: str
    url: str
    document: str
    """Title of the document."""
    first_seen: date
    last_seen: date
    extractor: str


@dataclass(frozen=True, slots=True)
class AssuranceRow:
    """What is left, on the day of looking, of what is said of a certificate or assessment."""

    state: str
    """AST_ code: as said, or AST_LAPSED where it has lapsed since."""
    version: str
    """Version, edition or year, as the words give it; empty where they give none."""
    grade: str
    """Class, level or result, as the words give it."""
    stated_on: date | None
    """The day that the words give; the first of a month or year of which no day is said."""
    until: date | None
    """The last day on which it holds; None where nothing gives one."""
    why: str
    """Number and reason of the rule that gives `until`."""
    origin: str
    """Whose rule that is; empty where the words themselves give the day."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One displayed value of a tool, with its provenance; or the kind of its absence."""

    property: str
    label: str
    value: str
    original: str
    absence: str
    """`yes`, `no`, `not_stated`, `looked_not_found`."""
    provenance: Provenance | None
    others: tuple[tuple[str, Provenance], ...] = ()
    """Other current statements of the same property that differ from the one shown."""
    assurance: AssuranceRow | None = None
    """What is left of a certificate or assessment on the day of looking; None for anything else."""


@dataclass(frozen=True, slots=True)
class BearingRow:
    """How one item of evidence bears on one claim."""

    evidence: int
    """Id of the item of evidence."""
    key: str
    """What people's rulings know it by."""
    title: str
    relation: Literal["supports", "partly", "contradicts", "context", "unrelated"]
    by: str
    """`rule` or a person's name."""
    why: str
    """Number and text of the rule, and the words it went by; or the person's reason."""


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One telling of a result that was told several times."""

    claim: int
    """Id of the claim."""
    figure: str
    said_by: str
    voice: str
    on: date
    """The day that its page gives, else the first on which it was seen."""
    dated: bool
    """Whether its page gives a day."""
    url: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of benefit, as said."""

    id: int
    dimension: str
    figure: str
    """Figure as words: "up to 2 hours per week"; empty when none is given."""
    hedge: str
    rung: str
    standing: Literal["unsupported", "supported", "independent", "contradicted"]
    """What the joined evidence makes of it; "independent" is supported by independent evidence."""
    provenance: Provenance
    key: str = ""
    """What people's rulings know it by."""
    stops: str = ""
    """Where it stops on the ladder from minutes to value."""
    bearings: tuple[BearingRow, ...] = ()
    """How evidence bears on it, weightiest first. Evidence that is not named is context only."""
    repeats: TellingRow | None = None
    """Where it was said first; None where it repeats nothing."""
    path: tuple[TellingRow, ...] = ()
    """All tellings of its result, the first one first; empty where it was told once."""
    flags: tuple[tuple[str, str], ...] = ()
    """Narrow assumptions that it makes, each with the words that make it."""
    counter_effects: tuple[str, ...] = ()
    """What the words say it costs elsewhere."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One study, evaluation or account."""

    id: int
    title: str
    kind: str
    strength: int
    funder: str
    measurer: str
    author: str
    independent: bool
    provenance: Provenance
    key: str = ""
    """What people's rulings know it by."""
    measurement: str = ""
    """How it was measured; empty where nobody says."""
    peer_reviewed: bool | None = None
    """Whether peers reviewed it; None where nobody says."""
    published_on: date | None = None
    against: tuple[tuple[str, str], ...] = ()
    """Benefits that it says it did not find, each with its words."""


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """One place where a tool is used or tried."""

    id: int
    buyer: str
    setting: str
    phase: str
    funding: str
    provenance: Provenance
    started_on: date | None = None
    ended_on: date | None = None
    """As the words give them: a month without a day is its first day."""
    when: str = ""
    """The same in words: "from March 2026 to June 2026"; empty where no date is given."""
    supplier_paid: str = ""
    """What the supplier bore, as a warning: "free trial, paid by the supplier"; empty where the
    words tell of no such thing."""
