"""Amounts in running text: "up to 30%", "two to three minutes", "£1.2m", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.extractors.numbers import FIGURE, NUMBER, WORD, number

_THOUSAND, _MILLION = 1e3, 1e6
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_MULTIPLES = {"doub": 2.0, "twic": 2.0, "treb": 3.0, "trip": 3.0, "quad": 4.0}
"""How many times as much a word that holds its own amount makes it."""

_WHOSE = r"(?:working|calendar|whole|full|clinical|clinicians?|nursing|staff|admin\w*|automated|GP)"
_JOINS = r"(?:of|the|per|in|and|to|for|an?|from|with|or|by|at|on|were|was|are|is|that|who|has|had)"
_UNIT_NAMES = (
    (r"(?:(?:percentage|%)[\s-])?points?\b", "points"),
    (r"%|per\s?cent\b|percent\b", "percent"),
    (r"secs?\b|seconds?\b", "seconds"),
    (r"min(?:ute)?s?\b", "minutes"),
    (rf"(?:{_WHOSE}\s+)?h(?:ou)?rs?\b", "hours"),
    (rf"(?:{_WHOSE}\s+)?days?\b", "days"),
    (r"weeks?\b", "weeks"),
    (r"months?\b", "months"),
    (r"years?\b", "years"),
    (r"pounds?\b", "gbp"),
    (r"(?:w?tes?|ftes?|(?:full|whole)[\s-]time\s+equivalents?)\b", "fte"),
    (r"(?:times|x)\b(?=\s+(?:as|more|fewer|less|the|faster|quicker|higher|lower))|fold\b", "times"),
    (r"(?:tonnes?|kg)\b(?:\s+of\s+(?:CO2e?|CO\u2082e?|carbon)\b)?", "tonnes"),
    (
        (
            rf"(?<=[\s-])(?:(?!{_JOINS}\b)[a-z&]+[\s-]){{0,2}}"
            r"(?:appointments?|patients?|people|consultations?|referrals?|calls?|letters?|slots?"
            r"|admissions?|visits?|errors?|shifts?|miles|bed[\s-]days|cases|attendances|records"
            r"|clicks|forms|documents|queries|enquiries|e?-?mails|messages|episodes|operations"
            r"|procedures|complaints|journeys|pages|clinics|sessions|assessments|discharges|transactions|invoices|applications|requests"
            r"|bookings|tasks|prescriptions|samples)\b"
        ),
        "count",
    ),
)
_UNIT = "|".join(pattern for pattern, _ in _UNIT_NAMES)
_BOUND = (  # the spaces become \s+, because the pattern that holds it is a verbose one
    r"up to(?: an estimated)?|as much as|as many as|no more than|at most|under|less than|fewer than"
    r"|at least|more than|upwards of|a minimum of|over|no fewer than|no less than|in excess of"
    r"|nearly|almost|close to|just under|just over|around|about|approximately|approx\.?"
    r"|roughly|circa"
    r"|some|an estimated"
)
_SIGNS = "~\u2248<>\u2264\u2265"
_LETTERS = 4
"""Letters of a word by which it is known whether an amount may begin with it."""


def _beginnings(*patterns: str) -> str:
    """What an amount begins with, as a pattern of a few letters: most places in a sentence are
    passed over by it, where the whole pattern would try each of its words.
    """
    rest: dict[str, set[str]] = {}
    for words in patterns:
        for word in words.split("|"):
            rest.setdefault(word[0], set()).add(word[1:_LETTERS].replace(" ", r"\s+"))
    either = [f"{first}(?:{'|'.join(sorted(ends))})" for first, ends in sorted(rest.items())]
    return "|".join([rf"[£\d{_SIGNS}]", *either])


_OWN = "halv|doubl|trebl|tripl|quadrupl|twice"
_AFTER_A = (
    r"aver|mean|medi|mini|and|quar|half|thir|fift|sixt|eigh|tent|hour|day|week|minu|whol|full|hund"
    r"|thou|mill|doze"
)
"""How the word begins that stands behind "a" or "an" at the beginning of an amount."""
_FIGURE = _beginnings(WORD, f"half|{_OWN}", "from") + rf"|an?[\s-]+(?:{_AFTER_A})"
"""How what stands behind a bound begins."""
_BEGINS = f"{_FIGURE}|{_beginnings(_BOUND, 'on average')}"
_BOUND = _BOUND.replace(" ", r"\s+")
_ARROW = r"(?:->|=>|\u2192|\u21d2)"
_ARROW_AHEAD = r"[^>\u2192\u21d2]*+[>\u2192\u21d2]"
"""An arrow, or a part of one, somewhere behind: few sentences have one."""
_MEAN = r"(?:an?\s+(?:average|mean|median)\s+of\s+|on\s+average,?\s+)?"


def _was(name: str) -> str:
    """What stands before the figure in "from 48 to" and "48 ->", with groups named by it."""
    return (
        rf"(?=from\s|{_ARROW_AHEAD})(?P<{name}_from>from\s+(?:{_BOUND}\s+)?{_MEAN})?(?P<{name}>(?:£\s?)?{NUMBER})[\s-]?"
        rf"(?P<{name}_unit>{_UNIT})?(?:\s+in\s+(?:\w+\s+)?\d{{4}}|\s+(?:per|an?)\s+\w+)?"
        rf"(?:\s*{_ARROW}\s*|(?({name}_from)\s+(?:down\s+|up\s+)?to\s+|(?!)))"
        rf"(?:(?P<{name}_bound>{_BOUND})\s+)?{_MEAN}"
    )


_AMOUNT = re.compile(
    rf"""
    (?<![\w.])(?={_BEGINS})
    (?:(?P<bound>{_BOUND})\s+|(?P<sign>[{_SIGNS}])\s?)?{_MEAN}(?={_FIGURE})
    (?:
      (?P<span_part>half|a\s+quarter|three[\s-]quarters)\s+(?:of\s+)?an?\s+(?P<part_span>hour|day|week)\b
    | (?P<and_half>an?|{NUMBER})\s+(?:(?P<half_span>hour|day|week)\s+)?and\s+a\s+half
      (?:\s+(?P<half_unit>hours|days|weeks|minutes|months))?\b
    | (?:{_was("before")})?
      (?P<low>(?:£\s?)?{NUMBER}|(?(bound)an?(?=\s+(?:hour|day|minute|week)\b)|(?!))
        |an?(?=\s+(?:whole\s+|full\s+)?(?:hour|day|week)
            \s+(?:an?|per|each|every|saved|earlier|sooner|faster|less|quicker|back)\b))
      (?:(?:\s?(?:-|\u2013|\s(?:to|or)\s|\sand\s)\s?
          |\s?(?:%|per\s?cent|minutes|hours|days)\s?(?:-|\u2013|\sto\s)\s?)
        (?P<high>(?:£\s?)?{NUMBER}))?(?P<plus>\+)?
      [\s-]?(?P<unit>{_UNIT})
    | {_was("was")}(?P<then>(?:£\s?)?{NUMBER})\b(?!:|[.,]\d|\s?(?:am|pm)\b)
    | (?P<money>£\s?{FIGURE})
      (?:\s?(?:-|\u2013)\s?(?P<money_high>£?\s?{FIGURE})|\s+(?:to|and)\s+(?P<money_to>£\s?{FIGURE}))?
    | (?<=by\s)(?P<bare>(?!\d\s+in\s+\d)\d[\d,]*)\b(?!:|[.,%/-]\d|\s?(?:am|pm)\b)
      (?=\s*(?:[.;,)]|$|\s(?:in|over|within|since|after|compared|per|an?|each|every|during)\b))
    | (?P<in>{NUMBER})\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?)\s+(?P<every>{NUMBER})\b
      (?!\s+(?:day|week|month|year)s?\b)
    | (?P<parts>an?|one|two|three|four)[\s-](?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?
      (?=\s+(?:of\b|reduction|decrease|drop|fall|cut|increase|rise|fewer|less|more|faster|quicker
         |said|reported|agreed|felt|answered|responded|preferred))
    | (?(bound)|(?<=by\s))(?P<by_parts>an?|one|two|three|four)[\s-]
      (?P<by_part>half|third|quarter|fifth|sixth|eighth|tenth)s?\b
      (?!\s+(?:party|parties|sector|person|time|year|phase|wave|site)\b)
    | (?P<half>half)(?=\s+(?:of|the|as)\b)
    | (?(bound)|(?:(?<=by\s)|(?<=in\s)))(?P<by_half>half)\b(?![\s-]+(?:past|term|day|year|hour)\b)
    | \b(?P<own>(?:halv|doubl|trebl|tripl|quadrupl)(?:ed(?!\s+down\b)|ing
        |es(?=\s+(?:the|our|your|its|their|how)\b))|twice(?=\s+as\b)|double(?=\s+the\b))\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_UNIT = re.compile(
    "|".join(rf"(?P<{name}>(?:{unit})\Z)" for unit, name in _UNIT_NAMES if name != "count")
    + r"|times|x\b|fold",
    re.IGNORECASE,
)
"""A unit's words, in the group of its name; "times" also without what it stands before."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNT_END = re.compile(
    r"\s*(?:[.;,)]|$|(?:in|over|within|since|after|compared|per|an?|each|every|during|across)\b)"
)
_FROM_BEHIND = re.compile(
    rf"\s+(?:down\s+|up\s+)?from\s+{_MEAN}(?P<was>(?:£\s?)?{NUMBER})\s?(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\+|\s+(?P<or>or\s+(?:more|so|less|fewer))\b", re.IGNORECASE)
_MORE = re.compile(r"(?:extra|additional|more)\b", re.IGNORECASE)
_LOWER = re.compile(
    r"^(?:at least|more than|upwards|a minimum|over|just over|no fewer|no less|in excess|or more"
    r"|>|\u2265)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount, as written. `low` and `high` are equal when it is stated flatly."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    """`percent`, `points`, `seconds`, `minutes`, `hours`, `days`, `weeks`, `months`, `years`,
    `gbp`, `fte`, `times`, `tonnes`, `count`."""
    bound: str = ""
    """The words that limit or blur it: "up to", "nearly", "at least"."""
    before: float | None = None
    """What it was before: the 48 of "from 48 to 16 per cent"."""
    before_unit: str = ""
    """The unit of what it was before."""
    unit_words: str = ""
    """The words of the unit; empty for shares such as "one in five"."""
    words: str = ""
    """All its words."""

    @property
    def is_more(self) -> bool:
        """Whether it counts things there are more of: "2 extra cases"."""
        return self.unit == "count" and _MORE.match(self.unit_words) is not None

    @property
    def is_fewer(self) -> bool:
        """Whether it counts things there are fewer of: "12 fewer clicks"."""
        return self.unit == "count" and self.unit_words.casefold().startswith("fewer ")


def amounts(sentence: str) -> Iterator[Amount]:
    """All amounts of a sentence, in order."""
    for found in _AMOUNT.finditer(sentence):
        if (amount := _amount(found)) is not None:
            yield _with_what_was(sentence, amount)


def _with_what_was(sentence: str, amount: Amount) -> Amount:
    """The amount with what stands behind it of what it was: "to 94% from 81%"."""
    if amount.before is not None or not re.search(r"\bto\s$", sentence[: amount.start]):
        return amount
    found = _FROM_BEHIND.match(sentence, amount.end)
    if found is None:
        return amount
    unit = _unit(found["unit"]) if found["unit"] else amount.unit
    return replace(amount, before=number(found["was"]), before_unit=unit)


def _amount(found: re.Match[str]) -> Amount | None:
    read = next((reading for group, reading in _READINGS if found[group]), _of_share)
    return read(found)


def _in_units(found: re.Match[str]) -> Amount | None:
    low, high = number(found["low"]), number(found["high"] or found["low"])
    unit = _unit(found["unit"])
    if unit == "count" and _YEAR.fullmatch(found["low"]):
        return None
    if "£" in found["low"] and unit != "gbp":
        return _money(found, low, found["low"])
    amount = _bounded(found, low, high, unit, found["before_bound"], found["unit"])
    if amount is None or not found["before"]:
        return amount
    before_unit = _unit(found["before_unit"]) if found["before_unit"] else unit
    return replace(amount, before=number(found["before"]), before_unit=before_unit)


def _to(found: re.Match[str]) -> Amount | None:
    """What "from 14 weeks to 9" says: the unit stands with the first or is that of a count."""
    if "£" in found["then"]:
        unit = "gbp"
    elif found["was_unit"]:
        unit = _unit(found["was_unit"])
    elif _is_count(found):
        unit = "count"
    else:
        return None
    now = number(found["then"])
    amount = _bounded(found, now, now, unit, found["was_bound"], found["was_unit"] or "")
    return amount and replace(amount, before=number(found["was"]), before_unit=unit)


def _is_count(found: re.Match[str]) -> bool:
    """Whether a figure without a unit counts things: no year, and nothing in brackets."""
    if _YEAR.fullmatch(found["then"]) or found.string[: found.start()].endswith("("):
        return False
    return _COUNT_END.match(found.string, found.end()) is not None


def _bare(found: re.Match[str]) -> Amount | None:
    if _YEAR.fullmatch(found["bare"]):
        return None
    return _bounded(found, number(found["bare"]), None, "count")


def _own(found: re.Match[str]) -> Amount | None:
    multiple = _MULTIPLES.get(found["own"][:4].casefold())
    return _bounded(found, multiple or 50.0, None, "times" if multiple else "percent")


def _with_a_half(found: re.Match[str]) -> Amount | None:
    """The amount of "half an hour", "an hour and a half" and "two and a half hours"."""
    if part := found["span_part"]:
        size = {"h": 0.5, "a": 0.25, "t": 0.75}[part[0].casefold()]
        return _bounded(found, size, None, f"{found['part_span'].casefold()}s")
    whole, unit = number(found["and_half"]), found["half_span"] or found["half_unit"]
    if whole is None or unit is None:
        return None
    return _bounded(found, whole + 0.5, None, f"{unit.casefold().removesuffix('s')}s")


def _of_share(found: re.Match[str]) -> Amount | None:
    return _bounded(found, _share(found), None, "percent")


def _share(found: re.Match[str]) -> float | None:
    """The per cent of "one in five", "two thirds" and "half"."""
    if found["in"]:
        share, whole = number(found["in"]), number(found["every"])
        return (
            None if share is None or not whole or share > whole else round(100 * share / whole, 1)
        )
    if found["half"] or found["by_half"]:
        return 50.0
    count = number(found["parts"] or found["by_parts"] or "") or 1.0
    part = _PARTS[(found["part"] or found["by_part"]).casefold()]
    return round(100 * count / part, 1)


def _sum(found: re.Match[str]) -> Amount | None:
    high = found["money_high"] or found["money_to"] or found["money"]
    return _money(found, number(found["money"]), high)


def _money(found: re.Match[str], low: float | None, high_words: str) -> Amount | None:
    high = number(high_words)
    if low is None or high is None:
        return None
    if low < high and low * _THOUSAND <= high:  # "£1.5-2m": the scale stands once
        low *= _MILLION if high >= _MILLION else _THOUSAND
    return _bounded(found, low, high, "gbp", unit_words="£")


def _bounded(
    found: re.Match[str],
    low: float | None,
    high: float | None,
    unit: str,
    nearer: str | None = None,
    unit_words: str = "",
) -> Amount | None:
    """The amount within what its bound leaves open: an upper bound has no lower end. `nearer` is a
    bound that stands right before the figure.
    """
    if low is None:
        return None
    lower, upper = sorted((low, low if high is None else high))
    behind = _BEHIND.match(found.string, found.end())
    bound = nearer or found["bound"] or found["sign"] or ""
    if not bound and (behind or found["plus"]):
        bound = (behind and behind["or"]) or "or more"
    bound = " ".join(bound.casefold().split())
    ranged = lower != upper
    return Amount(
        start=found.start(),
        end=found.end(),
        low=None if bound and not (_LOWER.match(bound) or ranged) else lower,
        high=None if _LOWER.match(bound) else upper,
        unit=unit,
        bound=bound,
        unit_words=unit_words,
        words=found[0],
    )


def _unit(words: str) -> str:
    found = _NAMED_UNIT.match(words)
    return "count" if found is None else found.lastgroup or "times"


_READINGS = (
    ("low", _in_units),
    ("was", _to),
    ("money", _sum),
    ("bare", _bare),
    ("own", _own),
    ("span_part", _with_a_half),
    ("and_half", _with_a_half),
)
"""How each alternative of the pattern is read, by its leading group; the others are shares."""
