"""Fusion: several orders of the same things made into one. Pure functions over ranked lists.

A ranked list is a sequence of (id, score), best first. The result does not depend on the order in
which the lists are given, and equal scores are ordered by id.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

WEIGHT: Final = 0.7
"""What meaning weighs in a sum; words weigh the rest. With 0.6 or 0.8 the nDCG@10 of the judged
sets differs by 0.02 at most, by 0.04 in the one where short pages are sought among long ones."""
CONSTANT: Final = 60
"""That of reciprocal rank fusion, as its authors have it."""

Ranked = Sequence[tuple[int, float]]
"""Pairs (id, score), best first, each id once."""


@dataclass(frozen=True, slots=True)
class Fused:
    """One thing in the fused order."""

    id: int
    score: float
    parts: tuple[tuple[str, float], ...]
    """What each list that holds it gave, by the list's name; they add up to the score."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """Makes one order of the lists named "words" and "meaning"."""

    rule: Callable[[Mapping[str, Ranked]], list[Fused]]
    whole: bool
    """Whether it compares scores, so that it wants both of all that either list holds; an order of
    ranks is spoilt by what an index would not have found itself.
    """

    def __call__(self, lists: Mapping[str, Ranked]) -> list[Fused]:
        """One order of these lists."""
        return self.rule(lists)


def chosen(
    name: Literal["convex", "rrf"], meaning_weight: float = WEIGHT, k: int = CONSTANT
) -> Fusion:
    """The fusion that the settings ask for."""
    if name == "rrf":
        return Fusion(partial(reciprocal_rank, k=k), whole=False)
    return Fusion(partial(convex, meaning_weight=meaning_weight), whole=True)


def convex(lists: Mapping[str, Ranked], meaning_weight: float = WEIGHT) -> list[Fused]:
    """The weighted sum of two scores that say as much for one query as for another: the cosine, and
    the square of the share of the words that was found (`WordIndex.search`).

    A sum of scores does better than one of ranks where they can be compared: Bruch, Gai and
    Ingber, "An analysis of fusion functions for hybrid retrieval", ACM TOIS 2023. The share is
    squared because the words of a question that hardly shares any with the texts stand anywhere;
    and so such a question is answered by meaning, without being asked which kind it is
    (`benchmarks/search/quality.py`).
    """
    return _fuse(
        {
            name: {
                id_: (1 - meaning_weight) * score**2
                if name == "words"
                else meaning_weight * max(score, 0.0)
                for id_, score in ranked
            }
            for name, ranked in lists.items()
        }
    )


def reciprocal_rank(lists: Mapping[str, Ranked], k: int = CONSTANT) -> list[Fused]:
    """Reciprocal rank fusion: each list gives 1 / (k + rank), ranks from 1.

    Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet and individual
    rank learning methods", SIGIR 2009.
    """
    return _fuse(
        {
            name: {id_: 1 / (k + rank) for rank, (id_, _) in enumerate(ranked, start=1)}
            for name, ranked in lists.items()
        }
    )


def _fuse(gifts: Mapping[str, Mapping[int, float]]) -> list[Fused]:
    names = sorted(gifts)
    fused = []
    for id_ in set().union(*gifts.values()):
        parts = tuple((name, gifts[name][id_]) for name in names if id_ in gifts[name])
        fused.append(Fused(id_, math.fsum(gift for _, gift in parts), parts))
    return sorted(fused, key=lambda one: (-one.score, one.id))
