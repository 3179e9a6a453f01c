"""The columns of the list of tools, and how many of them fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.rows import ToolRow
from tui.state.wording import day, stars

ESSENTIAL = 4
"""Columns of a lower rank than this are shown narrow rather than not at all."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: at least `least` cells wide, `good` where there is room, `most` where there is
    plenty; the highest `rank` is dropped first.
    """

    title: str
    least: int
    good: int
    most: int
    rank: int
    text: Callable[[ToolRow], str]


COLUMNS: tuple[Column, ...] = (
    Column("Name", 18, 24, 44, 0, lambda row: row.name),
    Column("Supplier", 14, 22, 34, 2, lambda row: row.supplier),
    Column("Use case", 16, 26, 38, 3, lambda row: row.use_case or "not stated"),
    Column("Setting", 12, 18, 22, 6, lambda row: row.setting or "not stated"),
    Column("Evidence", 8, 8, 8, 1, lambda row: stars(row.evidence)),
    Column("Indep.", 6, 6, 6, 5, lambda row: "yes" if row.independent else "no"),
    Column("Claims", 6, 6, 6, 7, lambda row: f"{row.claims:>4}"),
    Column("Shortlist", 12, 12, 24, 4, lambda row: ", ".join(row.shortlists)),
    Column("Last seen", 11, 11, 11, 8, lambda row: day(row.last_seen)),
)

GAP = 2
"""Cells between two columns."""


def fit_columns(columns: Sequence[Column], width: int) -> list[tuple[int, int]]:
    """Which columns are shown in `width` cells, as (index, cells), in their order.

    A column that is not essential is shown only where all that rank before it have a good
    width. What is left over is shared out to those that can grow; the first column always
    stays and takes the rest.
    """
    ranked = sorted(range(len(columns)), key=lambda index: columns[index].rank)
    kept = [ranked[0]]
    for index in ranked[1:]:
        more = [*kept, index]
        essential = columns[index].rank < ESSENTIAL
        if _total(columns, more, "least" if essential else "good") <= width:
            kept = more
    kept.sort()
    roomy = _total(columns, kept, "good") <= width
    cells = {i: columns[i].good if roomy else columns[i].least for i in kept}
    spare = width - sum(cells.values()) - GAP * (len(kept) - 1)
    while spare > 0 and (growing := [i for i in kept if cells[i] < columns[i].most]):
        for index in growing[:spare]:
            cells[index] += 1
        spare -= len(growing[:spare])
    if spare:
        cells[kept[0]] = max(1, cells[kept[0]] + spare)
    return [(index, cells[index]) for index in kept]


def _total(columns: Sequence[Column], kept: Sequence[int], size: Literal["least", "good"]) -> int:
    cells = (columns[i].good if size == "good" else columns[i].least for i in kept)
    return sum(cells) + GAP * (len(kept) - 1)
