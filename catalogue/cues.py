"""Cues of a study: who evaluated, where, how many and for how long, as the words near a figure say.

By them two tellings of one study are known, and two studies with the same figure are told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from catalogue.text import name_key

BEFORE: Final = 500
AFTER: Final = 300
"""Characters before and after a claim's words that are taken to tell of the same study."""

_EVALUATOR = re.compile(
    r"\b(?:University|Institute|School|Centre|College)[ ](?:of|for)[ ](?:the[ ])?"
    r"[A-Z][\w'\u2019-]+(?:[ ](?:and[ ])?[A-Z][\w'\u2019-]+){0,3}"
    r"|\b(?:[A-Z][\w'\u2019-]+[ ]){1,3}(?:University|Institute|College)\b(?! (?:of|for) )"
)
_SITE = re.compile(
    r"\b(?:[A-Z][\w'\u2019&-]+[ ](?:of[ ])?){1,6}?"
    r"(?:NHS(?:[ ]Foundation)?[ ]Trust|Hospitals?|ICB|Integrated Care Board|Surgery"
    r"|Medical (?:Practice|Centre)|Health Centre|Primary Care Network|Health Board"
    r"|Ambulance Service|Council)\b"
)
_OPENERS = re.compile(r"^(?:The|At|In|From|For|With|And|Our|By|When|After|Across|Both)\s+")
_TRUST = re.compile(r"(?: NHS)?(?: Foundation)? Trust$")
_ACRONYM = re.compile(r"\b[A-Z]{4,8}\b")
_COMMON_LIST = "DTAC DSPT MHRA NICE UKCA GDPR HTTP JSON SNOMED NIHR DHSC NHSE"
_COMMON = frozenset(_COMMON_LIST.split())
"""Capitals that name no study."""

_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LATE = "sixteen seventeen eighteen nineteen"
_NUMBERS: Final = {
    **{word: number for number, word in enumerate(f"{_SMALL} {_LATE}".split(), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
}
_FIGURE = re.compile(r"\d[\d,]*")
_STOPS_LIST = "a an and at by for from in into of on or over per than the to with hundred thousand"
_STOPS = frozenset(_STOPS_LIST.split())
"""Words that do not stand between a number and what it counts."""

_NOUN = re.compile(
    r"\b(site|practice|surgerie|trust|hospital|clinic|ward|centre|clinician|doctor|gp|nurse"
    r"|consultant|patient|consultation|encounter|appointment|episode|staff|employee|participant"
    r"|user|respondent|people|week|month)s?\b"
)
_REACH = 40
"""Characters before a noun in which its number is looked for."""

_QUALIFIERS = 2
"""Most words between a number and its noun: 48 community nurses."""

_YEARS = range(1990, 2100)
_DURATIONS = frozenset({"n:week", "n:month"})
_ANYBODY = frozenset({"n:people", "n:staff", "n:user"})
"""Counts of which a page may give several without telling of several studies."""

_NONE: frozenset[str] = frozenset()

_FEW = 5
"""Number from which a count that two tellings share is hardly chance."""

_CLOSE = 0.05
"""How far apart two counts may lie, as a share of the greater: 17,000 and 17,400 consultations."""


def near(title: str, text: str, quote: str, place: str) -> str:
    """The stretch of a page that is taken to tell of one study: the title, and what is said around
    a quote.
    """
    start, _, end = place.removeprefix("chars:").partition("-")
    if start.isdigit() and end.isdigit():
        first, last = int(start), int(end)
    else:
        first = max(text.find(quote), 0)
        last = first + len(quote)
    return f"{title}\n{text[max(0, first - BEFORE) : last + AFTER]}\n{quote}"


def cues(words: str) -> tuple[str, ...]:
    """What the words tell of a study, sorted: `by:universityofwestmarch`, `at:fenburynhstrust`,
    `as:GOSH`, `n:practice=9`.
    """
    return tuple(sorted(set(_cues(words))))


def _cues(words: str) -> Iterator[str]:
    for kind, pattern in (("by", _EVALUATOR), ("at", _SITE)):
        for found in pattern.finditer(words):
            name = _OPENERS.sub("", found[0])
            yield f"{kind}:{name_key(_TRUST.sub('', name))}"
            initials = "".join(word[0] for word in name.split() if word[0].isupper())
            if len(initials) > 3:  # noqa: PLR2004 - as long as an acronym that is looked for
                yield f"as:{initials}"
    for found in _ACRONYM.finditer(words):
        if found[0] not in _COMMON:
            yield f"as:{found[0]}"
    folded = words.casefold()
    for found in _NOUN.finditer(folded):
        number = _number(folded[max(0, found.start() - _REACH) : found.start()])
        if number > 1 and number not in _YEARS:
            yield f"n:{found[1]}={number}"


def _number(before: str) -> int:
    """The number that counts what follows these words; 0 where none does."""
    for word in reversed(before.replace("-", " ").split()[-_QUALIFIERS - 1 :]):
        if word in _NUMBERS:
            return _NUMBERS[word]
        if _FIGURE.fullmatch(word):
            return int(word.replace(",", ""))
        if word in _STOPS or not word.isalpha():
            return 0
    return 0


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two tellings name the same evaluator, place or number of those who took part."""
    if not one or not other:
        return False
    mine, theirs = _by_kind(one), _by_kind(other)
    if any(_shared(mine, theirs, kind) for kind in ("by", "at", "as")):
        return True
    shared = _counted(mine, theirs) - _DURATIONS - _ANYBODY
    return any(_meet(mine[kind], theirs[kind], _FEW) for kind in shared)


def differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two tellings tell of different studies: other evaluators, places or numbers."""
    if not one or not other:
        return False
    mine, theirs = _by_kind(one), _by_kind(other)
    if _shared(mine, theirs, "by") or _shared(mine, theirs, "as"):
        return False
    for kind in ("by", "at"):
        if kind in mine and kind in theirs:
            return not _shared(mine, theirs, kind)
    counts = _counted(mine, theirs) - _ANYBODY
    return bool(counts) and not any(_meet(mine[kind], theirs[kind]) for kind in counts)


@lru_cache(maxsize=4096)
def _by_kind(said: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for cue in said:
        kind, _, value = cue.partition("=" if cue.startswith("n:") else ":")
        kinds[kind].add(value)
    return {kind: frozenset(values) for kind, values in kinds.items()}


def _shared(
    mine: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]], kind: str
) -> bool:
    return not mine.get(kind, _NONE).isdisjoint(theirs.get(kind, _NONE))


def _counted(mine: Iterable[str], theirs: Iterable[str]) -> set[str]:
    return {kind for kind in set(mine) & set(theirs) if kind.startswith("n:")}


def _meet(some: frozenset[str], others: frozenset[str], least: int = 0) -> bool:
    """Whether a number of at least `least` is among both, but for rounding."""
    return any(
        min(one, other) >= least and abs(one - other) <= _CLOSE * max(one, other)
        for one in map(int, some)
        for other in map(int, others)
    )
