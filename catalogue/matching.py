"""Matching: how alike two tools are, part by part.

A score is the logistic of a sum: each part has a value from 0 up, and points for one of it. So
every score can be told as the parts that it is made of, and two records that are not the same for
one strong reason (another supplier, another version) can be seen to be so.

The points were fitted once, by logistic regression, on the training pairs of the public
Amazon-Google products (software titles with their makers, as tools are; Köpcke and others, 2010),
and the bias set so that the score with the best F1 on them is 0.5; `python -m
benchmarks.quality.matching --fit` does it again. Three were set by hand, because those pairs hardly
speak of them: another supplier, the same address, and the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import product
from math import sqrt
from types import MappingProxyType
from typing import Final

from catalogue.alignment import Alignment, align
from catalogue.likeness import THRESHOLD, Likeness, Profile, likeness
from catalogue.name_words import NameWords, name_words
from catalogue.organisation_matching import distinctive, organisation_likeness
from catalogue.rarity import Rarity

TOOL_BIAS: Final = -5.3
TOOL_POINTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "words": 6.5,  # the rarest word they share, by the share of their names that they share
        "spelling": 1.4,  # letters of the shorter name in the longer one, squared
        "supplier": 1.4,  # the same one, by how alike the names are without it
        "other supplier": -3.5,  # by hand
        "address": 10.0,  # by hand: a page of its own that both have
        "version": -1.7,  # numbers in both names, and none in common
        "one number": -0.7,  # a number in one name only
        "further number": -0.9,  # a number in common, and another one that is not
        "edition": -1.0,  # for each word such as "lite" that only one has, by their cosine
        "upgrade": -2.7,  # one is an upgrade of what the other is
        "platform": -1.7,
        "code": 1.2,  # a maker's number in common
        "text": 2.0,  # by hand: cosine of what they say of themselves
    }
)

_MOST_EDITIONS: Final = 3
_ANY: Final = Rarity()
"""Weights of words in names of organisations: those of names of tools are others."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def tool_likeness(left: Profile, right: Profile, rarity: Rarity) -> Likeness:
    """How alike two tools are, by those of their names that fit best."""
    shared = left.identifiers & right.identifiers
    options = (
        likeness(TOOL_BIAS, TOOL_POINTS, values, shared)
        for values in tool_values(left, right, rarity)
    )
    return max(options, key=lambda found: found.score)


def tool_values(left: Profile, right: Profile, rarity: Rarity) -> list[dict[str, float]]:
    """The value of each part, for each pair of their names."""
    supplier = _one_supplier(left.suppliers, right.suppliers)
    text = _cosine(_counted(left.text), _counted(right.text), rarity.weight)
    makers = distinctive(left.suppliers), distinctive(right.suppliers)
    options = []
    for one, other in product(left.names or ("",), right.names or ("",)):
        first, second = name_words(one), name_words(other)
        words = _aligned(first, second, makers[0] | makers[1])
        # Whoever resells a tool names its maker with it.
        named = not makers[0].isdisjoint(second.words) or not makers[1].isdisjoint(first.words)
        found = {
            "address": float(bool(left.identifiers & right.identifiers)),
            **_of_words(words, rarity.weight),
            "supplier": words.key * (named or supplier is True),
            "other supplier": float(supplier is False and not named),
            "platform": words.key * _other_platform(first, second),
            "code": float(bool(first.codes & second.codes)),
            "text": text,
        }
        options.append(found)
    return options


def _aligned(one: NameWords, other: NameWords, makers: frozenset[str]) -> Alignment:
    """The names without their makers; with them where one is nothing but its maker's."""
    if makers.issuperset(one.words) or makers.issuperset(other.words):
        makers = frozenset()
    return align(one.without(makers), other.without(makers))


def _of_words(words: Alignment, weight: Callable[[str], float]) -> dict[str, float]:
    cover, cosine = words.cover(weight), words.cosine(weight)
    both, either = words.numbers
    return {
        "words": words.rarest(weight) * cover,
        "spelling": words.key_within**2,
        "version": float(words.other_number),
        "one number": float(bool(either) and not both and not words.other_number),
        "further number": cosine * bool(both and either),
        "edition": cosine * min(len(words.editions), _MOST_EDITIONS),
        "upgrade": cover * ("upgrade" in words.editions),
    }


def _other_platform(one: NameWords, other: NameWords) -> bool:
    return bool(one.platforms and other.platforms and not one.platforms & other.platforms)


@lru_cache(maxsize=65536)
def _one_supplier(left: tuple[str, ...], right: tuple[str, ...]) -> bool | None:
    """Whether two tools' suppliers are one by their names; None when it is not known of both."""
    if not (left and right):
        return None
    return organisation_likeness(Profile(left), Profile(right), _ANY).score >= THRESHOLD


@lru_cache(maxsize=16384)
def _counted(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _cosine(left: Counter[str], right: Counter[str], weight: Callable[[str], float]) -> float:
    """Cosine of two texts as vectors of the weights of their words."""
    dot = sum(weight(word) ** 2 for word in left.keys() & right.keys())
    norm = sqrt(sum(weight(word) ** 2 for word in left) * sum(weight(word) ** 2 for word in right))
    return dot / norm if norm else 0.0
