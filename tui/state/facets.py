"""The lines of the filter pane: headings, choices with counts, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.rows import FACETS, FacetCount, Filters
from tui.state.wording import number

SHORT = 8
"""Choices shown of a long facet until the reader types to find one."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One line: a heading, a choice, or how many choices are left out."""

    kind: Literal["heading", "choice", "more"]
    facet: str
    code: str
    label: str
    count: str = ""
    chosen: bool = False


def facet_lines(
    counts: Sequence[FacetCount], filters: Filters, find: str = "", *, stale: bool = False
) -> list[FacetLine]:
    """The lines for these counts, narrowed to labels that hold `find`.

    Long facets show their most frequent choices; what is chosen is always shown. Counts that
    are being worked out anew carry a "~".
    """
    wanted = find.casefold().split()
    lines: list[FacetLine] = []
    for facet, title in FACETS:
        held = filters.of(facet)
        choices = [
            count
            for count in counts
            if count.facet == facet
            and (count.count or count.code in held)
            and all(word in count.label.casefold() for word in wanted)
        ]
        shown = choices if wanted else list(_first(choices, held))
        if not choices:
            continue
        lines.append(FacetLine("heading", facet, "", title))
        lines += [
            FacetLine(
                "choice",
                facet,
                count.code,
                count.label,
                ("~" if stale else "") + number(count.count),
                count.code in held,
            )
            for count in shown
        ]
        if left := len(choices) - len(shown):
            lines.append(FacetLine("more", facet, "", f"{number(left)} more: type to find"))
    return lines


def _first(choices: Sequence[FacetCount], held: frozenset[str]) -> Iterator[FacetCount]:
    """What is chosen and the `SHORT` most frequent; the order is the one given."""
    frequent = sorted(choices, key=lambda count: -count.count)[:SHORT]
    keep = {count.code for count in frequent} | held
    return (count for count in choices if count.code in keep)
