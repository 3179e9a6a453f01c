"""Verification: how the search caches are out of step with the catalogue, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from catalogue.documents import SearchDocument
from search import lexical
from search.embedder import Vectors
from search.lexical import Ids, WordIndex
from search.part import Pairs
from search.vectors import VectorIndex


def difference(things: str, index: str, wanted: Ids, held: Ids) -> list[str]:
    """Which ids an index lacks, and which it has that nothing in the catalogue has."""
    said = []
    if missing := len(np.setdiff1d(wanted, held)):
        said.append(f"{missing} {things} are missing from the index of {index}.")
    if extra := len(np.setdiff1d(held, wanted)):
        said.append(f"{extra} {things} in the index of {index} are not in the catalogue.")
    return said


def reworded(documents: Iterable[SearchDocument], words: WordIndex) -> list[str]:
    """Whether the index of words holds other words of some of these documents."""
    held = words.fingerprints()
    others = sum(
        1
        for document in documents
        if document.id in held and held[document.id] != lexical.fingerprint(document)
    )
    return [f"{others} documents in the index of words say something else."] if others else []


def strayed(stored: Iterable[tuple[Pairs, Vectors]], vectors: VectorIndex) -> list[str]:
    """Whether some vectors of the index are not those that the catalogue has: `stored`, passages
    with their documents, and their vectors.
    """
    same = 0
    for rows, values in stored:
        same += int((vectors.vectors(rows[:, 0]) == values).all(axis=1).sum())
    others = len(vectors.passages) - same
    return [f"{others} vectors are not those of the catalogue."] if others else []
