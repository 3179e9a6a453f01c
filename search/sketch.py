"""Sketches: one bit for each number of a vector, by which a million are looked through quickly.

A sketch gives an estimate of every cosine from a 24th of the bytes; whoever asks compares the best
by their vectors. It depends on its own vector alone, not on what else is held or in which order, so
an index that grew step by step estimates as one made at once. The method is RaBitQ (Gao and Long,
SIGMOD 2024), around the origin.
"""

from __future__ import annotations

from math import pi, sqrt
from pathlib import Path
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from search.embedder import Vectors
from search.manifest import DamagedError

Estimates = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
"""Numbers of rows, from 0."""


def spread(dimension: int) -> float:
    """Standard deviation of an estimate: sqrt((1 - c^2) / c^2 / dimension) where c^2 = 2 / pi, c
    being the mean cosine between a vector and its signs (theorem 3.2 of the paper).
    """
    return sqrt((pi / 2 - 1) / dimension)


class Sketch:
    """The sketches of some vectors, by row."""

    def __init__(self, held: faiss.IndexRaBitQFastScan) -> None:
        self._held = held

    @classmethod
    def of(cls, vectors: Vectors) -> Self:
        """Sketch vectors of unit length."""
        held = faiss.IndexRaBitQFastScan(vectors.shape[1], faiss.METRIC_INNER_PRODUCT)
        # Nothing is learned: the centre that training would find is the origin instead.
        faiss.copy_array_to_vector(np.zeros(vectors.shape[1], np.float32), held.center)
        held.is_trained = True
        held.add(vectors)
        return cls(held)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises DamagedError."""
        try:
            held = faiss.read_index(str(path))
        except RuntimeError as error:
            raise DamagedError(f"{path.name} cannot be read ({error})") from error
        if not isinstance(held, faiss.IndexRaBitQFastScan):
            raise DamagedError(f"{path.name} holds something else")
        return cls(held)

    def save(self, path: Path) -> None:
        """Write them to a file; not atomic."""
        faiss.write_index(self._held, str(path))

    def __len__(self) -> int:
        return int(self._held.ntotal)

    def likeliest(self, vector: npt.NDArray[np.float32], count: int) -> tuple[Estimates, Places]:
        """The `count` rows with the greatest estimates, or all; greatest first."""
        count = min(count, len(self))
        estimates, places = self._held.search(vector[np.newaxis], count)
        return estimates[0], places[0]
