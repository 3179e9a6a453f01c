"""Frozen rows: what the screens, the commands and the exporters see of the catalogue.

Nothing here holds a session or loads lazily; every row is plain data, safe to hand to another
thread. Text in rows was cleaned when it was ingested, and is cleaned again when it is painted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from catalogue.filters import FACETS, FacetCount, Filters
from catalogue.hits import Hit, Speaker
from catalogue.said_rows import (
    AssuranceRow,
    BearingRow,
    ClaimRow,
    DeploymentRow,
    EvidenceRow,
    Provenance,
    TellingRow,
    ValueRow,
)

__all__ = [
    "FACETS",
    "AssuranceRow",
    "BearingRow",
    "ClaimRow",
    "DeploymentRow",
    "DocumentRow",
    "EvidenceRow",
    "FacetCount",
    "Filters",
    "FunctionRow",
    "Hit",
    "MergedRow",
    "NoticeBasis",
    "NoticeRow",
    "Provenance",
    "ReleaseRow",
    "RunTotals",
    "ShortlistItemRow",
    "ShortlistRow",
    "SignalRow",
    "SourceRow",
    "Speaker",
    "TagRow",
    "TellingRow",
    "ToolDetail",
    "ToolRow",
    "Totals",
    "ValueRow",
]


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One line of the list of tools."""

    id: int
    name: str
    supplier: str
    use_case: str
    """Label of the first use case; ends in "?" when it is only suggested."""
    setting: str
    evidence: int
    """Best strength of evidence, 0 to 5 (EVS_)."""
    independent: bool
    """Whether some evidence was neither funded, measured nor written by the supplier."""
    claims: int
    scope: str
    """Code of the scope class."""
    autonomy: int | None
    """Highest autonomy level of its functions, 0 to 5; None when not stated."""
    last_seen: date
    shortlists: tuple[str, ...] = ()
    """Names of the shortlists that hold it."""


Verdict = Literal["accepted", "rejected", ""]
"""What a person says of a term on a tool; empty: rules and model suggest again."""


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag of a tool and where it stands."""

    vocabulary: str
    code: str
    label: str
    state: Literal["suggested", "accepted", "rejected"]
    by: str
    """`rule` or a person's name."""
    why: str

    @property
    def corrected(self) -> bool:
        """Whether a person decided it."""
        return self.by != "rule"


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One function of a tool: the level on which scope and autonomy are decided."""

    use_case: str
    autonomy: str
    scope: str
    rule: str
    """Number and text of the rule that decided the scope."""
    device: str = "undecided"
    """Whether it is a medical device: `likely`, `unlikely` or `undecided`; never a finding."""
    quote: str = ""
    """The words that decided; empty when the use case alone did."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A name that is likely a tool's, and who gives it."""

    key: str
    name: str
    supplier: str
    """As the words give it; empty where none does."""
    state: str
    """`open`, `known`, `accepted` or `dismissed`."""
    by: str
    """Who has judged it; empty where nobody has."""
    why: str
    told: tuple[Provenance, ...]
    """The sentences that tell of it, one for each document."""


NoticeBasis = Literal["NAME_IN_TEXT", "IDENTIFIER", "NAME"]
"""Why a procurement is shown with a tool. NAME_IN_TEXT: a notice names the tool; IDENTIFIER: a
registered number of its supplier stands among those who got a contract; NAME: the supplier's
name does."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One notice of a procurement."""

    release_id: str
    type: str
    stage: str
    """`planning`, `tender`, `award`, `contract`, `ended`, `other`."""
    changes: bool
    """Whether it changes an earlier one of its kind."""
    title: str
    published_on: date | None
    url: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One procurement of one buyer: its notices, and what holds after the last of them."""

    ocid: str
    title: str
    buyer: str
    stage: str
    type: str
    """What the latest notice is."""
    suppliers: tuple[str, ...]
    value: str
    """Value of the contracts; empty where none is said, and for a framework."""
    ceiling: str
    """Most that may be bought under a framework: no contract's value, and nobody's income."""
    published_on: date | None
    """Day of the latest notice."""
    deadline: date | None
    starts_on: date | None
    ends_on: date | None
    url: str
    basis: NoticeBasis
    releases: tuple[ReleaseRow, ...]
    """The notices, oldest first."""


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One thing that changed in the market."""

    id: int
    type: str
    label: str
    subject: str
    tool_id: int | None
    detected_on: date
    before: str
    after: str
    url: str
    quote: str = ""
    """The words that tell it; empty where none do."""
    horizon: str = ""
    """How far off it is: "Now", "Next", "Later"; empty where nothing tells."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document behind a tool."""

    id: int
    title: str
    url: str
    publisher: str
    voice: str
    kind: str
    published_on: date | None
    last_seen: date
    mention: str = ""
    """The sentence that names the tool, where the document is a story that does; empty where it
    is shown for what else it says."""
    retells: str = ""
    """Address of the page that told the same first; empty where this one did."""
    also: int = 0
    """How many other pages tell the same."""


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A record that a person judged to be the same tool, and that is shown as it."""

    id: int
    name: str
    supplier: str
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class ToolDetail:
    """Everything the detail pane and `horizon show` say of one tool."""

    row: ToolRow
    summary: str
    homepage: str
    values: tuple[ValueRow, ...]
    tags: tuple[TagRow, ...]
    functions: tuple[FunctionRow, ...]
    claims: tuple[ClaimRow, ...]
    evidence: tuple[EvidenceRow, ...]
    deployments: tuple[DeploymentRow, ...]
    signals: tuple[SignalRow, ...]
    documents: tuple[DocumentRow, ...]
    notices: tuple[NoticeRow, ...] = ()
    merged: tuple[MergedRow, ...] = ()
    """The other records of the same tool."""


@dataclass(frozen=True, slots=True)
class ShortlistItemRow:
    """One tool on a shortlist."""

    position: int
    tool_id: int
    name: str
    supplier: str
    reason: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ShortlistRow:
    """One shortlist and its tools in order."""

    id: int
    name: str
    purpose: str
    created_by: str
    created_at: datetime
    version: int
    """Grows by one with every change."""
    query: str = ""
    """The query it was made from, as it would be typed; empty where it was made by hand."""
    items: tuple[ShortlistItemRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source as the catalogue knows it."""

    name: str
    title: str
    archetype: str
    publisher: str
    voice: str
    licence: str
    cadence: str
    enabled: bool
    last_run: datetime | None = None
    last_state: str = ""
    pages: int = 0
    changed: int = 0
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the catalogue holds."""

    documents: int
    tools: int
    suppliers: int
    claims: int
    evidence: int
    deployments: int
    signals: int


@dataclass(frozen=True, slots=True)
class RunTotals:
    """What one crawl did, over its sources."""

    pages: int = 0
    """Requests answered: new, changed, unchanged, not modified."""
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    faults: int = 0
    signals: int = 0
    fault_kinds: dict[str, int] = field(default_factory=dict)
