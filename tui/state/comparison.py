"""Comparison: two records side by side, and where they differ. Plain data, no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.text import name_key

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One label with the values of both records."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the values differ by more than case, spaces and punctuation."""
        return name_key(self.left) != name_key(self.right)


def compare(left: Facts, right: Facts) -> list[Row]:
    """The rows of two records; what neither of them says is left out."""
    others = dict(right)
    labels = dict.fromkeys(label for label, _ in (*left, *right))
    ours = dict(left)
    rows = (Row(label, ours.get(label, ""), others.get(label, "")) for label in labels)
    return [row for row in rows if row.left or row.right]


def points(parts: Sequence[tuple[str, float]]) -> str:
    """The parts of a score in a line: "words +4.6, version -1.7"."""
    return ", ".join(f"{name} {value:+.1f}" for name, value in parts)
