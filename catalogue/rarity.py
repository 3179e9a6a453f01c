"""Rarity: how much it says that two names share a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log
from typing import Final

from catalogue.name_words import name_words

_BEFORE: Final = 1000
"""As many names are taken to have been seen before those that are given, so that a word that two
records out of three share is not therefore a common one."""

_COMMON_LIST: Final = """
ai app assistant automation care clinic clinical cloud data digital gp group health healthcare
hospital intelligence intelligent labs manager management medical nhs patient platform portal
service services smart software solution solutions system systems tech technologies technology tool
trust uk virtual
"""
_COMMON: Final = frozenset(_COMMON_LIST.split())
_COMMON_IN: Final = 60
"""Names in which each of these words stood before: the lists of tools, G-Cloud services and
registries that the sources visit are full of them."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """Weights of words, from 0 (in every name) to 1 (in none that is known)."""

    names: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    _weights: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, names: Iterable[str]) -> Rarity:
        """Count in how many of these names each word stands."""
        seen: Counter[str] = Counter()
        count = 0
        for name in names:
            seen.update(name_words(name).words)
            count += 1
        return cls(count, seen)

    def weight(self, word: str) -> float:
        """Inverse document frequency, as a share of the greatest there is."""
        if (found := self._weights.get(word)) is not None:
            return found
        known = self.seen[word] + (_COMMON_IN if word in _COMMON else 0)
        whole = self.names + _BEFORE + 1
        weight = self._weights[word] = log(whole / (known + 0.5)) / log(whole / 0.5)
        return weight
