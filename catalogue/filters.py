"""Filters: what the reader narrowed the list to, as plain codes. `catalogue.fields` reads and says
them in words; `catalogue.queries.conditions` asks the database for them.
"""

from __future__ import annotations

from dataclasses import dataclass

Chosen = tuple[tuple[str, frozenset[str]], ...]
"""Pairs of a field and the codes of which one must hold, ordered by field."""


@dataclass(frozen=True, slots=True)
class Filters:
    """For each field, the codes of which one must hold, and those of which none may.

    Fields are the names of `FACETS` and of `catalogue.fields`. An empty set means no narrowing.
    Clinical tools (SC_CLINICAL_OUT) are left out unless `scope` asks for them.
    """

    chosen: Chosen = ()
    excluded: Chosen = ()

    def of(self, field: str) -> frozenset[str]:
        """Codes chosen for one field; empty when it does not narrow."""
        return dict(self.chosen).get(field, frozenset())

    def toggled(self, field: str, code: str) -> Filters:
        """These filters with one chosen code switched on or off."""
        codes = dict(self.chosen)
        codes[field] = self.of(field) ^ {code}
        return Filters(_ordered(codes), self.excluded)

    def both(self, other: Filters) -> Filters:
        """What passes these filters and, as far as codes can say it, the other ones: the codes
        of a field that both choose are joined, as those of one field are.
        """
        return Filters(_joined(self.chosen, other.chosen), _joined(self.excluded, other.excluded))

    def less(self, field: str, code: str) -> Filters:
        """These filters without one code of a field, chosen or excluded."""
        return Filters(_less(self.chosen, field, code), _less(self.excluded, field, code))

    def count(self) -> int:
        """How many codes narrow the list."""
        return sum(len(held) for _, held in (*self.chosen, *self.excluded))


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One line of a facet: how many tools of the present list carry the code."""

    facet: str
    code: str
    label: str
    count: int


FACETS: tuple[tuple[str, str], ...] = (
    ("use_case", "Use case"),
    ("setting", "Care setting"),
    ("evidence", "Evidence"),
    ("autonomy", "Autonomy"),
    ("scope", "Scope"),
    ("supplier", "Supplier"),
)
"""Facets in the order shown: name, label."""


def _ordered(codes: dict[str, frozenset[str]]) -> Chosen:
    return tuple(sorted((name, held) for name, held in codes.items() if held))


def _less(held: Chosen, field: str, code: str) -> Chosen:
    return _ordered({name: codes - {code} if name == field else codes for name, codes in held})


def _joined(one: Chosen, other: Chosen) -> Chosen:
    codes = dict(one)
    for name, held in other:
        codes[name] = codes.get(name, frozenset()) | held
    return _ordered(codes)
