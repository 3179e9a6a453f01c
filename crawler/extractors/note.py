"""A note: what an extractor met and could not use, for a person to see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One surprise on a page: an unknown label, a row that cannot be read."""

    text: str
    """One line for a person."""
