"""Columns of a table by their headings: which one holds what a source file asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.errors import nearest
from catalogue.text import name_key


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns that are read."""

    at: Mapping[str, int]
    """Position of the column for each field that was found."""
    missing: tuple[str, ...] = ()
    """A sentence for each heading that the table has not, with the nearest that it has."""


def find_columns(header: Sequence[str], wanted: Mapping[str, str]) -> Columns:
    """The columns that a source file names, field by field; case and punctuation do not count."""
    keys = {name_key(heading): at for at, heading in reversed([*enumerate(header)])}
    at = {
        field: keys[name_key(heading)]
        for field, heading in wanted.items()
        if name_key(heading) in keys
    }
    missing = tuple(
        f"There is no column '{heading}' for {field}. {nearest(heading, filter(None, header))}"
        for field, heading in wanted.items()
        if field not in at
    )
    return Columns(at, missing)


def guess_columns(header: Sequence[str], guesses: Mapping[str, Sequence[str]]) -> Columns:
    """The columns by headings that are usual for each field, the most usual first."""
    keys = [name_key(heading) for heading in header]
    at: dict[str, int] = {}
    for field, names in guesses.items():
        usual = (keys.index(name_key(name)) for name in names if name_key(name) in keys)
        position = next((one for one in usual if one not in at.values()), None)
        if position is not None:
            at[field] = position
    return Columns(at)
