"""The word of change that governs an amount: what makes a figure a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extractors import claim_words as words
from crawler.extractors.amounts import Amount, amounts
from crawler.extractors.claim_words import Direction

REACH = 70
"""How far before its amount a word of change may stand, in characters."""

TIMES = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
"""Units of time."""

_SPANS = frozenset({"weeks", "months", "years"})
_SPAN_BEFORE = re.compile(
    r"\b(?:over|for|during|after|within|in|past|last|first|next|every|since|aged?|of|than|the"
    r"|a|an|to)"
    r"(?:\s+(?:the|a|an|just|only))?\s*$",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\w-(?:second|minute|hour|day|week|month|year)$", re.IGNORECASE)
"""What says how long a thing is: "a 180-day contract"."""
_AGO = re.compile(
    r"^\s*(?:ago|old|later|pilot|trial|study|project|period|programme|long)\b", re.IGNORECASE
)
_WHOSE = re.compile(
    r"\b(?:in|for|across|among(?:st)?|at|with|by)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_OF_PEOPLE = re.compile(
    rf"^\s*of\s+(?:the\s+|our\s+|all\s+)?(?:\w+\s+){{0,2}}(?:{words.PEOPLE})\b", re.IGNORECASE
)
_LABELLED = re.compile(r"(?<=\w):\s$")
_HEADLINE = re.compile(
    r"\b(?:reduces|cuts|slashes|boosts|improves|increases|lowers)"
    r"(?:\s+(?!for\b|in\b|at\b|with\b|from\b|of\b|and\b|on\b)[\w-]+){1,3}\s$",
    re.IGNORECASE,
)
"""A change and what changes, right before the figure: "reduces no-shows 30%"."""
_NOW = re.compile(r"\bnow\s+(?:only\s+|just\s+)?takes?\s+$", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:in|among(?:st)?|with|across|for|at)\s+(?:\w+\s+)?$", re.IGNORECASE)
CLAUSE_END = re.compile(r"[;:]|\bbut\b|\bwhile\b|\bwhereas\b|\balthough\b")
_FROM = re.compile(r"\bfrom\s+(?:an?\s+(?:average|mean|median)\s+of\s+)?$", re.IGNORECASE)
_INSTEAD = re.compile(r"^\s*(?:instead of|rather than|, down from|compared with)\b", re.IGNORECASE)
_PUBLIC = re.compile(
    r"\b(?:patients?|people|callers?|carers?|parents?|understood)\b", re.IGNORECASE
)
_ARROW = re.compile(r"->|=>|\u2192|\u21d2")
_BIG = 100
"""Least count of things done that is told as a result: "found 1,500 patients"."""
_DONE = re.compile(
    r"^\s*(?:of\s+)?(?:\w+\s+){0,5}?(?:(?:are|were|is|was|now)\s+){0,2}(?P<done>completed?|matched"
    r"|answered|avoided|prevented"
    r"|resolved|handled|processed|automated|dealt with|filled"
    r"|coded|closed|finished|ready|no longer (?:need|reach|require)\w*)\b",
    re.IGNORECASE,
)
_TOOK = re.compile(
    r"\b(?:took|takes|used\s+for|handle[sd]?|answer(?:s|ed)|resolve[sd]?|complete[sd]?|automate[sd]?"
    r"|process(?:es|ed)?)\s+"
    r"(?:up to |around |about )?$",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(
    [
        "more",
        "extra",
        "additional",
        "less",
        "fewer",
        "down",
        "up",
        "faster",
        "quicker",
        "shorter",
        "sooner",
        "earlier",
        "lower",
        "higher",
        "better",
    ]
)
"""Words of change that govern an amount behind them only with "by", "to" or "from"."""
_BY = re.compile(
    r"\b(?:by|of|to|from|about|nearly|around)\s*(?:(?:somewhere )?between\s+|another\s+)?"
    r"(?:an?\s+)?(?:(?:further|average of)\s+)?$|\s\u2013\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """The word of change that governs an amount."""

    direction: Direction
    words: str
    start: int
    end: int
    verb: re.Pattern[str] | None = None
    share: str = ""
    """For a share, which neither rises nor falls: the dimension where its words tell none."""


def change_of(sentence: str, amount: Amount) -> Change | None:
    """The word of change that governs the amount; None when the amount is no benefit."""
    before, after = sentence[: amount.start], sentence[amount.end :]
    clause = CLAUSE_END.split(_LABELLED.sub(" \u2013 ", before))[-1]
    if _is_span(amount, before, after) or words.NEGATION.search(clause[-REACH:]):
        return None
    if words.PREMISE.search(clause):
        return None
    if amount.before is None and _FROM.search(before) and re.search(r"\bto\b", after):
        return None  # the first half of "from ... to ..." is what it was before
    change = _own(sentence, amount) or _following(amount, after)
    if change is None and _LASTING.search(sentence[amount.start : amount.end]):
        return None
    if change is None and amount.unit == "percent":
        change = _share(clause, amount, after)
        if change is None and _WHOSE.search(before) and _OF_PEOPLE.match(after):
            return None
    return change or _governing(sentence, amount, clause) or _moved(amount, clause)


def _is_span(amount: Amount, before: str, after: str) -> bool:
    """Whether the amount is how long something went on or how long ago it was."""
    if amount.unit in TIMES and _AGO.match(after):
        return True
    return amount.unit in _SPANS and (
        amount.bound == "over" or _SPAN_BEFORE.search(before) is not None
    )


def _own(sentence: str, amount: Amount) -> Change | None:
    """The change of a verb that is its own amount: "halved"."""
    words_ = sentence[amount.start : amount.end]
    own = re.search(r"(?P<down>\bhalv)|\b(?:doubl|trebl|tripl|quadrupl)", words_, re.IGNORECASE)
    if own is None:
        start = amount.start
        if amount.is_fewer:
            return Change("down", "", start, start, words.DOWN)
        return Change("up", "", start, start, words.FREE) if amount.is_more else None
    return Change("down" if own["down"] else "up", "", amount.start, amount.start, words.UP)


def _following(amount: Amount, after: str) -> Change | None:
    """The change that follows its amount: "30% reduction"."""
    if amount.unit in TIMES and _INSTEAD.match(after):
        return Change("down", "", amount.end, amount.end, words.DOWN)
    found = words.AFTER.match(after) or words.PASSIVE.match(after)
    if found is None:
        return None
    start = amount.end + found.start("change")
    return Change(_direction(found["change"]), found["change"], start, amount.end + found.end())


def _share(clause: str, amount: Amount, after: str) -> Change | None:
    """A share, which neither rises nor falls."""
    return (
        _of_work(clause, amount, after)
        or _of_measure(clause, amount, after)
        or _of_people(clause, amount, after)
    )


def _of_work(clause: str, amount: Amount, after: str) -> Change | None:
    """A share of work that is done: "70% of invoices matched"."""
    if done := _DONE.match(after):
        start = amount.end + done.start("done")
        return Change("none", done["done"], start, amount.end + done.end(), share="BEN_CAPACITY")
    took = _TOOK.search(clause)
    if took is None or not re.match(r"\s*of\s+(?:all\s+)?[A-Za-z]", after):
        return None
    offset = amount.start - len(clause)
    place = (offset + took.start(), offset + took.end())
    return Change("none", took[0].strip(), *place, share="BEN_CAPACITY")


def _of_measure(clause: str, amount: Amount, after: str) -> Change | None:
    """How accurate something is, or what it returns: "98% accuracy", "ROI of 153%"."""
    accurate = words.ACCURACY.match(after) or words.ACCURACY_BEFORE.search(clause)
    if accurate and words.MODEL_TEST.search(f"{clause} {after}") is None:
        return Change("none", accurate[0].strip(), amount.start, amount.start)
    returned = words.RETURN.match(after) or words.RETURN_BEFORE.search(clause)
    if returned is None:
        return None
    return Change("none", returned[0].strip(), amount.start, amount.start, share="BEN_COST")


def _of_people(clause: str, amount: Amount, after: str) -> Change | None:
    """A share of people who said or did something: "90% of clinicians said"."""
    people = _OF_PEOPLE.match(after) or (
        None if amount.unit_words else _OF_PEOPLE.match(f" of {after}")
    )
    subject = people or (
        re.match(r"^\s*(?:(?:had|have)\s+)?(?=\w)", after) and not _BY.search(clause)
    )
    near = re.split(r",|\band\b", clause)[-1]
    if not subject or words.DOWN.search(near) or words.UP.search(near):
        return None
    said = words.AGAIN.search(after[:60])
    if said is None or (people is None and said.start() > len(" have ")):
        return None
    public = _PUBLIC.search(f"{clause} {after}") is not None
    place = (amount.end + said.start(), amount.end + said.end())
    return Change("none", said[0], *place, share="BEN_PATIENT_EXP" if public else "")


def _governing(sentence: str, amount: Amount, clause: str) -> Change | None:
    """The last word of change before the amount, in its clause and within reach."""
    offset = amount.start - len(clause)
    near = clause[-REACH:]
    offset += len(clause) - len(near)
    patterns: list[tuple[re.Pattern[str], Direction]] = [
        (words.SAVE, "down"),
        (words.FREE, "up"),
        (words.DOWN, "down"),
        (words.UP, "up"),
        (words.WORK, "none"),
    ]
    best: Change | None = None
    for pattern, direction in patterns:
        for found in pattern.finditer(near):
            if best is None or found.start() + offset > best.start:
                best = Change(
                    direction, found[0], found.start() + offset, found.end() + offset, pattern
                )
    if amount.unit == "count" and _AMONG.search(clause):
        return None
    if best is None or _taken(sentence, best, amount) or not _fits(best, amount, near):
        return None
    return best


def _moved(amount: Amount, clause: str) -> Change | None:
    """The change that the figures tell themselves: "from 40 complaints a month to four"."""
    now = amount.high if amount.high is not None else amount.low
    if amount.before is None or now is None or amount.before_unit != amount.unit:
        return None
    near = clause[-REACH:]
    arrow = _ARROW.search(amount.words) is not None
    if now == amount.before or not (arrow or words.MOVED.search(near)):
        return None
    direction: Direction = "down" if now < amount.before else "up"
    return Change(direction, "", amount.start, amount.start, words.UP)


def _taken(sentence: str, change: Change, amount: Amount) -> bool:
    """Whether another amount between the two has the word already, and no "and" passes it on."""
    between = sentence[change.end : amount.start]
    if not any(amounts(between)):
        return False
    return not re.search(r"(?:,|\(|\band\b|\bor\b)\s*(?:by\s+)?(?:[\w-]+\s+){0,3}$", between)


def _fits(change: Change, amount: Amount, near: str) -> bool:
    """Whether a change of this kind can have an amount of this kind."""
    by = _BY.search(near) is not None or amount.before is not None
    if change.verb is words.SAVE:
        return True
    if change.verb is words.FREE:
        return _frees(change, amount)
    if change.verb is words.WORK:
        return _big(amount)
    if change.words.casefold() in _ADJECTIVES:
        adjacent = amount.start - change.end <= 1
        return by or (adjacent and change.words.casefold() in {"down", "up"})
    if re.match(r"take|took|taken", change.words, re.IGNORECASE):
        return amount.before is not None or _NOW.search(near) is not None
    near_by = amount.unit in {"count", *TIMES} or amount.start - change.end <= 1
    return by or near_by or _HEADLINE.search(near) is not None


def _frees(change: Change, amount: Amount) -> bool:
    """Whether an amount of this kind can be freed: time, posts, or more of something."""
    if amount.unit == "gbp":
        return re.match(r"releas|recover", change.words, re.IGNORECASE) is not None
    freeing = re.match(
        r"free|releas|return|giv|gave|recover|g[eo]t|wins?\b|won|hand|re(?:gain|claim)",
        change.words,
        re.IGNORECASE,
    )
    return amount.unit in {*TIMES, "fte", "count"} and (freeing is not None or amount.is_more)


def _big(amount: Amount) -> bool:
    value = amount.high if amount.high is not None else amount.low
    return amount.unit == "count" and value is not None and value >= _BIG


def _direction(word: str) -> Direction:
    if words.SAVE.fullmatch(word) or words.DOWN.fullmatch(word):
        return "down"
    return "up"
