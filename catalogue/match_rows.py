"""Frozen rows of a match: what a page of requirements asks for, and which tools' pages say it.

A need that no page says is *not found*: that is what was read, and says nothing of what a tool can
do. What a supplier says stays the supplier's word: each passage has its voice and day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from catalogue.rows import ToolRow

Degree = Literal["covered", "partly"]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One thing that is asked for."""

    number: int
    text: str
    priority: Literal["must", "should", "could", ""]
    heading: str
    """The heading it stands under; "" for none."""
    line: int
    """Line of the text, from 1."""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Words that were taken for no need, and why."""

    text: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A passage, and who says it, where and when."""

    text: str
    said_by: str
    """Publisher of the page; "" where the page is not known any more."""
    voice: str
    """Label of the voice: "Supplier", "Government", "Press" ..."""
    independent: bool
    """Whether that voice is one of those with no interest in the tool. It is not evidence yet."""
    url: str
    document: str
    published_on: date | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class CoverRow:
    """What the pages of one tool say of one need."""

    need: int
    degree: Degree
    chance: float
    """Share of such passages that were judged to cover such a need, 0 to 1."""
    said: SaidRow
    """The best passage."""
    doubt: str
    """What speaks against it: "its words say 'not'"; "" for nothing."""
    also: tuple[SaidRow, ...] = ()
    """Passages of other pages that say it, too."""
    parts: tuple[tuple[str, float], ...] = ()
    """What the chance was made of: ("kind", 1.2), ("meaning", 2.9), ("words", 0.61)."""


@dataclass(frozen=True, slots=True)
class MatchedToolRow:
    """One tool and the needs that its pages say something of, in the order of the needs."""

    row: ToolRow
    homepage: str
    covers: tuple[CoverRow, ...]

    def count(self, degree: Degree) -> int:
        """How many needs are covered so."""
        return sum(one.degree == degree for one in self.covers)


@dataclass(frozen=True, slots=True)
class MatchReport:
    """A page of requirements beside the tools of the catalogue, best first."""

    title: str
    """Name of the page."""
    made_at: datetime
    query: str
    """What narrowed the tools; "" for nothing."""
    compared: int
    """How many tools were looked at."""
    needs: tuple[NeedRow, ...]
    left_out: tuple[LeftOutRow, ...]
    tools: tuple[MatchedToolRow, ...]
    covered: tuple[int, ...]
    """For each need, how many of all tools looked at cover it."""
    partly: tuple[int, ...]
    """The same for those that cover it partly."""
    notice: str = ""
    """Why meaning was not asked; "" where it was."""

    def uncovered(self) -> tuple[NeedRow, ...]:
        """The needs that no tool covers."""
        return tuple(
            need for need, count in zip(self.needs, self.covered, strict=True) if not count
        )
