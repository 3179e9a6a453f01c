"""Finding many phrases in one text: the cues and names of a vocabulary, the words of a rule.

A phrase is found where its words stand in order, whatever the case and with spaces, hyphens,
slashes or apostrophes between them. A `*` ends a word in any way: `dictat*` finds "dictation". A
phrase in short capitals (DNA, ICS) is found only in capitals, with or without a plural "s".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

_WORD = re.compile(r"[^\W_]+|[&£+]")
_GAP = re.compile(r"[\s/'\u2019\u2010\u2011-]{0,3}")
_LONGEST_ACRONYM: Final = 5

MOST_WORDS: Final = 10_000
"""Different words that phrases remember to have met."""


class _Words(NamedTuple):
    """The words of a text, in order."""

    folded: tuple[str, ...]
    """Each of them case-folded."""
    places: tuple[re.Match[str], ...]
    """Each of them as written, where it stands."""


@lru_cache(maxsize=4)
def _words(text: str) -> _Words:
    """The words of a text. The last texts are remembered: a text is mostly searched for one
    vocabulary after another.
    """
    places = tuple(_WORD.finditer(text))
    return _Words(tuple([place[0].casefold() for place in places]), places)


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase found in a text."""

    owner: str
    """What the phrase was entered for: a code."""
    phrase: str
    start: int
    end: int


class _Entry(NamedTuple):
    owner: str
    phrase: str
    words: tuple[str, ...]
    """Case-folded."""
    open_ended: tuple[bool, ...]
    acronym: bool


class Phrases:
    """Phrases with the codes they stand for, looked up by their first word."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Index pairs (code, phrase)."""
        exact: defaultdict[str, list[_Entry]] = defaultdict(list)
        begun: defaultdict[str, list[_Entry]] = defaultdict(list)
        for owner, phrase in phrases:
            entry = _entry(owner, phrase)
            (begun if entry.open_ended[0] else exact)[entry.words[0]].append(entry)
            if entry.acronym:
                exact[f"{entry.words[0]}s"].append(entry)
        self._exact = dict(exact)
        self._begun = dict(begun)
        self._lengths = tuple(sorted({len(beginning) for beginning in begun}))
        # Most words of a text were met before, and begin no phrase.
        self._candidates = lru_cache(maxsize=MOST_WORDS)(self._beginning_with)

    def find(self, text: str) -> Iterator[Found]:
        """Yield every phrase that stands in `text`, in the order of where it begins."""
        said = _words(text)
        for at, entries in enumerate(map(self._candidates, said.folded)):
            for entry in entries:
                end = _end(text, said, at, entry)
                if end:
                    yield Found(entry.owner, entry.phrase, said.places[at].start(), end)

    def longest(self, text: str) -> list[Found]:
        """What `find` yields, without phrases that lie within a longer one that was found."""
        kept: list[Found] = []
        reach = (0, 0)
        for found in sorted(self.find(text), key=lambda one: (one.start, -one.end)):
            start, end = reach
            if found.end > end:
                reach = (found.start, found.end)
            elif found.end < end or start < found.start:
                continue
            kept.append(found)
        return kept

    def _beginning_with(self, folded: str) -> tuple[_Entry, ...]:
        """The phrases whose first word this is, or may be."""
        entries = list(self._exact.get(folded, ()))
        for length in self._lengths:
            if length <= len(folded):
                entries += self._begun.get(folded[:length], ())
        return tuple(entries)


def _entry(owner: str, phrase: str) -> _Entry:
    found = _words(phrase)
    if not found.folded:
        raise ValueError(f"The phrase {phrase!r} of {owner} has no word.")
    return _Entry(
        owner,
        phrase,
        found.folded,
        tuple(phrase[place.end() : place.end() + 1] == "*" for place in found.places),
        acronym=len(found.folded) == 1 and phrase.isupper() and len(phrase) <= _LONGEST_ACRONYM,
    )


def _end(text: str, said: _Words, at: int, entry: _Entry) -> int:
    """Where the phrase ends when it begins at word `at`; 0 when it does not stand there."""
    folded, places = said
    if at + len(entry.words) > len(folded):
        return 0
    if entry.acronym:
        return places[at].end() if places[at][0].removesuffix("s") == entry.phrase else 0
    for place, (wanted, open_ended) in enumerate(
        zip(entry.words, entry.open_ended, strict=True), start=at
    ):
        word = folded[place]
        if word != wanted and not (open_ended and word.startswith(wanted)):
            return 0
        if place > at and not _GAP.fullmatch(text, places[place - 1].end(), places[place].start()):
            return 0
    return places[at + len(entry.words) - 1].end()
