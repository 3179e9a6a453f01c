"""Frozen rows of saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedSearchRow:
    """A question that is asked again."""

    name: str
    query: str
    """As it would be typed."""
    saved_by: str
    saved_at: datetime
    seen_at: datetime | None = None
    """When this reviewer last looked at what it finds; None when never."""
    seen: frozenset[int] = frozenset()
    """Every tool that this reviewer has seen it find."""
    last: tuple[int, ...] = ()
    """What it found when this reviewer last looked, in order."""


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search finds, held against what its reader saw before."""

    search: SavedSearchRow
    found: tuple[int, ...]
    """Tools that it finds now, in order."""
    new: tuple[int, ...]
    """Those that it never found before a look of this reviewer."""
    changed: tuple[int, ...]
    """Those that were seen, and of which something changed since."""
    gone: tuple[int, ...]
    """Tools of the last look that it does not find any more."""

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.new or self.changed or self.gone)
