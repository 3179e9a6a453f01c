"""Prepared models: what `search.model` has made ready under `indexes/models`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from search.manifest import DamagedError, read_manifest
from search.model import is_prepared


@dataclass(frozen=True, slots=True)
class Prepared:
    """A model that is ready to run."""

    key: str
    """Name and fingerprint."""
    folder: Path
    size: int
    """Bytes on the disk."""
    dimension: int
    """Numbers in a vector."""
    max_tokens: int
    """Word pieces of a text that are read; the rest is left out."""
    difference: float
    """Largest difference between a number of a vector and the original model's."""


def prepared(models: Path) -> list[Prepared]:
    """The models under this folder that are there and whole, by name."""
    found = []
    for folder in sorted(models.glob("*/")):
        try:
            found.append(describe(folder))
        except DamagedError:  # It is made anew when it is asked for.
            continue
    return found


def describe(folder: Path) -> Prepared:
    """The prepared model in this folder.

    Raises:
        DamagedError: it is not there, or not whole.
    """
    entries = read_manifest(folder / "manifest.json")
    if entries is None or not is_prepared(folder, folder.name):
        raise DamagedError(f"{folder.name} is not there or not whole")
    return Prepared(
        key=folder.name,
        folder=folder,
        size=sum(path.stat().st_size for path in folder.iterdir()),
        dimension=entries["dimension"],
        max_tokens=entries["max_tokens"],
        difference=entries["difference"],
    )
