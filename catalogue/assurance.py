"""Assurance that ages: what is left, on a day, of what a document says of a certificate.

A statement is kept as it was said; that it has lapsed is found out on the day of looking and is
never written over it. Rules, the first day that they give counting as the last on which it holds:

A1: the last day that the words themselves give;
A2: of a yearly assessment whose year is named, the usual validity after the end of that year;
A3: the usual validity after the day that the words give. A month stands for its last day and a year
    for its last day, so that nothing counts as lapsed before it certainly is;
A4: a version that another replaced holds until the last day on which it counted. What is dated
    before the present version came out is of the version before it;
A5: what was read on a register holds as long as the register shows it, unless A1 gives a day.

Usual validities, years and versions are data of the vocabulary `assurance_artefacts`, with origin.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from catalogue.properties import ASSURANCE
from catalogue.vocabularies import Term, load

if TYPE_CHECKING:
    from catalogue.drafts import Value

REGISTER_VOICES: Final = frozenset({"VOICE_REGULATOR", "VOICE_GOV"})
"""Who keeps registers: nobody else can have checked one for us."""

CLAIMED: Final = "AST_CLAIMED"
SEEN: Final = "AST_EVIDENCE_SEEN"
VERIFIED: Final = "AST_VERIFIED_REGISTER"
LAPSED: Final = "AST_LAPSED"

BY_WORDS: Final = "A1: the words give the day"
"""Why something ends when the words themselves say so."""

AGEING: Final = frozenset({CLAIMED, SEEN, VERIFIED})
"""States in which something is held, until it lapses."""

_VERSION = re.compile(
    r"(?<!\w)v(?:er(?:sion|\.)?|\.)?\s?(\d{1,2}(?:\.\d{1,2}){0,2})(?![\w/])", re.IGNORECASE
)
_EDITION = re.compile(r"(?<=\d):\s?((?:19|20)\d\d)(?!\d)")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?[-/\u2013]\s?(?:20)?(\d\d)(?!\d)")
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document says of one artefact."""

    artefact: str
    """ASR_ code."""
    state: str
    """AST_ code, as it was said."""
    seen_on: date
    """The last day on which the document was seen to say it."""
    words: str = ""
    """The words on this artefact."""
    stated_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What is left of it on a day."""

    state: str
    """AST_ code: as said, or AST_LAPSED."""
    version: str = ""
    """Version, edition or year, as the words give it."""
    grade: str = ""
    """Class, level or result, as the words give it."""
    until: date | None = None
    """The last day on which it holds; None where nothing gives one."""
    why: str = ""
    """Number and reason of the rule that gives `until`."""
    origin: str = ""
    """Whose rule the usual validity, or the change of version, is."""


def held(stated: Stated, day: date) -> Held:
    """What is left, on `day`, of what a document says of an artefact (A1 to A5)."""
    term = load()["assurance_artefacts"].get(stated.artefact)
    version, grade = version_of(term, stated.words), _grade(term, stated.words)
    if stated.state not in AGEING:
        until = stated.valid_until or stated.stated_on if stated.state == LAPSED else None
        return Held(stated.state, version, grade, until, BY_WORDS if until else "")
    ends = list(_ends(term, version, stated))
    until, why = min(ends, default=(None, ""), key=lambda end: end[0])
    over = until is not None and day > until
    origin = "" if why in ("", BY_WORDS) else term.attribute("validity_origin")
    return Held(LAPSED if over else stated.state, version, grade, until, why, origin)


def told(stated: Stated, what: Held) -> str:
    """The same in words: "Supplier says: version 2, March 2026", "Document seen: until 3 May 2027",
    "Checked on the register on 5 November 2026", "Lapsed on 6 April 2026 (supplier says: ...)".
    """
    said = _said(stated, what)
    if what.state != LAPSED or stated.state == LAPSED:
        return said
    rule = "" if what.why == BY_WORDS else f"; {what.why}"
    end = "" if what.until is None else f" on {named(what.until, whole=True)}"
    return f"Lapsed{end} ({said[:1].lower()}{said[1:]}{rule})"


def admitted(value: Value, voice: str) -> Value:
    """A value as a document of this voice can give it: only who keeps a register can let an
    artefact be checked there.
    """
    if not value.property.startswith(ASSURANCE) or value.value != VERIFIED:
        return value
    return value if voice in REGISTER_VOICES else value.model_copy(update={"value": CLAIMED})


def edition(value: Value) -> tuple[str, ...]:
    """The version and the days that a value gives of an artefact: with others, it is another one,
    as when it was renewed. Nothing for any other value.
    """
    if not value.property.startswith(ASSURANCE):
        return ()
    version = version_of(value.property.removeprefix(ASSURANCE), value.original)
    given = (version, value.stated_on, value.valid_until)
    return tuple(map(str, given)) if any(given) else ()


def version_of(artefact: Term | str, words: str) -> str:
    """Version, edition or year that words on an artefact give: "2.0", "2022", "2025-26"."""
    term = load()["assurance_artefacts"].get(artefact) if isinstance(artefact, str) else artefact
    if term.attribute("year_ends") and (years := _YEARS.search(words)):
        first, second = int(years[1]), int(years[2])
        if (first + 1) % 100 == second:
            return f"{first}-{second:02}"
    for pattern in (_VERSION, _numbered(term.label), _EDITION):
        if found := pattern.search(words):
            return found[1]
    return ""


def named(day: date, *, whole: bool = False) -> str:
    """A day in words. The first of a month stands for a month, and the first of a year for a year,
    of which no day was said; `whole` names the day in any case.
    """
    if whole or day.day > 1:
        return f"{day.day} {day:%B %Y}"
    return f"{day:%Y}" if day.month == 1 else f"{day:%B %Y}"


def last_day(day: date) -> date:
    """The last day that may be meant by a day of which only the month or the year was said."""
    if day.day > 1:
        return day
    month = _DECEMBER if day.month == 1 else day.month
    return date(day.year, month, monthrange(day.year, month)[1])


def _ends(term: Term, version: str, stated: Stated) -> Iterator[tuple[date, str]]:
    """The last days that the rules give, each with its rule."""
    if stated.valid_until is not None:
        yield stated.valid_until, BY_WORDS
        return
    if stated.state == VERIFIED:
        return
    months = int(term.attribute("valid_months") or 0)
    usual = f"{term.label} usually holds {months} months"
    ends = term.attribute("year_ends")
    if months and ends and "-" in version:
        month, day = map(int, ends.split("-"))
        yield _after(date(int(version[:4]) + 1, month, day), months), f"A2: {usual}"
    elif months and stated.stated_on is not None:
        yield _after(last_day(stated.stated_on), months), f"A3: {usual}"
    old, _, last = term.attribute("superseded").partition(" until ")
    new, _, since = term.attribute("current").partition(" from ")
    dated = stated.stated_on and last_day(stated.stated_on)
    earlier = (
        not version and dated is not None and bool(since) and dated < date.fromisoformat(since)
    )
    if old and (version.partition(".")[0] == old or earlier):
        yield date.fromisoformat(last), f"A4: version {new} replaced version {old}"


def _said(stated: Stated, what: Held) -> str:
    """What the document says, without what has become of it."""
    term = load()["assurance_artefacts"].get(stated.artefact)
    label = load()["assurance_states"].get(stated.state).label
    if stated.state == VERIFIED:
        label = f"{label} on {named(stated.seen_on, whole=True)}"
    parts = [what.grade]
    if what.version:
        dashed = "-" in what.version
        parts.append(what.version if dashed else f"version {what.version}")
    ageing = stated.state in AGEING
    if stated.stated_on is not None:
        parts.append(named(stated.stated_on))
    elif (
        stated.state in {CLAIMED, SEEN} and _dates(term) and not (stated.valid_until or _year(what))
    ):
        parts.append("undated")
    if ageing and term.attribute("current") and not what.version:
        parts.append("version not stated")
    if what.until is not None and what.state != LAPSED:
        usual = "" if what.why == BY_WORDS else " by the usual validity"
        parts.append(f"holds until {named(what.until, whole=True)}{usual}")
    if stated.state == LAPSED and what.until is not None:
        label = f"{label} on {named(what.until, whole=True)}, its page says"
        parts = [what.grade]
    details = ", ".join(filter(None, parts))
    return f"{label}: {details}" if details else label


def _dates(term: Term) -> bool:
    """Whether it matters when it was given."""
    return bool(term.attribute("valid_months") or term.attribute("current"))


def _year(what: Held) -> bool:
    return "-" in what.version


def _grade(term: Term, words: str) -> str:
    for grade in filter(None, map(str.strip, term.attribute("grades").split(","))):
        flags = re.NOFLAG if grade.isupper() else re.IGNORECASE
        if re.search(rf"(?<!\w){re.escape(grade)}(?!\w)", words, flags):
            return grade
    return ""


@cache
def _numbered(label: str) -> re.Pattern[str]:
    """A version that stands right behind the name: "DTAC 2.0", "WCAG 2.2"."""
    return re.compile(rf"(?<!\w){re.escape(label)}\s(\d(?:\.\d)?)(?![\w/.]\w|\w)", re.IGNORECASE)


def _after(day: date, months: int) -> date:
    """The same day some months later; the last of a month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
