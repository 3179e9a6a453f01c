"""Answers of a search, each with why it is one.

They are part of `catalogue.rows`, which gives them to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a passage is, and when they were last seen: what tells a supplier's claim from
    evidence.
    """

    document: str
    """Title of the document it stands in."""
    publisher: str
    voice: str
    """Label of the voice: "Supplier", "Government", "Press" ..."""
    last_seen: date


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search engine."""

    kind: Literal["tool", "document"]
    id: int
    title: str
    url: str
    score: float
    passage: str
    """The passage that made it match."""
    passage_url: str
    """Address of the document the passage stands in."""
    parts: tuple[tuple[str, float], ...] = ()
    """Parts of the score: ("words", 0.067), ("meaning", 0.334)."""
    cosine: float | None = None
    """How near its nearest passage is in meaning, -1 to 1, which need not be the one shown; None
    where it was found by words alone."""
    matched: tuple[str, ...] = ()
    """Words of the passage that were asked for, as they stand there, in other forms, too."""
    speaker: Speaker | None = None
    """Who says the passage; None where its document is not kept."""
    retells: str = ""
    """Of a page: address of the one that told the same first; empty where this one did."""
    also: int = 0
    """Of a page: how many others tell the same."""
