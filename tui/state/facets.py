"""The lines of the filter pane: headings, choices with counts, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalogue.fields import field_of
from catalogue.rows import FACETS, FacetCount, Filters
from catalogue.text import organisation_key
from tui.state.wording import number

SHORT = 8
"""Choices shown of a long facet until the reader types to find one."""

ASKED = "Asked in the line"
"""Heading over what the search line narrows to and no facet shows."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One line: a heading, a choice, or how many choices are left out."""

    kind: Literal["heading", "choice", "more"]
    facet: str
    code: str
    label: str
    count: str = ""
    chosen: bool = False
    excluded: bool = False
    """Whether it is kept away, which only the search line can ask."""


def facet_lines(
    counts: Sequence[FacetCount], filters: Filters, find: str = "", *, stale: bool = False
) -> list[FacetLine]:
    """The lines for these counts, narrowed to labels that hold `find`.

    Long facets show their most frequent choices; what is chosen is always shown, also where only
    the search line can choose it. Counts that are being worked out anew carry a "~".
    """
    wanted = find.casefold().split()
    lines: list[FacetLine] = []
    seen: set[tuple[str, str]] = set()
    for facet, title in FACETS:
        means = _Meaning(facet, filters.of(facet))
        choices = [
            count
            for count in counts
            if count.facet == facet
            and (count.count or means.held(count))
            and all(word in count.label.casefold() for word in wanted)
        ]
        shown = choices if wanted else list(_first(choices, means))
        if not choices:
            continue
        lines.append(FacetLine("heading", facet, "", title))
        for count in shown:
            held = means.held(count)
            seen.add((facet, held))
            told = ("~" if stale else "") + number(count.count)
            code = held or count.code
            lines.append(FacetLine("choice", facet, code, count.label, told, bool(held)))
        if left := len(choices) - len(shown):
            lines.append(FacetLine("more", facet, "", f"{number(left)} more: type to find"))
    asked = [] if wanted else list(_asked(filters, seen))
    return [*([FacetLine("heading", "", "", ASKED)] if asked else []), *asked, *lines]


class _Meaning:
    """Which of the codes that are held mean a choice; a supplier may be held by its name."""

    def __init__(self, facet: str, codes: frozenset[str]) -> None:
        self._codes = {code: code for code in codes}
        named = facet == "supplier"
        self._named = {organisation_key(one): one for one in codes} if named else {}

    def held(self, count: FacetCount) -> str:
        """The code that means the choice; "" where none is held."""
        if count.code in self._codes:
            return count.code
        return self._named.get(organisation_key(count.label), "") if self._named else ""


def _first(choices: Sequence[FacetCount], means: _Meaning) -> Iterator[FacetCount]:
    """What is chosen and the `SHORT` most frequent; the order is the one given."""
    frequent = sorted(choices, key=lambda count: -count.count)[:SHORT]
    keep = {count.code for count in frequent}
    return (count for count in choices if count.code in keep or means.held(count))


def _asked(filters: Filters, seen: set[tuple[str, str]]) -> Iterator[FacetLine]:
    """What narrows and is not among the choices shown."""
    for name, codes in filters.chosen:
        for code in sorted(codes):
            if (name, code) not in seen:
                yield FacetLine("choice", name, code, _said(name, code), chosen=True)
    for name, codes in filters.excluded:
        for code in sorted(codes):
            label = f"not {_said(name, code)}"
            yield FacetLine("choice", name, code, label, chosen=True, excluded=True)


def _said(name: str, code: str) -> str:
    field = field_of(name)
    return f"{field.name}: {field.label(code)}"
