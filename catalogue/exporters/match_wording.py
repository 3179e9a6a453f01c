"""What an exported match says in its own words, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from catalogue.match_rows import CoverRow, MatchedToolRow, MatchReport, NeedRow, SaidRow

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "The match": "Tools whose pages say what was asked for, those first that say most of it. "
        "It is not a recommendation, and Horizonscan has tested none of them.",
        "Covered": "A page says it, in the words quoted beside it. Whoever says it is named: a "
        "supplier's word is a claim and no evidence.",
        "Partly": "A page says some of it or something near it, or its words deny it. Read them.",
        "Not found": "No page that was read says it. It does not mean that no tool does it.",
        "How it was decided": "By a program that weighs meaning and words. Where people had judged "
        "pairs of a need and a tool, about three of four that it called covered were; it missed "
        "one in four where page and need share their words, and most where they share few.",
    }
)
"""How to read a match: topic and sentence."""

DEGREES: Mapping[str, str] = MappingProxyType({"covered": "Covered", "partly": "Partly"})
NOT_FOUND = "Not found"


def voice(said: SaidRow) -> str:
    """Who speaks, and whether that makes it a claim."""
    return f"{said.voice} (a claim)" if said.voice == "Supplier" else said.voice


def who(said: SaidRow) -> str:
    """Publisher and voice: "Rotaflow Systems Ltd (Supplier)"."""
    return f"{said.said_by} ({said.voice})" if said.said_by else said.voice


def when(said: SaidRow) -> str:
    """The days of a passage: published where its page tells, and last seen."""
    published = f"published {said.published_on}, " if said.published_on else ""
    return f"{published}seen {said.last_seen}" if said.last_seen else "page no longer known"


def outcome(need: NeedRow, report: MatchReport) -> str:
    """How many tools cover a need, in words."""
    covered, partly = (counts[need.number - 1] for counts in (report.covered, report.partly))
    if not covered and not partly:
        return NOT_FOUND
    near = f", {partly} partly" if partly else ""
    return f"Covered by {covered}{near}" if covered else f"{NOT_FOUND}; {partly} partly"


def said_of(need: NeedRow, report: MatchReport) -> Iterator[tuple[int, MatchedToolRow, CoverRow]]:
    """What is said of a need: rank, tool and passage, tools as they are ranked."""
    for rank, tool in enumerate(report.tools, 1):
        for cover in tool.covers:
            if cover.need == need.number:
                yield rank, tool, cover
