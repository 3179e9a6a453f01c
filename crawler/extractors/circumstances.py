"""What belongs to a figure: per what, against what, of how many, where, for how long, and how."""

from __future__ import annotations

import re

from catalogue.text import one_line
from crawler.extractors import claim_words as words
from crawler.extractors.amounts import Amount
from crawler.extractors.changes import CLAUSE_END, REACH
from crawler.extractors.numbers import NUMBER, number

_PER_END = re.compile(
    r"[,.;:(]|\b(?:and|with|in|within|over|during|across|at|from|to|that|which|while|but|when)\b"
)
_LABEL = re.compile(r"^.{3,60}?\w(?::| \u2013)\s$")
"""A label before its figure: "Time saved per letter: "."""

_BASELINE = re.compile(
    r"\b(?:compared (?:with|to)|instead of|rather than|down from|against|versus|vs\.?"
    r"|relative to|than (?=the |those |in |last "
    r"|with ))\s*([^.,;()]{3,80})",
    re.IGNORECASE,
)
_POPULATION = re.compile(
    rf"\b(?:with|of|among|across|by|from|involving|n\s?=)\s+(?:the\s+|our\s+|all\s+|some\s+)?"
    rf"(?P<count>{NUMBER})\s+(?:\w+\s+){{0,2}}?(?P<who>{words.PEOPLE})\b"
    rf"|\bn\s?=\s?(?P<n>\d[\d,]*)",
    re.IGNORECASE,
)
_SITES = re.compile(
    rf"\b(?:across|at|in|from|over)\s+(?:all\s+|its\s+"
    rf"|the\s+)?(?P<count>{NUMBER})\s+(?:\w+\s+){{0,2}}?"
    r"(?:sites|trusts|practices|hospitals|surgeries|care homes|wards|clinics|ICBs|boards"
    r"|councils)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:(?:over|during|for|in|after|within)\s+(?:the\s+|its\s+|a\s+)?(?:first\s+|last\s+)?"
    rf"(?P<count>{NUMBER})[\s-](?P<unit>day|week|month|year)s?"
    rf"|(?P<count2>{NUMBER})[\s-](?P<unit2>day|week|month|year)s?[\s-]+(?:pilot|trial|study"
    rf"|evaluation"
    r"|period|test|project))\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def per(sentence: str, amount: Amount) -> str:
    """All denominators said right behind the amount: "week per clinician"."""
    after = _PER_END.split(sentence[amount.end : amount.end + REACH])[0]
    found = [
        words.ADVERBS.get(
            (match["adverb"] or "").casefold(), match["one"] or match["span"] or match["any"] or ""
        )
        for match in words.PER.finditer(after)
    ]
    before = sentence[: amount.start]
    if not found and (label := _LABEL.search(before)):
        found = [match["one"] or match["any"] or "" for match in words.PER.finditer(label[0])]
    subjects = words.SUBJECT.finditer(CLAUSE_END.split(before)[-1])
    found += [subject["one"] for subject in subjects]
    named = filter(None, found)
    names = [words.SYNONYMS.get(name.casefold(), name.casefold()) for name in named][:2]
    return " per ".join(dict.fromkeys(names)) or "NOT_STATED"


def baseline(sentence: str, amount: Amount) -> str:
    """What it is compared with: what it was before, or the words that say."""
    if amount.before is not None:
        return f"{amount.before:g} {amount.before_unit}"
    found = _BASELINE.search(sentence, amount.end)
    return one_line(found[1], 80) if found else ""


def population(sentence: str) -> str:
    """Of how many it was measured: "30 clinicians", "n=212"; empty where nobody says."""
    found = _POPULATION.search(sentence)
    if found is None:
        return ""
    return f"n={found['n']}" if found["n"] else one_line(f"{found['count']} {found['who']}", 60)


def sites(sentence: str) -> int | None:
    """At how many places it was measured."""
    found = _SITES.search(sentence)
    value = number(found["count"]) if found else None
    return int(value) if value is not None else None


def duration(sentence: str) -> int | None:
    """Over how many days it was measured; a month is 30."""
    found = _DURATION.search(sentence)
    if found is None:
        return None
    value = number(found["count"] or found["count2"])
    unit = (found["unit"] or found["unit2"]).casefold()
    return int(value * _DAYS[unit]) if value is not None else None


def method(sentence: str, hedge: str) -> str:
    """How it was measured; `EXTRAPOLATED` where the hedge says that it was not."""
    for code, pattern in words.METHODS:
        if pattern.search(sentence):
            return code
    extrapolated = any(words.EXTRAPOLATED.match(part) for part in hedge.split(", "))
    return "EXTRAPOLATED" if extrapolated else "NOT_STATED"
