"""Refreshed: what a refresh of the search caches did."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    changed: int
    """Search documents that the catalogue made anew."""
    documents: int
    """Documents in the index of words now."""
    passages: int
    """Passages in the index of meaning now."""
    added: int
    """Documents put into the index of words."""
    removed: int
    """Documents taken out of it."""
    embedded: int
    """Texts that the model encoded."""
    hinted: int
    """Tools that were held against the terms of the vocabularies."""
    rebuilt: tuple[str, ...]
    """A sentence for each index that was damaged or of another model, and made anew."""
    written: bool
    """Whether any index file was written."""
    seconds: float

    def then(self, other: Refreshed) -> Refreshed:
        """What this refresh and the one after it did together."""
        return replace(
            other,
            changed=self.changed + other.changed,
            added=self.added + other.added,
            removed=self.removed + other.removed,
            rebuilt=tuple(dict.fromkeys([*self.rebuilt, *other.rebuilt])),
            written=self.written or other.written,
        )


NOTHING = Refreshed(0, 0, 0, 0, 0, 0, 0, (), written=False, seconds=0.0)
"""What a refresh that has not begun did."""
