"""Comparison: what figures a claim amounts to, and how two claims of one tool compare.

Nothing is annualised: hours a week and minutes a day are not compared. Only what the words give is
worked out: "from 92 to 77 minutes" is also 15 minutes and 16.3 % less, and an hour is 60 minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

_LEVEL = re.compile(r"(\d+(?:\.\d+)?) (percent|points|minutes|hours|days|gbp|count|fte)")
"""A baseline that is a figure: the claim then gives a level and not a change."""

_MINUTES: Final = {"minutes": 1, "hours": 60}
_APPROXIMATE = re.compile(
    r"\b(?:about|around|approximately|approx|nearly|almost|close to|some|roughly|circa"
    r"|just (?:under|over)|estimated|average)\b"
)
_UP_TO = re.compile(r"\b(?:up to|as much as|as many as|at most|maximum|no more than|until)\b")
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|potential(?:ly)?|expect(?:s|ed)?|project(?:s|ed)?|anticipated?"
    r"|forecast|aims?|hopes?|plans?|target|designed to|will|would|should|if|set to|likely)\b"
)
_MAKER = r"(?:maker|supplier|company|vendor|developer|manufacturer|firm|provider)"
_HEARSAY = re.compile(
    rf"\b(?:its|the) {_MAKER}\b[^.;]{{0,40}}?"
    r"\b(?:says?|said|claims?|claimed|told|promises?|promised)"
    rf"|\baccording to (?:its|the) {_MAKER}\b|\b(?:has|have) claimed\b|\bclaims that\b"
    rf"|\b(?:says?|said|claims?) (?:its|the) {_MAKER}\b",
    re.IGNORECASE,
)

HEDGED: Final = 0.12
"""How far a hedged or rounded figure may lie from what it was rounded from, as a share of it."""

SLACK: Final = 0.05
"""How much less than a flat figure still bears it out, as a share of it."""

_WORD = re.compile(r"[a-z]{4,}")
_STEM: Final = 5
"""Letters by which two words are taken for the same: cancelled, cancellations."""

_GENERIC_LIST = """
time times saves saved saving savings less more than that with without from their them this which
hour hours minute minutes days week weeks month months year years each every fewer faster quicker
reduction reduced reduces reduce increase increased increases percent percentage points quarter
third half nearly about around almost found study finds evaluation pilot trial staff people users
patients clinicians clinician team teams using used were when after before compared could would
have been said says average overall up down over under spent spend fell rose drop dropped lower
higher shorter improved improvement independent independently results result
"""
_GENERIC = frozenset(word[:_STEM] for word in _GENERIC_LIST.split())


class Measure(NamedTuple):
    """One figure in the unit in which it is compared."""

    unit: str
    per: str
    low: float | None
    high: float | None

    @property
    def value(self) -> float:
        """The figure that stands for it: what it reaches, or what it begins at."""
        end = self.high if self.high is not None else self.low
        return 0.0 if end is None else end


@dataclass(frozen=True)
class ClaimFacts:
    """What the rules look at in a claim: of a tool, all of them current."""

    id: int
    key: str
    document_id: int
    url: str
    voice: str
    dated: date
    """The day its page gives, else the first on which it was seen."""
    dimension: str
    metric: str
    direction: str
    low: float | None
    high: float | None
    unit: str
    per: str
    baseline: str
    hedge: str
    quote: str
    study: tuple[str, ...] = field(default=())
    """What tells its study from others (`catalogue.cues`)."""

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Every figure that it amounts to; none where it gives no figure."""
        return tuple(_measures(self))

    @cached_property
    def about(self) -> frozenset[str]:
        """Beginnings of the words that say what it is about."""
        return _stems(f"{self.metric} {self.quote}")

    @cached_property
    def hearsay(self) -> bool:
        """Whether it only tells what the supplier says."""
        return _HEARSAY.search(self.quote) is not None

    @cached_property
    def found(self) -> bool:
        """Whether it says what was found: not what could be, nor what the supplier says."""
        return _POSSIBLE.search(self.hedge) is None and not self.hearsay

    @property
    def up_to(self) -> bool:
        """Whether its figure is the most that is reached."""
        return self.low is None and _UP_TO.search(self.hedge) is not None

    @property
    def approximate(self) -> bool:
        """Whether its figure is blurred: "nearly a quarter"."""
        return not self.up_to and self.hedge != "" and _APPROXIMATE.search(self.hedge) is not None


def pairs(one: ClaimFacts, other: ClaimFacts) -> Iterator[tuple[Measure, Measure]]:
    """The figures of two claims that can be held against each other."""
    if one.dimension != other.dimension or {one.direction, other.direction} == {"up", "down"}:
        return
    for mine in one.measures:
        for theirs in other.measures:
            if mine.unit == theirs.unit and _same_per(mine, theirs):
                yield mine, theirs


def same_matter(one: ClaimFacts, other: ClaimFacts) -> bool:
    """Whether the words of two claims say that they are about the same thing."""
    return not one.about.isdisjoint(other.about)


def near(one: ClaimFacts, other: ClaimFacts) -> bool:
    """Whether two figures are the same but for rounding and hedging: 23.5 %, nearly a quarter."""
    return any(_near(mine, theirs, one, other) for mine, theirs in pairs(one, other))


def apart(one: ClaimFacts, other: ClaimFacts) -> float | None:
    """How far two figures are apart, as a share of the greater; None if they cannot be compared."""
    return min((_apart(*pair) for pair in pairs(one, other)), default=None)


def _near(mine: Measure, theirs: Measure, one: ClaimFacts, other: ClaimFacts) -> bool:
    distance = _apart(mine, theirs)
    if distance == 0:
        return True
    if distance > HEDGED:
        return False
    blurred = one.hedge != "" or other.hedge != ""
    gap = abs(mine.value - theirs.value)
    return blurred or gap <= max(_step(mine.value), _step(theirs.value)) / 2


def _apart(mine: Measure, theirs: Measure) -> float:
    greatest = max(abs(mine.value), abs(theirs.value))
    return abs(mine.value - theirs.value) / greatest if greatest else 0.0


def _step(value: float) -> float:
    """How coarsely a figure is given: 25 may be rounded to five, 24 to one, 23.5 to a half."""
    for step in (10.0, 5.0, 1.0):
        if value >= 2 * step and value % step == 0:
            return step
    return 1.0 if value == int(value) else 0.1


def _same_per(mine: Measure, theirs: Measure) -> bool:
    if mine.per == theirs.per:
        return True
    # A share is a share of whatever; minutes a day are no minutes a letter.
    return mine.unit in {"percent", "points"} and "" in {mine.per, theirs.per}


def _measures(claim: ClaimFacts) -> Iterator[Measure]:
    if claim.low is None and claim.high is None:
        return
    per = "" if claim.per == "NOT_STATED" else claim.per
    level = _LEVEL.fullmatch(claim.baseline)
    if level is not None and level[2] == claim.unit and claim.high is not None:
        yield from _changes(claim.unit, float(level[1]), claim.high)
        return
    scale = _MINUTES.get(claim.unit, 1)
    unit = "minutes" if claim.unit in _MINUTES else claim.unit
    low = None if claim.low is None else claim.low * scale
    high = None if claim.high is None else claim.high * scale
    yield Measure(unit, per, low, high)


def _changes(unit: str, before: float, after: float) -> Iterator[Measure]:
    """What a fall or rise from one level to another amounts to."""
    gap = round(abs(before - after), 4)
    scale = _MINUTES.get(unit, 1)
    named = {"percent": "points", "hours": "minutes"}.get(unit, unit)
    yield Measure(named, "", gap * scale, gap * scale)
    if before:
        share = round(100 * gap / before, 1)
        yield Measure("percent", "", share, share)


@lru_cache(maxsize=4096)
def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.casefold())) - _GENERIC
