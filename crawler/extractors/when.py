"""From when to when something was in use, where the words give dates.

A month without a day is its first day, a year its first of January; a date without a year, or
one that must be worked out ("last spring", "twelve weeks later"), is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\s+(?:of\s+)?)"
_FULL = rf"(?:{_DAY}?{_MONTH},?\s+20\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+20\d\d)"
_PART = rf"(?:{_DAY}?{_MONTH})"
_ABOUT = r"(?:early\s+|late\s+|mid[\s-]|the\s+(?:start|beginning|end|middle)\s+of\s+)?"
_DATE = rf"(?:{_FULL}|20\d\d(?!\d|\s*(?:patients|calls|staff|people|users|hours|letters)\b))"

_RANGE = re.compile(
    rf"\b(?:from\s+|between\s+)?{_ABOUT}(?P<start>{_DATE}|{_PART}(?=\s))"
    rf"\s*(?:to|until|till|and|through|\u2013|-)\s*{_ABOUT}(?P<end>{_FULL})\b"
)
_START = re.compile(
    r"\b(?:since|from|(?:starting|beginning)\s+(?:in|on)|(?:beg[au]n|begins|start(?:s|ed)"
    r"|launch(?:es|ed)|introduc(?:es|ed)|adopt(?:s|ed)|implement(?:s|ed)|deploy(?:s|ed)"
    r"|install(?:s|ed)|roll(?:s|ed)\s+out|(?:went|gone|go(?:es)?|going|is|been)\s+live"
    r"|live|commenced|kicked\s+off"
    r"|switched\s+(?:on|to)|turned\s+on|first\s+used|use[ds]?|trial(?:s|led)|pilot(?:s|ed))"
    rf"\b[^.;:]{{0,80}}?\s(?:in|on|from|since))\s+{_ABOUT}(?P<start>{_DATE})",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:until|till|ran\s+to|(?:end(?:s|ed)|finish(?:es|ed)|clos(?:es|ed)|stopped|ceased"
    r"|switched\s+off|withdr[ae]wn?|retired|decommissioned|discontinued|abandoned|scrapped"
    r"|dropped|terminated|(?:came|comes)\s+to\s+an\s+end)\b[^.;:]{0,60}?\s(?:in|on|at))"
    rf"\s+{_ABOUT}(?P<end>{_DATE})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """First and last day of a use, as the words give them."""

    start: date | None = None
    end: date | None = None

    def __or__(self, other: When) -> When:
        """These dates, and the other's where these are silent; never an end before its start."""
        start, end = self.start or other.start, self.end or other.end
        if start is not None and end is not None and end < start:
            return self
        return When(start, end)


def when(words: str) -> When:
    """The first and last day of what a sentence tells of."""
    ranged = _RANGE.search(words)
    if ranged is not None:
        end = day(ranged["end"])
        start = day(ranged["start"]) or (
            day(f"{ranged['start']} {end.year}") if end is not None else None
        )
        return When(start) | When(end=end)
    started, ended = _START.search(words), _END.search(words)
    return When(day(started["start"]) if started else None) | When(
        end=day(ended["end"]) if ended else None
    )


def day(words: str) -> date | None:
    """A date as people write it: "3rd March 2026", "March 3, 2026", "Mar 2026", "2026"."""
    year = re.search(r"\b20\d\d\b", words)
    if year is None:
        return None
    month = re.search(r"[A-Za-z]{3,}", words.replace("of ", ""))
    if month is None:
        return date(int(year[0]), 1, 1)
    in_month = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
    try:
        number = _MONTHS.index(month[0].casefold()[:3]) + 1
        return date(int(year[0]), number, int(in_month[1]) if in_month else 1)
    except ValueError:  # no month, or none of its days
        return None
