"""Since when, and until when, a certificate or assessment holds: as the words give it.

Each date counts by what stands before it: "expires", "valid until" and their like make it the last
day, "since" and "first" tell of no day that counts, "due" and "by" of a wish; any other is the day
of the certificate. Of a last day, a month stands for its last day and a year for its last; of the
other, for its first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.extractors.when import day

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?<![\w./:-])(?:"
    r"(?P<iso>20\d\d-\d\d-\d\d)"
    r"|(?P<numbers>\d{1,2}[/.]\d{1,2}[/.]20\d\d)"
    rf"|(?P<words>(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\.?,?\s+20\d\d"
    rf"|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+20\d\d)"
    r"|(?P<year>20\d\d)"
    r")(?![\w/]|-\d|\u2013\d|\.\d)"
)
_LAST = re.compile(
    r"\b(?:until|till|expir\w*|lapse[sd]?|ran\s+out|run(?:s|ning)?\s+out|ended|ends|end\s+date"
    r"|(?:valid|certified|certificate|certification|registered|covered)\s+(?:to|through)|renewals?|renew\s+(?:by|in)"
    r"|(?:next|re-?)\s?(?:audit|assessment|certification)\s+due"
    r"|up\s+to|through)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s(?:to|until|[-\u2013])\s(?:the\s+end\s+of\s+)?$")
_OTHER = re.compile(
    r"\b(?:since|first|originally|initially|founded|established|by|due|expected|planned|aim\w*"
    r"|will|before|after|copyright|\u00a9)\b[^.;,()]{0,40}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:valid|current|in\s+force|certified)\s+from\s*$", re.IGNORECASE)
_IN_A_YEAR = re.compile(
    r"(?:\b(?:in|during|of|dated|for)|(?:certified|assessed|tested|renewed|completed|passed|met"
    r"|issued|audited|awarded|certificate|report)|[(:,])\s*$",
    re.IGNORECASE,
)
"""What stands before a number that is a year and not part of a standard's name."""
_NEAR = 60
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Validity:
    """When it was given, and the last day on which it holds."""

    stated_on: date | None = None
    valid_until: date | None = None

    def __or__(self, other: Validity) -> Validity:
        """These days; the other's where these words give none at all."""
        return self if self.stated_on or self.valid_until else other


def validity(words: str) -> Validity:
    """The days that words on one certificate give: the latest of several, as of a renewal."""
    stated: list[date] = []
    until: list[date] = []
    for before, found in _dates(words):
        last = _LAST.search(before) is not None or (bool(stated) and bool(_RANGE.search(before)))
        told = _told(found, last=last)
        if told is None:
            continue
        if last:
            until.append(told)
        elif _FROM.search(before) or not _OTHER.search(before):
            stated.append(told)
    ends = max(until, default=None)
    begins = max(stated, default=None)
    if begins is not None and ends is not None and begins > ends:
        begins = None
    return Validity(begins, ends)


def _dates(words: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every date, with what stands before it back to the one before."""
    last = 0
    for found in _DATE.finditer(words):
        before = words[max(last, found.start() - _NEAR) : found.start()]
        if found["year"] is None or _LAST.search(before) or _IN_A_YEAR.search(before):
            yield before, found
        last = found.end()


def _told(found: re.Match[str], *, last: bool) -> date | None:
    """The day that a date names; None where there is no such day."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["numbers"]:
            in_month, month, year = map(int, re.split(r"[/.]", found["numbers"]))
            return date(year, month, in_month)
    except ValueError:
        return None
    if found["year"]:
        year = int(found["year"])
        return date(year, _DECEMBER, 31) if last else date(year, 1, 1)
    told = day(found["words"])
    exact = re.search(r"(?<!\d)\d{1,2}(?!\d)", found["words"]) is not None
    exact = exact or re.search(r"\d(?:st|nd|rd|th)", found["words"]) is not None
    if told is not None and last and not exact:
        return told.replace(day=monthrange(told.year, told.month)[1])
    return told
