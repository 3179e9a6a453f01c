"""Opened: the generation of both indexes that is open for searching, and what of it is at fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search import generation
from search.lexical import WordIndex
from search.manifest import DamagedError, seen
from search.vectors import VectorIndex

Stamp = tuple[tuple[int, int, int] | None, ...]
"""When files were last written, their sizes and numbers; None for one that is not there."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The generation that is open, and what of it cannot be used."""

    stamp: Stamp
    files: tuple[Path, ...] = ()
    """Those that it was opened from."""
    model: str = ""
    words: WordIndex | None = None
    vectors: VectorIndex | None = None
    faults: tuple[str, ...] = ()


def stamp_of(folder: Path, files: Iterable[Path]) -> Stamp:
    """The stamp of the manifest in a folder and of these files."""
    return tuple(map(seen, (folder / generation.MANIFEST, *files)))


def open_generation(folder: Path) -> Opened:
    """Open what the manifest in a folder names; what cannot be used is said as a fault."""
    stamp = stamp_of(folder, ())
    try:
        now = generation.current(folder)
    except DamagedError as error:
        return Opened(stamp, faults=(f"The search index is damaged: {error}.",))
    if now is None:
        return Opened(stamp, faults=("There is no search index yet.",))
    files = tuple(now.files(folder))
    stamp = (*stamp, *map(seen, files))
    words, vectors, faults = None, None, []
    try:
        words = now.open_words(folder)
    except DamagedError as error:
        faults.append(f"The index of words is damaged: {error}.")
    try:
        vectors = now.open_vectors(folder)
    except DamagedError as error:
        faults.append(f"The index of meaning is damaged: {error}.")
    return Opened(stamp, files, now.model, words, vectors, tuple(faults))
