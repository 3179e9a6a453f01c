"""Amounts in running text: "up to 30%", "two to three minutes", "£1.2m", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    name: value
    for value, name in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}
_THOUSAND, _MILLION = 1e3, 1e6
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_MULTIPLES = {"halv": 50.0, "doub": 100.0, "treb": 200.0, "trip": 200.0}
"""By how many per cent a verb that holds its own amount changes something."""

_WORD = "|".join(
    sorted([*_UNITS, *_TENS, "hundred", "thousand", "million", "dozen"], key=len)[::-1]
)
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|bn|million|billion|thousand)\b)?"
_SPELT = (
    rf"(?:(?:{_WORD})(?:(?:\s+and\s+|[\s-])(?:{_WORD}))*|an?\s+(?:hundred|thousand|million|dozen))"
)
NUMBER = rf"(?:{_FIGURE}|{_SPELT})"
"""A number in figures or words, as a regular expression without groups."""

_UNIT_NAMES = (
    (r"%|per\s?cent\b|percent\b", "percent"),
    (r"percentage[\s-]points?\b", "points"),
    (r"min(?:ute)?s?\b", "minutes"),
    (r"h(?:ou)?rs?\b", "hours"),
    (r"(?:working\s+|calendar\s+)?days?\b", "days"),
    (r"weeks?\b", "weeks"),
    (r"months?\b", "months"),
    (r"years?\b", "years"),
    (r"pounds?\b", "gbp"),
    (r"(?:w?tes?|ftes?|full[\s-]time\s+equivalents?)\b", "fte"),
    (
        (
            r"(?:(?:extra|additional|more|fewer|clinical|outpatient|missed|unnecessary|patient|phone"
            r"|new|home|bed|GP)[\s-]+){0,2}"
            r"(?:appointments?|patients?|people|consultations?|referrals?|calls?|letters?|slots?"
            r"|admissions?|visits?|errors?|shifts?|miles|bed[\s-]days|cases|attendances|records)\b"
        ),
        "count",
    ),
)
_UNIT = "|".join(pattern for pattern, _ in _UNIT_NAMES)
_BOUND = (  # the spaces become \s+, because the pattern that holds it is a verbose one
    r"up to(?: an estimated)?|as much as|as many as|no more than|at most|under|less than|fewer than"
    r"|at least|more than|upwards of|a minimum of|over"
    r"|nearly|almost|close to|just under|just over|around|about|approximately|approx\.?"
    r"|roughly|circa"
    r"|some|an estimated"
)
_IN_CLASS = str.maketrans({" ": r"\s", "-": r"\-"})


def _beginnings(*patterns: str) -> str:
    """What an amount begins with, as a pattern of two characters: most places in a sentence are
    passed over by it, where the whole pattern would try each of its words.
    """
    second: dict[str, set[str]] = {}
    for words in patterns:
        for word in words.split("|"):
            second.setdefault(word[0], set()).add(word[1].translate(_IN_CLASS))
    either = [f"{first}[{''.join(sorted(letters))}]" for first, letters in sorted(second.items())]
    return "|".join([r"[£\d]", *either])


_BEGINS = _beginnings(_BOUND, _WORD, "half|halv|doubl|trebl|tripl", "an|a |a-|from|on average")
_BOUND = _BOUND.replace(" ", r"\s+")
_AMOUNT = re.compile(
    rf"""
    (?={_BEGINS})
    (?:(?P<bound>{_BOUND})\s+)?(?:an\s+average\s+of\s+|on\s+average\s+)?
    (?:
      (?P<from>from\s+(?:{_BOUND}\s+)?(?P<before>(?:£\s?)?{NUMBER})\s?(?P<unit_before>{_UNIT})?
         (?:\s+in\s+(?:\w+\s+)?\d{{4}}|\s+(?:per|a)\s+\w+)?\s+(?:down\s+|up\s+)?to\s+(?:(?P<bound_to>{_BOUND})\s+)?)?
      (?P<low>(?:£\s?)?{NUMBER}|(?(bound)an?(?=\s+(?:hour|day|minute|week)\b)|(?!)))
      (?:\s?(?:-|\u2013|\s(?:to|or)\s|\sand\s)\s?(?P<high>(?:£\s?)?{NUMBER}))?
      [\s-]?(?P<unit>{_UNIT})
    | (?P<money>£\s?{_FIGURE})
      (?:\s?(?:-|\u2013)\s?(?P<money_high>£?\s?{_FIGURE})|\s+(?:to|and)\s+(?P<money_to>£\s?{_FIGURE}))?
    | (?P<in>{NUMBER})\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?)\s+(?P<every>{NUMBER})\b
    | (?P<parts>an?|one|two|three|four)[\s-](?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?
      (?=\s+(?:of\b|reduction|decrease|drop|fall|cut|increase|rise|fewer|less|more|faster|quicker
         |said|reported|agreed|felt|answered|responded|preferred))
    | (?:(?<=by\s)|(?<=nearly\s)|(?<=almost\s)|(?<=than\s)|(?<=about\s)|(?<=around\s)|(?<=over\s))
      (?P<by_parts>an?|one|two|three|four)[\s-]
      (?P<by_part>half|third|quarter|fifth|sixth|eighth|tenth)s?
    | (?P<half>half)(?=\s+of\b)
    | (?<=by\s)(?P<by_half>half)\b
    | \b(?P<halved>halv(?:ed|es|ing)|doubl(?:ed|es|ing)|trebl(?:ed|es|ing)|tripl(?:ed|es|ing))\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MORE = re.compile(r"(?:extra|additional|more)\b", re.IGNORECASE)
_LOWER = re.compile(r"^(?:at least|more than|upwards|a minimum|over|just over)")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount, as written. `low` and `high` are equal when it is stated flatly."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    """`percent`, `points`, `minutes`, `hours`, `days`, `weeks`, `months`, `years`, `gbp`, `fte`,
    `count`."""
    bound: str = ""
    """The words that limit or blur it: "up to", "nearly", "at least"."""
    before: float | None = None
    """What it was before: the 48 of "from 48 to 16 per cent"."""
    unit_words: str = ""
    """The words of the unit; empty for shares such as "one in five"."""

    @property
    def is_more(self) -> bool:
        """Whether it counts things there are more of: "2 extra cases"."""
        return self.unit == "count" and _MORE.match(self.unit_words) is not None


def amounts(sentence: str) -> Iterator[Amount]:
    """All amounts of a sentence, in order."""
    for found in _AMOUNT.finditer(sentence):
        if (amount := _amount(found)) is not None:
            yield amount


def number(words: str) -> float | None:
    """The value of a number in figures or words; None when it is none."""
    text = words.strip().lstrip("£").strip().casefold()
    figure = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)", text)
    if figure:
        scale = _SCALES.get(figure[2], 1.0 if not figure[2] else None)
        return None if scale is None else float(figure[1].replace(",", "")) * scale
    total = current = 0.0
    for word in re.split(r"[\s-]+", text):
        if word in {"a", "an"}:
            current = 1
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word != "and":
            return None
    return total + current


def _amount(found: re.Match[str]) -> Amount | None:
    low: float | None
    high: float | None
    before: float | None = None
    unit, unit_words = "percent", ""
    if found["low"]:
        low, high = number(found["low"]), number(found["high"] or found["low"])
        unit_words = found["unit"]
        unit = _unit(unit_words)
        before = number(found["before"]) if found["from"] else None
        if "£" in found["low"] and unit != "gbp":
            return _money(found, low, found["low"])
    elif found["money"]:
        return _money(
            found,
            number(found["money"]),
            found["money_high"] or found["money_to"] or found["money"],
        )
    elif found["in"]:
        share, whole = number(found["in"]), number(found["every"])
        if share is None or not whole or share > whole:
            return None
        low = high = round(100 * share / whole, 1)
    elif found["half"] or found["by_half"]:
        low = high = 50.0
    elif found["halved"]:
        low = high = _MULTIPLES[found["halved"][:4].casefold()]
    else:
        count = number(found["parts"] or found["by_parts"] or "") or 1.0
        part = _PARTS[(found["part"] or found["by_part"]).casefold()]
        low = high = round(100 * count / part, 1)
    if low is None or high is None:
        return None
    bound = " ".join((found["bound_to"] or found["bound"] or "").casefold().split())
    return _bounded(found, low, high, unit, bound, before, unit_words)


def _money(found: re.Match[str], low: float | None, high_words: str) -> Amount | None:
    high = number(high_words)
    if low is None or high is None:
        return None
    if low < high and low * _THOUSAND <= high:  # "£1.5-2m": the scale stands once
        low *= _MILLION if high >= _MILLION else _THOUSAND
    bound = " ".join((found["bound"] or "").casefold().split())
    return _bounded(found, low, high, "gbp", bound, None, "£")


def _bounded(
    found: re.Match[str],
    low: float,
    high: float,
    unit: str,
    bound: str,
    before: float | None,
    unit_words: str,
) -> Amount:
    """The amount within what its bound leaves open: an upper bound has no lower end."""
    lower, upper = sorted((low, high))
    return Amount(
        start=found.start(),
        end=found.end(),
        low=None if bound and not _LOWER.match(bound) else lower,
        high=None if _LOWER.match(bound) else upper,
        unit=unit,
        bound=bound,
        before=before,
        unit_words=unit_words,
    )


def _unit(words: str) -> str:
    for pattern, name in _UNIT_NAMES:
        if re.fullmatch(pattern, words, re.IGNORECASE):
            return name
    return "count"
