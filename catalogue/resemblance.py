"""Resemblance: how like two tools are by aspect, what is alike in them and what differs.

The likeness of an aspect is a cosine of what the pages of both say of it; what is alike and what
differs are values and terms of the catalogue, in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from catalogue.properties import ASSURANCE
from catalogue.rows import ToolDetail
from catalogue.vocabularies import load

ASPECTS: Final = (("does", "does"), ("serves", "serves"), ("claims", "claimed"))
"""Aspects of a tool and how they are called in a likeness."""

_TERMS: Final = (
    *(("use_cases", "use case"), ("settings", "care setting"), ("user_groups", "users")),
)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One tool beside another that it is like."""

    score: float
    """All aspects together, -1 to 1."""
    parts: tuple[tuple[str, float], ...]
    """Likeness by aspect: ("does", 0.62), ("serves", 0.9), ("claimed", 0.2)."""
    missing: tuple[str, ...]
    """Aspects of which the pages of one of the two say nothing; they count for nothing."""
    alike: tuple[str, ...] = ()
    """Terms and values that both have: "care setting Acute hospital"."""
    differs: tuple[str, ...] = ()
    """What they differ in, the other tool's value first: "autonomy A5 against A4"."""
    pairs: tuple[tuple[str, str, str], ...] = ()
    """For each aspect the two passages that are nearest: aspect, this tool's, the other's."""

    def told(self) -> str:
        """Alike and different in one line."""
        alike = ", ".join(self.alike) or "nothing that is stated of both"
        differs = ", ".join(self.differs) or "nothing that is stated of both"
        return f"alike: {alike}; differs: {differs}"

    def likenesses(self) -> str:
        """The likenesses by aspect in words: "does 0.62, serves 0.90, claimed not said"."""
        known = dict(self.parts)
        return ", ".join(
            f"{name} {known[name]:.2f}" if name in known else f"{name} not said"
            for _, name in ASPECTS
        )


def alike(own: ToolDetail, other: ToolDetail) -> tuple[str, ...]:
    """What both tools have: use cases, settings, users, integrations, claims of one dimension."""
    found = [
        f"{label} {term}"
        for vocabulary, label in _TERMS
        for term in _shared(_tags(own, vocabulary), _tags(other, vocabulary))
    ]
    found += [
        f"works with {name}"
        for name in _shared(_values(own, "integration"), _values(other, "integration"))
    ]
    claimed = _shared(_dimensions(own), _dimensions(other))
    return (*found, *(f"both claim {name.lower()}" for name in claimed))


def differs(own: ToolDetail, other: ToolDetail) -> tuple[str, ...]:
    """What the other tool has otherwise; what one of the two does not state is passed over, but
    for settings and assurance, of which the other has or lacks some.
    """
    return tuple(_differences(own, other))


def _differences(own: ToolDetail, other: ToolDetail) -> Iterator[str]:
    if own.row.evidence != other.row.evidence:
        yield f"evidence E{other.row.evidence} against E{own.row.evidence}"
    if own.row.independent != other.row.independent:
        yield f"{'some' if other.row.independent else 'no'} independent evidence"
    levels = own.row.autonomy, other.row.autonomy
    if None not in levels and levels[0] != levels[1]:
        yield f"autonomy A{levels[1]} against A{levels[0]}"
    yield from _apart("also for", _tags(own, "settings"), _tags(other, "settings"))
    for name, label in (("price", "price"), ("data_location", "data kept in")):
        values = _values(own, name), _values(other, name)
        if all(values) and values[0] != values[1]:
            yield f"{label} {'; '.join(values[1])} against {'; '.join(values[0])}"
    yield from _apart("also states", _artefacts(own), _artefacts(other))


def _apart(verb: str, own: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    if more := [one for one in other if one not in own]:
        yield f"{verb} {' and '.join(more)}"
    if less := [one for one in own if one not in other]:
        yield f"no word of {' or '.join(less)}"


def _tags(tool: ToolDetail, vocabulary: str) -> list[str]:
    """Terms that were accepted; a suggestion makes no two tools alike."""
    return [t.label for t in tool.tags if t.vocabulary == vocabulary and t.state == "accepted"]


def _values(tool: ToolDetail, name: str) -> list[str]:
    return [one.value for one in tool.values if one.property == name and one.absence == "yes"]


def _dimensions(tool: ToolDetail) -> list[str]:
    return list(dict.fromkeys(claim.dimension for claim in tool.claims))


def _artefacts(tool: ToolDetail) -> list[str]:
    names = (
        value.property.removeprefix(ASSURANCE)
        for value in tool.values
        if value.property.startswith(ASSURANCE) and value.absence == "yes"
    )
    return [load().label(name) for name in names]


def _shared(own: Sequence[str], other: Sequence[str]) -> list[str]:
    return [one for one in own if one in other]
