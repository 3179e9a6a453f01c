"""The fingerprint of a page: equal means "nothing that a person would call a change".

What is volatile is substituted phrase by phrase; no line is ever left out, because the price
that changed may stand in the same line as the counter that always does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_NUMBER = r"(?:\d[\d,.]*\s?[kKmM]?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|a few)"
_UNIT = r"(?:second|sec|minute|min|hour|hr|day|week|month|year)s?"
_PEOPLE = r"(?:people|persons?|visitors?|users?|others?|customers?|readers?|guests?)"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CLOCK = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:am|pm|GMT|BST|UTC)?)"

_MARK = " ~ "
_MARKS = re.compile(r"\s*~(?:[\s~·|.,;\u2013-]*~)?\s*")
"""Volatile phrases that follow one another count as one: there may be more or fewer of them."""


@dataclass(frozen=True, slots=True)
class _Volatile:
    """Phrases that change by themselves."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    """Folded words, each with how it goes on: one of them stands in each of the phrases. A text
    without them is not looked through, which is a hundred times as fast."""
    phrases: re.Pattern[str]

    def substituted(self, text: str, folded: str) -> str:
        """The text, on one line, with the phrases substituted; `folded` is the text case-folded."""
        for word, ends in self.words:
            if word in folded and any(f"{word}{end}" in folded for end in ends):
                return self.phrases.sub(_MARK, text)
        return text


def _volatile(words: Iterable[str], pattern: str, signs: str = "") -> _Volatile:
    """Phrases in which one of the words stands; before one of the signs, with or without a space
    between.
    """
    ends = tuple(f"{gap}{sign}" for gap in ("", " ") for sign in signs) or ("",)
    return _Volatile(tuple((word, ends) for word in words), re.compile(pattern, re.IGNORECASE))


_VOLATILE = (
    # how often it was seen: "Viewed 1,204 times", "1,204 views"
    _volatile(["times"], rf"\b(?:viewed|read|downloaded|shared|liked)\s+{_NUMBER}\s+times\b"),
    _volatile(
        ["view", "reads", "like", "share", "comment"],
        r"\d(?<![\w£$€]\d)[\d,.]*\s?[km]?\s+"
        r"(?:page\s+)?(?:views?|reads|likes?|shares|comments?)\b",
    ),
    _volatile(
        ["view", "views", "hits", "visits", "visitors", "likes", "shares"],
        r"\b(?:page\s+)?(?:views?|hits|visits|visitors|likes|shares)\s*:\s*\d[\d,.]*\s?[km]?\b",
        signs=":",
    ),
    # "17 people are viewing this page", "12 users online now"
    _volatile(
        ["viewing", "watching", "looking at", "reading", "browsing", "online"],
        rf"\b{_NUMBER}\s+(?:other\s+)?{_PEOPLE}\s+(?:(?:are|is)\s+)?(?:currently\s+)?"
        rf"(?:viewing|watching|looking at|reading|browsing|online)"
        rf"(?:\s+(?:this(?:\s+(?:page|product|article|tool))?|it))?(?:\s+(?:right\s+)?now)?",
    ),
    # when it was touched: "Last updated 3 hours ago", "Updated 3 May 2026 at 10:20"
    _volatile(
        ["updated", "modified", "checked", "refreshed", "generated", "synced"],
        rf"\b(?:page\s+)?(?:last\s+)?(?:updated|modified|checked|refreshed|generated|synced)"
        rf"(?:\s+on)?\s*:?\s*(?:{_NUMBER}\s+{_UNIT}\s+ago|just now|today|yesterday"
        rf"|{_DATE}{_CLOCK}?|{_CLOCK})",
    ),
    _volatile([" ago"], rf"\b{_NUMBER}\s+{_UNIT}\s+ago\b"),
    _volatile(["just now", "moments ago"], r"\b(?:just now|moments ago)\b"),
    _volatile(
        ["min read", "mins read", "minute read", "minutes read"],
        r"\b\d+\s+(?:min(?:ute)?s?)\s+read\b",
    ),
    # cookie wording that stands inside the text
    _volatile(
        ["cookies"],
        r"\b(?:we|this (?:web)?site)\s+uses?\s+(?:[a-z]+\s+){0,4}?cookies\b[^.\n]{0,300}\.?",
    ),
    _volatile(["cookies"], r"\b(?:accept|reject|manage|allow)\s+(?:all\s+)?(?:\w+\s+)?cookies\b"),
    # "© 2024-2026", "Copyright 2026"
    _volatile(
        ["©", "copyright"],
        r"(?:©|\bcopyright\b)\s*(?:©\s*)?\d{4}(?:\s*[-\u2013]\s*\d{4})?",
    ),
    # tokens made anew for each answer
    _volatile(
        ["nonce", "request id", "session", "ref", "trace"],
        r"\b(?:nonce|request id|session|ref|trace)\s*[:=#]\s*[0-9a-f][\w-]{5,}\b",
        signs=":=#",
    ),
)

_VOLATILE_KEYS = frozenset(
    {
        "dateModified",
        "dateAccessed",
        "commentCount",
        "interactionStatistic",
        "interactionCount",
        "userInteractionCount",
        "nonce",
        "potentialAction",
        "priceValidUntil",
        "copyrightYear",
    }
)


def fingerprint(text: str, data: tuple[Mapping[str, Any], ...] = ()) -> str:
    """SHA-256, in hexadecimal, of the words and the structured data of a page.

    `text` is everything that a reader of the page might take a value from.
    """
    canonical = json.dumps(
        [_steady(item) for item in data], sort_keys=True, ensure_ascii=False, default=str
    )
    return hashlib.sha256(f"{steady_text(text)}\n{canonical}".encode()).hexdigest()


def steady_text(text: str) -> str:
    """The words with volatile phrases substituted and white space collapsed."""
    text = " ".join(text.split())
    folded = text.casefold()
    for volatile in _VOLATILE:
        text = volatile.substituted(text, folded)
    return _MARKS.sub(_MARK, text) if "~" in text else text


def _steady(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _steady(inner) for key, inner in value.items() if key not in _VOLATILE_KEYS}
    if isinstance(value, list):
        return [_steady(inner) for inner in value]
    return steady_text(value) if isinstance(value, str) else value
