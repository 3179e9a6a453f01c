"""Frozen rows of screening: projects, what reviewers decided in them, the order they saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from catalogue.rows import ToolRow

Outcome = Literal["include", "maybe", "exclude"]
"""What a reviewer says of a tool in a project."""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

RankedBy = Literal["question", "decisions", "chance"]
"""Why it is a tool's turn: it is most like the project's question, or like what the reviewer
included and unlike what was excluded; or it was drawn at random, to check what is left."""

RANKED_BY: tuple[RankedBy, ...] = get_args(RankedBy)

State = Literal["include", "maybe", "exclude", "disagreed", "open"]
"""Where a tool stands in a project: what all who decided say, else "disagreed"; "open" where
nobody has decided."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project: what is asked, of which tools."""

    id: int
    name: str
    question: str
    query: str
    """As it is typed (`catalogue.query`); empty for all tools."""
    created_by: str
    created_at: datetime
    decided: int
    """How many tools somebody has decided on."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What one reviewer says of one tool."""

    number: int
    """In the log: decisions are in the order of their numbers."""
    tool_id: int
    reviewer: str
    outcome: Outcome
    reason: str
    """Code of an exclusion reason; empty without one."""
    label: str
    """The reason in words."""
    note: str
    at: datetime

    @property
    def why(self) -> str:
        """The reason and the reviewer's own words."""
        return ": ".join(filter(None, (self.label, self.note)))


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A tool somebody decided on, and where it stands."""

    tool_id: int
    name: str
    supplier: str
    state: State
    decisions: tuple[DecisionRow, ...]
    """One of each reviewer, by name."""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far a reviewer is."""

    pool: int
    """Tools that the project is about now."""
    included: int
    maybe: int
    excluded: int
    changed: int
    """Excluded once, and changed since: they wait again."""
    left: int
    """Tools that wait for the reviewer, the changed ones among them."""

    @property
    def screened(self) -> int:
        """Tools decided on."""
        return self.included + self.maybe + self.excluded


@dataclass(frozen=True, slots=True)
class WhyRow:
    """Why it is a tool's turn."""

    score: float
    by: RankedBy
    terms: tuple[str, ...]
    """Words of the question that stand in what is known of it."""
    nearest: str
    """Name of the tool, among those the reviewer included, that it is most like; may be empty."""
    changed: DecisionRow | None
    """The exclusion since which it has changed."""


@dataclass(frozen=True, slots=True)
class NextRow:
    """The tool whose turn it is."""

    project: str
    question: str
    position: int
    """Its place in the order that this reviewer saw, from one."""
    tool: ToolRow
    summary: str
    homepage: str
    evidence: int
    """How many items of evidence are known."""
    why: WhyRow
    progress: ProgressRow
    notice: str
    """Why only words are ranked by; empty where meaning is, too."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One place in the order that a reviewer saw, and what had made it."""

    position: int
    tool_id: int
    name: str
    score: float
    by: RankedBy
    decided: int
    """How many of the reviewer's decisions the ranking had learnt from."""
    seen: int
    """Number of the reviewer's newest decision in the project when it was ranked."""
    pool: int
    model: str
    seed: int
    at: datetime
    outcome: Outcome | Literal[""]
    """What the reviewer says of it now; empty where nothing."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """How far a reviewer is, and how many relevant tools are likely left: included or maybe."""

    project: str
    question: str
    reviewer: str
    progress: ProgressRow
    found: int
    """Relevant tools among the screened."""
    likely_left: float
    """A guess: the yield goes on falling as it fell."""
    left_low: int
    """With the confidence, at least so many are left; 0 where none was drawn at random."""
    left_high: int
    """With the confidence, no more are left."""
    recall_low: float
    """With the confidence, the share of the relevant that is found is no less."""
    confidence: float
    method: str
    """`order`, or `order and sample` where tools were drawn at random, too."""
    sampled: int
    """How many of the screened were drawn at random."""
    assumption: str
    """What must be true for the bounds to hold, in a sentence."""
    out_of_turn: int
    """Tools decided on without being shown in turn: the bounds take them for read in turn."""
    reasons: tuple[tuple[str, int], ...]
    """Why tools were excluded, and how many for each reason, the commonest first."""
    disagreements: tuple[StandingRow, ...]
    """Tools of which reviewers say different things."""


@dataclass(frozen=True, slots=True)
class ShortlistedRow:
    """What became of the included tools of a project that were put on a shortlist."""

    shortlist: str
    added: tuple[str, ...]
    """Names of the tools that are new on it."""
    included: int
    """Tools that everybody who decided included."""
    disagreed: tuple[str, ...]
    """Names of tools that are left off since reviewers say different things of them."""
