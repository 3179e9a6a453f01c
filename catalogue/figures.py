"""Figures of claims, in words: never more precise than what was said."""

from __future__ import annotations

from typing import Final

_UNITS: Final = frozenset({"percent", "points", "minutes", "hours", "days", "gbp", "count", "fte"})


def figure_from(baseline: str, said: str) -> str:
    """A level with the one that it changed from: "from 9% to 6%"; without one, as it is said.

    Args:
        baseline: What the figure is held against, such as `9 percent`, or in other words.
        said: The figure in words.
    """
    number, _, unit = baseline.partition(" ")
    if not said or unit not in _UNITS or not number.replace(".", "", 1).isdigit():
        return said
    before = figure(float(number), float(number), unit, "", "")
    return f"from {before} to {said}"


def figure(low: float | None, high: float | None, unit: str, per: str, hedge: str) -> str:
    """A claim's figure for a person: "up to 2 hours per week", "£1,200 per year".

    Args:
        low: Lower end; None where only an upper bound was said ("up to").
        high: Upper end; equal to `low` for a flat figure.
        unit: Unit code, such as `percent` or `hours`.
        per: Denominator, or `NOT_STATED`.
        hedge: The hedging words, which stand before the figure; "or more" and the like, behind it.
    """
    if low is None and high is None:
        return hedge
    ends = [_number(end) for end in (low, high) if end is not None]
    number = ends[0] if len(set(ends)) == 1 else " to ".join(ends)
    if unit == "gbp":
        said = f"£{number}"
    elif unit == "percent":
        said = f"{number}%"
    else:
        one = number == "1" and unit.endswith("s")
        said = f"{number} {'' if unit == 'count' else unit.removesuffix('s') if one else unit}"
        said = said.strip()
    if low is None and not hedge:
        said = f"up to {said}"
    if per not in {"", "NOT_STATED"}:
        said = f"{said} per {per.replace('_', ' ')}"
    parts = hedge.split(", ")
    before = ", ".join(part for part in parts if not part.startswith("or "))
    behind = " ".join(part for part in parts if part.startswith("or "))
    return f"{before} {said} {behind}".strip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
