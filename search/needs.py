"""Needs: what a page of requirements asks for, one by one, and what on it asks for nothing.

The words of priority are those of MoSCoW (must, should, could, won't; DSDM Consortium), with what
tenders say in their place: shall and essential, desirable, optional. Nothing is dropped in silence:
what is no need is kept with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from catalogue.text import one_line
from search.analysis import stems
from search.brief import Part, parts

Priority = Literal["must", "should", "could", ""]

MOST = 300
"""Needs that are taken from one text."""

_SHORT: Final = 4
"""Words up to which a need is read together with the heading above it."""

_PRIORITIES: tuple[tuple[Priority, re.Pattern[str]], ...] = (
    (
        "must",
        re.compile(
            r"\b(?:must|shall|essential|mandatory|(?:is|are) required|required to)\b|^M$",
            re.IGNORECASE,
        ),
    ),
    (
        "should",
        re.compile(
            r"\b(?:should|desirable|preferabl[ey]|preferred|highly wanted)\b|^S$", re.IGNORECASE
        ),
    ),
    (
        "could",
        re.compile(r"\b(?:could|optional(?:ly)?|nice to have|would like)\b|^C$", re.IGNORECASE),
    ),
)
_UNWANTED = re.compile(
    r"\b(?:won['\u2019]?t[- ]have|will not (?:be )?(?:need|want|requir)\w*|"
    r"out of scope|not in scope|not required|not needed)\b|^W$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:needs?|needed|wants?|wish(?:es)? to|has to|have to|looking for)\b", re.IGNORECASE
)

_CONTRACT = re.compile(
    r"\b(?:bids?|bidders?|tender(?:s|ers?)?|contract (?:length|term|value|period|award|start|will)|"
    r"call-off|framework agreement|lot \d|payment terms|within 30 days of|liabilit(?:y|ies)|"
    r"indemni\w+|intellectual property|governing law|terminat(?:e|ion) (?:of )?(?:the|this) "
    r"(?:contract|agreement)|TUPE|(?:award|evaluation) criteri(?:on|a)|weighting|"
    r"clarification questions?|service credits?|social value|carbon reduction plan|"
    r"modern slavery|terms and conditions|conflicts? of interest|references from (?:two|three)|"
    r"quot(?:e|ation)s? (?:must|should) be|(?:price|pricing) schedule|excluding VAT)\b",
    re.IGNORECASE,
)
_CONTRACT_HEADING = re.compile(
    r"\b(?:terms|conditions|contract(?:s|ual)?(?! management)|commercial\w*|pric(?:e|ing)|"
    r"budget|cost|procurement|evaluation|award|scoring|timetable|timeline|key dates|"
    r"how to (?:apply|respond|bid)|"
    r"submission|^(?:your )?responses?$|instructions|legal|contacts?|appendi\w+|annex\w*|glossary|"
    r"definitions|document control|version history|distribution|contents)\b",
    re.IGNORECASE,
)
_SETTING_OUT = re.compile(
    r"\b(?:background|introduction|overview|context|about (?:us|the)|purpose|current "
    r"(?:state|situation|position|systems?)|summary|who we are)\b",
    re.IGNORECASE,
)

_SHELL = re.compile(
    r"""
    ^(?:please\s+)?(?:describe|explain|confirm|set\s+out|state|demonstrate)\s+
        (?:how|that|whether|if)\s+
    | ^as\s+an?\s+[^,]{2,60},\s+i\s+(?:want|need|would\s+like)\s+(?:to\s+)?
    | ^we\s+(?:are\s+looking\s+for|want|need|require|would\s+like)\s+
        (?:(?:a|an|the|some)\s+(?:system|solution|tool|product|software|service|platform|
           application|assistant)\s+(?:that|which|to)\s+(?:can|will|could|would)?\s*)?(?:to\s+)?
    | ^(?:the|any|our|your|an?|this|proposed|chosen)?\s*(?:proposed\s+|chosen\s+|new\s+|ai\s+)?
        (?:system|solution|tool|product|software|suppliers?|service|platform|application|vendor|
           it|they|we|users?)\s+
        (?:must|should|shall|could|will|would|may|can|needs?\s+to|has\s+to|have\s+to|
           (?:is|are)\s+(?:required|expected|able)\s+to)
        (?:\s+also)?(?:\s+be\s+(?:able\s+to|capable\s+of))?\s+
    | ^(?:must|should|shall|could|may)(?:\s+(?:have|be\s+able\s+to))?[:\s]\s*
    | ^(?:ability|facility|capability)\s+(?:to|for)\s+
    | ^\[?\(?(?:must|should|could)(?:\s+have)?[\])]\s*:?\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENDING = re.compile(r"\s*[;,](?:\s*(?:and|or))?$")
_GENERAL: Final = frozenset(
    stems(
        "requirement functional technical general other miscellaneous feature system solution "
        "tool product supplier software service need must should could essential desirable "
        "following include provide support able capability section"
    )
)
"""Stems that say nothing of what is needed."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is asked for."""

    number: int
    """From 1, in the order of the text."""
    text: str
    """Its words, on one line."""
    asked: str
    """The same without the shell ("The system must be able to"): what is compared."""
    priority: Priority
    heading: str
    """The heading it stands under; "" for none."""
    line: int
    """Line of the text, from 1."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that ask for nothing a tool could do, and why they were taken so."""

    text: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a text asks for, and what was left out of it; both in the order of the text."""

    needs: tuple[Need, ...]
    left_out: tuple[LeftOut, ...]


def read(text: str) -> Needs:
    """The needs in a text: list items, numbered lines, rows of tables; sentences that say must,
    should, could or need. Where there is none of these, every sentence is one.
    """
    found = list(parts(text))
    asking = any(part.kind != "sentence" or _asks(part) for part in found)
    needs: list[Need] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    for part in found:
        words = one_line(part.text)
        why = _no_need(part, asking=asking)
        if not why and words.casefold() in seen:
            why = "said before"
        if not why and len(needs) == MOST:
            why = f"beyond the first {MOST}"
        if why:
            left_out.append(LeftOut(words, part.line, why))
            continue
        seen.add(words.casefold())
        needs.append(
            Need(len(needs) + 1, words, _asked(part), _priority(part), part.heading, part.line)
        )
    return Needs(tuple(needs), tuple(left_out))


def _no_need(part: Part, *, asking: bool) -> str:
    """Why a part is no need; "" where it is one."""
    idle = part.kind == "sentence" and not _asks(part)
    reasons = (
        (_unwanted(part), "it says that it is not wanted"),
        (_CONTRACT_HEADING.search(part.heading), f"it stands under '{part.heading}'"),
        (_CONTRACT.search(part.text), "a term of the contract or the tender"),
        (idle and _SETTING_OUT.search(part.heading), "background"),
        (idle and asking, "it asks for nothing: no must, should, could or need"),
        (not _telling(_asked(part)), "it says too little"),
    )
    return next((why for holds, why in reasons if holds), "")


def _unwanted(part: Part) -> bool:
    above = "" if _own_priority(part) else f"{part.heading}\n{part.lead}"
    return any(_UNWANTED.search(said) for said in (part.text, part.mark, above))


def _asks(part: Part) -> bool:
    return bool(_own_priority(part) or _WANTED.search(part.text))


def _own_priority(part: Part) -> Priority:
    """What its mark says, else its own words, the strongest first."""
    return _first(part.mark) or _first(part.text)


def _priority(part: Part) -> Priority:
    """Its own, else that of the words that lead the list in, else of the heading."""
    return _own_priority(part) or _first(part.lead) or _first(part.heading)


def _first(text: str) -> Priority:
    found = ((sought.search(text), name) for name, sought in _PRIORITIES)
    standing = [(match.start(), name) for match, name in found if match]
    return min(standing)[1] if standing else ""


def _asked(part: Part) -> str:
    words = bare(part.text)
    if len(words.split()) <= _SHORT and _telling(part.heading) and not _first(part.heading):
        return f"{part.heading}: {words}"
    return words


def bare(text: str) -> str:
    """A need without the shell of words that all needs have."""
    words = one_line(text)
    while True:
        less = _SHELL.sub("", words, count=1).strip()
        less = _ENDING.sub("", less)
        if less == words or not less:
            return words
        words = less


def _telling(text: str) -> list[str]:
    return [stem for stem in stems(text) if stem not in _GENERAL and not stem.isdigit()]
