"""Prices in running text, as said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.text import one_line, sentences

_EACH = (
    r"(?:[a-z-]+\s+){0,2}(?:member\s+of\s+staff|staff\s+member|patient|user|clinician|site|licence)"
)
_PRICE = re.compile(
    r"(?:\b(?:from|starting at|starts at|between)\s+)?£\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m"
    r"|million)\b)?p?"
    r"(?:\s*(?:-|\u2013|to|and)\s*£\s?\d[\d,]*(?:\.\d+)?)?"
    r"(?:\s*(?:\+|plus|ex\.?|excl?\.?|excluding)\s*VAT)?"
    rf"(?:\s*(?:per|a|an|/|each|every|for each)\s*(?:{_EACH}|[a-z]+)){{1,3}}",
    re.IGNORECASE,
)
_PRICING = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)|costs?|licen[cs]e|subscription|charge[sd]?|fees?|from £"
    r"|starting at|VAT"
    r"|per (?:user|seat|patient|clinician|site|practice|month|year|annum|consultation))\b",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(
    r"\b(?:down by|lower|fell|dropped|sav(?:e|es|ed|ing|ings)|reduc\w+|cut|worth|award\w*"
    r"|contract|funding|raised|spent|spends"
    r"|would (?:otherwise )?cost|cost the NHS)\b",
    re.IGNORECASE,
)


def prices(text: str) -> Iterator[tuple[int, int, str]]:
    """Prices in the text as (start, end, words); sums that are savings or spending left out."""
    if "£" not in text:
        return
    for start, _, sentence in sentences(text):
        if "£" in sentence and _PRICING.search(sentence) and not _NO_PRICE.search(sentence):
            for found in _PRICE.finditer(sentence):
                yield start + found.start(), start + found.end(), one_line(found[0])
