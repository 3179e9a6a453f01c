"""Claims as people label them, made comparable with claims as the product reads them.

People write one figure in many ways: `2.5`, `[2, 3]`, `"2-3"`, `"a third"`, `"£53k"`,
`"48% -> 16%"`, in `"min"` or `"minutes per letter"`. Each becomes ends in one unit, a set of
denominators and a hedge. Minutes and hours of a length are the same length, and "threefold" is an
increase of 200%.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict

from catalogue.drafts import ClaimDraft
from catalogue.errors import HorizonError
from catalogue.figures import figure
from crawler.extractors.numbers import NUMBER, number

Ends = tuple[float | None, float | None]
"""Lower and upper end; None where open. Equal for a flat figure."""

_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "percent": ("%", "per cent", "percentage", "pct"),
    "points": ("percentage points", "percentage point", "point", "pp", "ppt", "ppts", "% points"),
    "seconds": ("second", "secs", "sec", "s"),
    "minutes": ("minute", "mins", "min"),
    "hours": ("hour", "hrs", "hr", "h"),
    "days": ("day", "working days", "calendar days"),
    "weeks": ("week", "wks", "wk"),
    "months": ("month",),
    "years": ("year", "yrs", "yr"),
    "gbp": ("£", "pounds", "pound", "sterling", "£k", "£m", "£ million", "million pounds"),
    "fte": (
        *("ftes", "wte", "wtes", "full-time equivalents", "full time equivalents"),
        *("whole-time equivalents", "whole time equivalents", "full-time equivalent"),
        *("full time equivalent", "whole-time equivalent", "whole time equivalent"),
    ),
    "times": ("x", "\u00d7", "fold", "-fold", "multiple", "times faster", "times as many"),
    "fraction": ("share", "proportion", "ratio"),
}
_UNITS: Final = {alias: unit for unit, names in _ALIASES.items() for alias in (unit, *names)}
_MINUTES: Final = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0}
_SCALE: Final = {"k": 1e3, "m": 1e6, "million": 1e6}
_EXACT, _CUT = 0.001, 0.02
"""By what share of the greater figure two may differ."""

_NO_UNIT: Final = re.compile(r"\b(?:in|on|of|for|per|a(?=\s(?:day|week|month|year)))\b")
_UNIT_WORD: Final = re.compile(
    r"fold|(?<=\d)x(?![a-z])|"
    + "|".join(
        rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name[-1].isalpha() else re.escape(name)
        for name in sorted(_UNITS, key=len, reverse=True)
        if len(name) > 1 or not name.isalpha()
    )
)

_ARROW: Final = re.compile(r"\s*(?:->|=>|\u2192|\u21d2)\s*")
_FROM: Final = re.compile(r"^from\b.*?\bto\b\s*")
_NUMBER: Final = re.compile(rf"(?<![a-z])(?:{NUMBER})", re.IGNORECASE)
_RANGE: Final = re.compile(
    rf"(?<![a-z])(?P<low>{NUMBER})\s?[%a-z]*?\s*(?:-|\u2013|\bto\b|\band\b)"
    rf"\s*£?\s?(?P<high>{NUMBER})",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"(\w+)\s+(?:in(?:\s+every)?|out\s+of)\s+(\w+)")
_PART: Final = re.compile(
    r"(?:(?P<count>a|one|two|three|four|\d)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b"
)
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_MULTIPLES: Final = {"halv": 0.5, "doubl": 2.0, "twice": 2.0, "trebl": 3.0, "tripl": 3.0}

_PER: Final = re.compile(r"\s*(?:/|\bper\b|\beach\b|\bevery\b|\bfor\b|\band\b|\ba\b|\ban\b|,)\s*")
_SPANS: Final = {
    **dict.fromkeys(("daily", "days"), "day"),
    **dict.fromkeys(("weekly", "weeks", "wk"), "week"),
    **dict.fromkeys(("monthly", "months"), "month"),
    **dict.fromkeys(("annum", "annually", "yearly", "pa", "p.a.", "yr"), "year"),
    **dict.fromkeys(("staff", "employee", "member of staff"), "staff member"),
    **dict.fromkeys(("not_stated", "not stated", "none", "n", "null"), ""),
}
_SAID_PER: Final = re.compile(
    r"\b(?:per|each|every)\s+([a-z ]+?)(?=[,.;(]|$)|\ban?\s+(hour|day|week|month|quarter|year)\b"
    r"|\b(daily|weekly|monthly|annually|yearly)\b"
)
_KIND_WORDS: Final = {
    "upper": (
        r"upper|up to|as (?:much|many) as|no more than|at most|under|less than|fewer than"
        r"|below|within|max(?:imum)?"
    ),
    "lower": (
        r"lower|at least|more than|over|above|upwards of|min(?:imum)?|no (?:fewer|less) than"
        r"|in excess of|better than"
    ),
    "approximate": (
        r"approx\w*|nearly|almost|around|about|roughly|circa|close to|some|just (?:under|over)"
        r"|ca?|estimated?|or so"
    ),
    "possible": (
        r"possibl[ey]|could|can|may|might|would|will|should|if|potential\w*|projected|projects?"
        r"|estimate[sd]?|expect\w*|equivalent|anticipate\w*|forecast\w*|predict\w*|aim\w*"
        r"|hop(?:e|es|ed|ing)|plan\w*|target\w*|designed|promis\w*|set to|likely|modelled"
        r"|hypothetical|hedged|extrapolated"
    ),
}
_KIND_MARKS: Final = {"upper": r"[<\u2264]", "lower": r"[>\u2265]|\+$", "approximate": r"[~\u2248]"}
KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(rf"\b(?:{words})\b|{_KIND_MARKS.get(kind, '(?!)')}", re.IGNORECASE)
    for kind, words in _KIND_WORDS.items()
}
"""The kinds of hedge by the words for them; a hedge can be of several kinds."""

_NO_HEDGE: Final = frozenset(
    {"", "none", "no", "false", "flat", "exact", "point", "range", "not stated"}
)


class ClaimLabel(BaseModel):
    """One claim as a person labelled it; a key that is absent is not judged."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    value: float | str | tuple[float | None, float | None] | None = None
    """A number, a pair of ends, or words; None for a claim without a figure."""
    unit: str | None = None
    per: str | tuple[str, ...] | None = None
    hedge: str | bool | None = None
    """The words, a kind of hedge, or whether there is one."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One claim in terms in which two can be compared."""

    ends: Ends
    unit: str
    """Of `_ALIASES`, with lengths of up to hours in minutes; `count` for anything else; empty
    where the label names none."""
    per: frozenset[str] | None
    """Denominators; none stated is empty, None means that the label does not speak of them."""
    hedge: str | None
    """The hedging words; none is empty, None means that the label does not speak of them."""
    said: str = ""
    """As a person sees it."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its hedge."""
        return kinds(self.hedge or "")

    @property
    def in_words(self) -> bool:
        """Whether the hedge is given in words, and not as a kind or as a mere yes."""
        named = {*KINDS, *(f"{kind} bound" for kind in KINDS), "hedged", *_NO_HEDGE}
        return (self.hedge or "").replace("_", " ").casefold() not in named

    def same_words(self, other: Labelled) -> bool:
        """Whether the other hedge holds all words of this one."""
        theirs = (other.hedge or "").casefold()
        return all(part.strip() in theirs for part in (self.hedge or "").casefold().split(","))


def kinds(hedge: str) -> frozenset[str]:
    """The kinds of a hedge, given as its words or as a kind; words of no kind are `possible`."""
    hedge = hedge.replace("_", " ").strip()
    found = frozenset(kind for kind, words in KINDS.items() if words.search(hedge))
    if hedge.casefold() in _NO_HEDGE:
        return frozenset()
    return found or frozenset({"possible"})


def read_draft(draft: ClaimDraft) -> Labelled | None:
    """What the product read; None where it has no figure."""
    if draft.low is None and draft.high is None:
        return None
    said = figure(draft.low, draft.high, draft.unit, draft.per, draft.hedge)
    return _labelled(
        (draft.low, draft.high), draft.unit, _denominators(draft.per), draft.hedge, said
    )


def read_label(label: ClaimLabel | str) -> Labelled | None:
    """What a person labelled, be it in words such as "48% -> 16%". None where it has no figure.

    Raises:
        HorizonError: the value is no figure in any way that is known.
    """
    if isinstance(label, str):
        ends, unit = _read(label)
        said_per = _denominators_in(label)
        return _labelled(ends, unit, said_per or None, _hedge_in(label) or None, label)
    if label.value is None or label.value == "":
        return None
    words, *pers = _unit_and_per(label.unit or "")
    unit = _unit(words)
    if isinstance(label.value, str):
        ends, unit_said = _read(label.value)
        if ends is None:
            raise HorizonError(f"There is no figure in the value '{label.value:.60}'.")
        unit = unit_said if unit in {"", "count"} and unit_said else unit
    else:
        ends = label.value if isinstance(label.value, tuple) else (label.value, label.value)
    if unit == "gbp" and (scale := re.search(r"million|[mk]$", words.casefold())):
        ends = _each(ends, _SCALE[scale[0]])
    stated = "per" in label.model_fields_set or pers
    own = (label.per,) if isinstance(label.per, str) else label.per or ()
    per = _denominators(" per ".join([*pers, *own])) if stated else None
    parts = (label.hedge, label.value, label.unit, label.per)
    said = " ".join(str(part) for part in parts if part)
    return _labelled(ends, unit, per, _hedge(label), said)


def _hedge(label: ClaimLabel) -> str | None:
    if "hedge" not in label.model_fields_set:
        words = label.value if isinstance(label.value, str) else ""
        return _hedge_in(words) or None
    if isinstance(label.hedge, bool):
        return "hedged" if label.hedge else ""
    return label.hedge or ""


def same_value(one: Labelled, other: Labelled) -> bool:
    """Whether the figures are the same. An open end says no more than the end that is given."""
    ends = zip(_closed(one.ends), _closed(other.ends), strict=True)
    return all(_near(*pair) for pair in ends)


def _labelled(
    ends: Ends | None, unit: str, per: frozenset[str] | None, hedge: str | None, said: str
) -> Labelled | None:
    if ends is None or ends == (None, None):
        return None
    if unit in _MINUTES:
        ends, unit = _each(ends, _MINUTES[unit]), "minutes"
    elif unit == "fraction":
        ends, unit = _each(ends, 100), "percent"
    elif unit == "times":
        low, high = (None if end is None else abs(100 * (end - 1)) for end in ends)
        ends, unit = (low, high), "percent"
    if unit and unit not in _ALIASES:
        unit = "count"
    return Labelled(ends, unit, per, hedge, said)


def _each(ends: Ends, factor: float) -> Ends:
    low, high = (None if end is None else end * factor for end in ends)
    return low, high


def _closed(ends: Ends) -> tuple[float, float]:
    low, high = ends
    return (low if low is not None else high or 0.0), (high if high is not None else low or 0.0)


def _near(one: float, other: float) -> bool:
    """Equal, or one the whole number to which a share such as 66.7 is cut or rounded."""
    gap = abs(one - other)
    whole = float(one).is_integer() != float(other).is_integer()
    return gap <= (_CUT if whole else _EXACT) * max(abs(one), abs(other))


def _read(words: str) -> tuple[Ends | None, str]:
    """The ends and the unit in words such as "up to 2 hours"."""
    text = words.casefold().replace("gbp", "\u00a3").split(" = ")[0].strip()
    unit = _unit_in(text)
    text = _FROM.sub("", _ARROW.split(text)[-1])
    unit = _unit_in(text) or unit
    if found := _RANGE.search(text):
        low, high = number(found["low"]), number(found["high"])
        if low is not None and high is not None and low * 1000 <= high:  # "\u00a31.5-2m"
            low *= 1e6 if high >= 1e6 else 1e3  # noqa: PLR2004 - the scale stands once
        return (low, high), unit
    share = _share(text)
    if share is not None:
        return (share, share), "percent"
    if found := re.search("|".join(_MULTIPLES), text):
        value: float | None = _MULTIPLES[found[0]]
        return (value, value), "times"
    found = _NUMBER.search(text)
    value = number(found[0]) if found else None
    if half := re.search(r"\bhalf an? \w+|\band a half\b", text):
        value = 0.5 if half[0].startswith("half") else (value or 1) + 0.5
    return None if value is None else (value, value), unit


def _share(text: str) -> float | None:
    """The per cent of "one in five" and of "two thirds"."""
    if found := _OF.search(text):
        part, whole = number(found[1]), number(found[2])
        if part is not None and whole and part <= whole:
            return 100 * part / whole
    found = _PART.search(text)
    if found is None or text[found.end() :].lstrip(" an").startswith(("hour", "day")):
        return None
    return 100 * (number(found["count"] or "one") or 1) / _PARTS[found["part"].removesuffix("s")]


def _unit_and_per(words: str) -> list[str]:
    """A unit such as "minutes per letter" in its parts."""
    return [words] if words.casefold() in _UNITS else re.split(r"\s*(?:/|\bper\b)\s*", words)


def _unit(words: str) -> str:
    named = words.casefold().strip()
    if not named:
        return ""
    if named.startswith("bed"):
        return "count"
    return _UNITS.get(named) or _unit_in(named) or "count"


def _unit_in(text: str) -> str:
    """The first unit that words hold, behind their figure if there is one; else empty."""
    if "\u00a3" in text:
        return "gbp"
    figure_ = _NUMBER.search(text)
    start = figure_.end() if figure_ else 0
    stop = _NO_UNIT.search(text, start)
    found = _UNIT_WORD.search(text, start, stop.start() if stop else len(text))
    return _UNITS[found[0].strip()] if found else ""


def _denominators(words: str) -> frozenset[str]:
    return frozenset(filter(None, map(_one, _PER.split(words.casefold().strip()))))


def _denominators_in(words: str) -> frozenset[str]:
    said = (next(filter(None, found)) for found in _SAID_PER.findall(words.casefold()))
    return frozenset(filter(None, map(_one, said)))


def _one(words: str) -> str:
    """A denominator in the singular, under its usual name."""
    name = re.sub(r"^(?:the|single|working|new|one)\s+", "", words.strip(" ."))
    if name in _SPANS:
        return _SPANS[name]
    return name.removesuffix("s") if not name.endswith("ss") else name


def _hedge_in(words: str) -> str:
    text = _ARROW.sub(" ", words)
    found = (kind.search(text) for kind in KINDS.values())
    return ", ".join(one[0].casefold() for one in found if one is not None)
