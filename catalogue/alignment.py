"""Alignment: which words of two names are the same word, whatever their spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Prefix

from catalogue.name_words import EDITIONS, PLATFORMS, is_number

_ALIKE: Final = 0.8
"""Share of letters from which on two words are spellings of one."""
_SHORTEST: Final = 4
"""Letters from which on a word may be misspelt: of shorter ones each letter counts."""
_STEM: Final = 0.6
"""Share of the longer word from which on a common beginning makes two words forms of one."""
_SAME_STEM: Final = 0.9
"""How alike two forms of one word are ("planner" and "planning", "instant" and "inst")."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names, word for word."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    shared_left: dict[str, float]
    """Words of the left name that the right one has, with how alike they are."""
    shared_right: dict[str, float]

    def cover(self, weight: Callable[[str], float]) -> float:
        """Weight of the shared words in that of all words of the name that holds them best."""
        return max(
            _share(self.left, self.shared_left, weight),
            _share(self.right, self.shared_right, weight),
        )

    def cosine(self, weight: Callable[[str], float]) -> float:
        """Cosine of the two names as vectors of weights."""
        dot = sum(weight(word) ** 2 * alike for word, alike in self.shared_left.items())
        norm = sqrt(
            sum(weight(word) ** 2 for word in self.left)
            * sum(weight(word) ** 2 for word in self.right)
        )
        return min(1.0, dot / norm) if norm else 0.0

    def rarest(self, weight: Callable[[str], float]) -> float:
        """Weight of the rarest shared word, in the name where it is less rare."""
        return min(
            max((weight(word) * alike for word, alike in shared.items()), default=0.0)
            for shared in (self.shared_left, self.shared_right)
        )

    def apart(self, weight: Callable[[str], float]) -> float:
        """Weight of the words that only one name has, on the side with less of it: words that
        describe stand on one side, words that name another thing on both.
        """
        return min(
            sum(weight(word) for word in _plain(self.left) if word not in self.shared_left),
            sum(weight(word) for word in _plain(self.right) if word not in self.shared_right),
        )

    @property
    def editions(self) -> frozenset[str]:
        """Words for an edition that only one of the names has."""
        left = EDITIONS.intersection(self.left) - self.shared_left.keys()
        return left | (EDITIONS.intersection(self.right) - self.shared_right.keys())

    @property
    def numbers(self) -> tuple[frozenset[str], frozenset[str]]:
        """Numbers that both have, and those that only one has."""
        left, right = (
            frozenset(filter(is_number, self.left)),
            frozenset(filter(is_number, self.right)),
        )
        return left & right, left ^ right

    @property
    def other_number(self) -> bool:
        """Whether both names have numbers, and none of them in common."""
        return (
            any(map(is_number, self.left))
            and any(map(is_number, self.right))
            and not (self.numbers[0])
        )

    @property
    def key(self) -> float:
        """Share of letters that the names have in common, spaces apart."""
        return fuzz.ratio("".join(self.left), "".join(self.right)) / 100

    @property
    def key_within(self) -> float:
        """The same for the shorter name and the best stretch of the longer one."""
        left, right = "".join(self.left), "".join(self.right)
        if min(len(left), len(right)) < _SHORTEST:
            return self.key
        return fuzz.partial_ratio(left, right) / 100


def align(left: Sequence[str], right: Sequence[str]) -> Alignment:
    """Align the words of two names: equal ones first, then such as are written apart in one name
    and together in the other, then misspelt ones.
    """
    shared_left = {word: 1.0 for word in left if word in right}
    shared_right = dict(shared_left)
    _together(left, right, shared_left, shared_right)
    _together(right, left, shared_right, shared_left)
    for word in left:
        if word in shared_left:
            continue
        options = [
            (alike, other)
            for other in right
            if other not in shared_right and (alike := _alike(word, other)) >= _ALIKE
        ]
        if options:
            alike, other = max(options)
            shared_left[word] = shared_right[other] = alike
    return Alignment(tuple(left), tuple(right), shared_left, shared_right)


def _together(
    apart: Sequence[str],
    whole: Sequence[str],
    shared_apart: dict[str, float],
    shared_whole: dict[str, float],
) -> None:
    """Share two words that stand together as one word of the other name."""
    for first, second in pairwise(apart):
        joined = first + second
        if joined in whole and joined not in shared_whole and len(joined) > _SHORTEST:
            shared_apart[first] = shared_apart[second] = shared_whole[joined] = 1.0


def _alike(one: str, other: str) -> float:
    """How alike two words are; a word is hardly ever misspelt at its beginning."""
    if min(len(one), len(other)) < _SHORTEST or one[0] != other[0] or is_number(one):
        return 0.0
    alike = float(Indel.normalized_similarity(one, other))
    begin = Prefix.similarity(one, other)
    if begin > _SHORTEST and begin >= _STEM * max(len(one), len(other)):
        return max(alike, _SAME_STEM)
    if begin > _SHORTEST and begin == min(len(one), len(other)):
        return max(alike, _SAME_STEM)
    return alike


def _share(words: Sequence[str], shared: dict[str, float], weight: Callable[[str], float]) -> float:
    whole = sum(weight(word) for word in words)
    return sum(weight(word) * alike for word, alike in shared.items()) / whole if whole else 0.0


def _plain(words: Sequence[str]) -> list[str]:
    """The words that are neither number, edition nor platform."""
    return [
        word
        for word in words
        if not is_number(word) and word not in EDITIONS and word not in PLATFORMS
    ]
