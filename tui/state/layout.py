"""Which panes are shown: worked out from the size of the terminal and from what was opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Side = Literal["facets", "detail"]

SMALLEST = (80, 24)
"""Columns and lines below which nothing is shown but the wish for more."""
NORMAL = 100
"""Columns from which one pane stands beside the list."""
WIDE = 160
"""Columns from which both panes do."""


@dataclass(frozen=True, slots=True)
class Panes:
    """Columns of each pane; 0 is hidden. The list takes what is left unless it is hidden."""

    too_small: bool = False
    table: bool = True
    facets: int = 0
    detail: int = 0
    pages: int = 0
    """Lines for the pages that match, where there are some."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the reader opened, latest first, and whether the latest is in front of the list."""

    open: tuple[Side, ...] = ("detail", "facets")
    front: bool = False

    def arrange(self, width: int, height: int) -> Panes:
        """The panes for a terminal of so many columns and lines."""
        if width < SMALLEST[0] or height < SMALLEST[1]:
            return Panes(too_small=True, table=False)
        pages = 3 if height < 32 else 6  # noqa: PLR2004 - lines of a laptop's terminal
        if width >= WIDE:
            return Panes(
                facets=32 if "facets" in self.open else 0,
                detail=max(60, width * 31 // 100) if "detail" in self.open else 0,
                pages=pages,
            )
        first = self.open[0] if self.open else None
        if width >= NORMAL:
            return Panes(
                facets=32 if first == "facets" else 0,
                detail=max(54, width * 42 // 100) if first == "detail" else 0,
                pages=pages,
            )
        if not self.front or first is None:
            return Panes(pages=pages)
        if first == "detail":
            return Panes(table=False, detail=width)
        return Panes(facets=32, pages=pages)

    def shown(self, side: Side, width: int) -> bool:
        """Whether a pane is to be seen at this width."""
        panes = self.arrange(width, SMALLEST[1])
        return bool(panes.facets if side == "facets" else panes.detail)

    def raised(self, side: Side) -> Layout:
        """With this pane opened, before all others."""
        return Layout((side, *(other for other in self.open if other != side)), front=True)

    def toggled(self, side: Side, width: int) -> Layout:
        """With this pane closed where it is to be seen, opened otherwise."""
        if not self.shown(side, width):
            return self.raised(side)
        return Layout(tuple(other for other in self.open if other != side))

    def lowered(self, width: int) -> Layout:
        """Back to the list: nothing in front of it; filters give way to the detail."""
        if NORMAL <= width < WIDE and self.open[:1] == ("facets",):
            return Layout((*self.open[1:], "facets"))
        return replace(self, front=False)
