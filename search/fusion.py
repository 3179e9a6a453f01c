"""Fusion: several orders of the same things made into one. Pure functions over ranked lists.

A ranked list is a sequence of (id, score), best first. The result does not depend on the order in
which the lists are given, and equal scores are ordered by id.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

Ranked = Sequence[tuple[int, float]]
"""Pairs (id, score), best first, each id once."""


@dataclass(frozen=True, slots=True)
class Fused:
    """One thing in the fused order."""

    id: int
    score: float
    parts: tuple[tuple[str, float], ...]
    """What each list that holds it gave, by the list's name; they add up to the score."""


Fusion = Callable[[Mapping[str, Ranked]], list[Fused]]
"""Makes one order of the lists named "words" and "meaning"."""


def chosen(name: Literal["rrf", "convex"], k: int = 60, meaning_weight: float = 0.6) -> Fusion:
    """The fusion that the settings ask for."""
    if name == "rrf":
        return partial(reciprocal_rank, k=k)
    return partial(convex, weights={"meaning": meaning_weight, "words": 1 - meaning_weight})


def reciprocal_rank(lists: Mapping[str, Ranked], k: int = 60) -> list[Fused]:
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


def convex(lists: Mapping[str, Ranked], weights: Mapping[str, float]) -> list[Fused]:
    """Weighted sum of scores, each list scaled to 0..1 by its own least and greatest.

    Bruch, Gai and Ingber, "An analysis of fusion functions for hybrid retrieval", ACM TOIS 2023.
    """
    return _fuse(
        {
            name: {id_: weights[name] * scaled for id_, scaled in _scaled(ranked)}
            for name, ranked in lists.items()
        }
    )


def _scaled(ranked: Ranked) -> list[tuple[int, float]]:
    if not ranked:
        return []
    least = min(score for _, score in ranked)
    span = max(score for _, score in ranked) - least
    return [(id_, (score - least) / span if span else 1.0) for id_, score in ranked]


def _fuse(gifts: Mapping[str, Mapping[int, float]]) -> list[Fused]:
    names = sorted(gifts)
    fused = []
    for id_ in set().union(*gifts.values()):
        parts = tuple((name, gifts[name][id_]) for name in names if id_ in gifts[name])
        fused.append(Fused(id_, math.fsum(gift for _, gift in parts), parts))
    return sorted(fused, key=lambda one: (-one.score, one.id))
