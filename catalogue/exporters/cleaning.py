"""Cleaning: every text of the rows that are exported, in one place for all formats."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from catalogue.text import clean

Known = TypeVar("Known")


def cleaned(value: Known) -> Known:
    """The same rows with every text in them cleaned: no format has to think of it."""
    known: Any = value
    if isinstance(known, str):
        known = clean(known)
    elif isinstance(known, tuple):
        known = tuple(cleaned(part) for part in known)
    elif is_dataclass(known) and not isinstance(known, type):
        parts = {part.name: cleaned(getattr(known, part.name)) for part in fields(known)}
        known = replace(known, **parts)
    result: Known = known
    return result
