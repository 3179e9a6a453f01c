"""Likeness: what records say of themselves, and a score that can be told as its parts."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import exp
from typing import Final

THRESHOLD: Final = 0.5
"""Score from which on a pair is put before a person. Nothing is joined by a score."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a record says of itself, as far as it tells whether two are one."""

    names: tuple[str, ...] = ()
    """Its name, then others by which it is known."""
    suppliers: tuple[str, ...] = ()
    """Of a tool: names of the organisation that sells it."""
    text: str = ""
    identifiers: frozenset[tuple[str, str]] = frozenset()
    """Pairs of scheme and value, each of which belongs to one record only."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score."""

    name: str
    value: float
    points: float
    """What it adds to the sum, or takes from it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are."""

    score: float
    """From 0 to 1."""
    parts: tuple[Part, ...]
    """What counts, the weightiest first."""
    shared: tuple[tuple[str, str], ...] = ()
    """Identifiers that both have: one is enough to say that they are the same."""


def likeness(
    bias: float,
    points: Mapping[str, float],
    values: Mapping[str, float],
    shared: AbstractSet[tuple[str, str]] = frozenset(),
) -> Likeness:
    """The logistic of the sum of all parts: each value with the points for one of it."""
    parts = [Part(name, value, points[name] * value) for name, value in values.items() if value]
    total = bias + sum(part.points for part in parts)
    parts.sort(key=lambda part: (-abs(part.points), part.name))
    return Likeness(1 / (1 + exp(-total)), tuple(parts), tuple(sorted(shared)))
