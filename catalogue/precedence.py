"""Precedence: of everything that is said for one property, what is shown.

The written precedence, for one property among the current statements (those that their document
still makes):

1. what the page gives stands before what it says it has not, and that before silence and before
   "looked, not found";
2. the voice: for assurance a regulator before government before anybody else; for everything
   else the supplier, who knows the product best and is named beside the value;
3. the tool's own page before other pages;
4. the reader's confidence;
5. the newest statement;
6. the address of the page and the place on it, so that the order of reading never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from catalogue.identity import address
from catalogue.properties import ASSURANCE, property_named

ABSENCE = ("yes", "no", "not_stated", "looked_not_found")
ASSURANCE_VOICES = ("VOICE_REGULATOR", "VOICE_GOV")
VOICES = ("VOICE_SUPPLIER",)


class Spoken(NamedTuple):
    """A current statement on a tool, with the address of its document."""

    id: int
    property: str
    value: str
    original: str
    absence: str
    quote: str
    place: str
    confidence: float
    voice: str
    first_seen: datetime
    url: str


def shown(statements: Iterable[Spoken], homes: frozenset[str]) -> dict[str, list[Spoken]]:
    """What is shown of one tool: by property, one statement, or all different values of a
    property that has many.

    Args:
        statements: All current statements on the tool, in any order.
        homes: Addresses of its own pages (`catalogue.identity.address`).
    """
    by_property: dict[str, list[Spoken]] = defaultdict(list)
    for one in sorted(statements, key=lambda one: _rank(one, homes)):
        by_property[one.property].append(one)
    return {
        name: _different(rows) if property_named(name).many else rows[:1]
        for name, rows in by_property.items()
    }


def _rank(one: Spoken, homes: frozenset[str]) -> tuple[object, ...]:
    voices = ASSURANCE_VOICES if one.property.startswith(ASSURANCE) else VOICES
    return (
        ABSENCE.index(one.absence),
        voices.index(one.voice) if one.voice in voices else len(voices),
        address(one.url) not in homes,
        -one.confidence,
        -one.first_seen.timestamp(),
        len(one.url),
        one.url,
        one.place,
        one.value,
        one.voice,
    )


def _different(rows: list[Spoken]) -> list[Spoken]:
    """The values without repeats; that there is none is shown only where nobody gives one."""
    values: dict[str, Spoken] = {}
    for one in rows:
        if one.absence == "yes":
            values.setdefault(one.value.casefold(), one)
    return list(values.values()) or rows[:1]
