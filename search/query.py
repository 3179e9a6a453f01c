"""What a person typed, made safe to search with. Any text is a query; none is an error."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST = 2000
"""Characters of a query that are used."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is searched for."""

    text: str
    """Without control and invisible characters, its white space single; "" when nothing is left
    that a word could be made of.
    """
    cut: bool
    """Whether it was longer than LONGEST and its end is not used."""


def read(typed: str) -> Query:
    """The query in what was typed."""
    composed = unicodedata.normalize("NFC", typed[: 2 * LONGEST])
    seen = "".join(_visible(character) for character in composed)
    text = " ".join(seen.split())
    cut = len(typed) > 2 * LONGEST or len(text) > LONGEST
    text = text[:LONGEST].rstrip()
    return Query(text if any(map(str.isalnum, text)) else "", cut)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":  # Soft hyphens, joiners and marks of direction stand inside words.
        return ""
    return " " if category.startswith("C") else character
