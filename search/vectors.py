"""The index of meaning: FAISS, one vector for each passage, compared exactly.

Exact comparison of all vectors takes some 12 ms for 100,000 passages and lets a filter be applied
inside FAISS without losing anything; approximate indexes lose most of their recall under a narrow
filter. faiss is used in this file alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
import numpy.typing as npt

from search.embedder import Vectors
from search.manifest import DamagedError

Ids = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""Shape (n, 2): passage id, document id."""

KIND = "exact"
"""How vectors are compared; stated in the manifest."""

VECTORS_FILE = "vectors.faiss"
PAIRS_FILE = "passages.npy"
FILES = (VECTORS_FILE, PAIRS_FILE)

_DECIMALS = 6
"""Similarities nearer than this are ties: single precision tells no more."""


class Near(NamedTuple):
    """One document, and which of its passages is nearest."""

    document: int
    score: float
    """Cosine similarity of that passage, -1 to 1."""
    passage: int


class VectorIndex:
    """An index of passages by meaning. Searching is safe from several threads; changing is not."""

    def __init__(self, dimension: int) -> None:
        """Make an empty index for vectors of this many numbers."""
        self._faiss = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._pairs: Pairs = np.empty((0, 2), np.int64)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """Read the index in `folder`.

        Raises:
            DamagedError: it cannot be read, or its files do not belong together.
        """
        try:
            held = faiss.read_index(str(folder / VECTORS_FILE))
            pairs = np.load(folder / PAIRS_FILE, allow_pickle=False)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            raise DamagedError(f"it cannot be read ({error})") from error
        if not isinstance(held, faiss.IndexIDMap2) or not np.array_equal(
            np.sort(faiss.vector_to_array(held.id_map)), pairs[:, 0]
        ):
            raise DamagedError(f"{VECTORS_FILE} and {PAIRS_FILE} do not belong together")
        index = cls(held.d)
        index._faiss, index._pairs = held, pairs
        return index

    def save(self, folder: Path) -> None:
        """Write the index into `folder`; not atomic, so the folder must not be in use."""
        faiss.write_index(self._faiss, str(folder / VECTORS_FILE))
        np.save(folder / PAIRS_FILE, self._pairs, allow_pickle=False)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._faiss.d)

    @property
    def passages(self) -> Ids:
        """Ids of all passages, ascending."""
        return self._pairs[:, 0]

    @property
    def pairs(self) -> Pairs:
        """Passages and their documents, ascending."""
        return self._pairs

    def remove(self, passages: Ids) -> None:
        """Take passages out; unknown ids are passed over."""
        self._faiss.remove_ids(faiss.IDSelectorBatch(passages))
        self._pairs = self._pairs[~np.isin(self._pairs[:, 0], passages)]

    def add(self, pairs: Pairs, vectors: Vectors) -> None:
        """Put passages in, taking out what had their ids: FAISS would keep both."""
        self.remove(pairs[:, 0])
        self._faiss.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.ascontiguousarray(pairs[:, 0])
        )
        joined = np.concatenate([self._pairs, pairs])
        self._pairs = joined[np.argsort(joined[:, 0])]

    def vectors(self, passages: Ids) -> Vectors:
        """Vectors of these passages, in order; all must be held."""
        return self._faiss.reconstruct_batch(np.ascontiguousarray(passages))

    def of_document(self, document: int) -> Vectors:
        """Vectors of a document's passages, shape (number of passages, dimension)."""
        return self.vectors(self._pairs[self._pairs[:, 1] == document, 0])

    def nearest(
        self, vector: npt.NDArray[np.float32], limit: int, allowed: Ids | None = None
    ) -> list[Near]:
        """Documents by their nearest passage, nearest first; ties by id.

        `vector` has shape (dimension,) and unit length; `allowed` are the documents that may be
        found, None means all.
        """
        selected = self._selected(allowed)
        count = len(self._pairs) if selected is None else len(selected)
        if count == 0 or limit <= 0:
            return []
        parameters = faiss.SearchParameters()
        if selected is not None:
            selector = _bitmap(selected)  # FAISS keeps a pointer to it: it must outlive the search.
            parameters.sel = selector
        fetch = 4 * limit
        while True:
            fetch = min(fetch, count)
            scores, passages = self._faiss.search(vector[np.newaxis], fetch, params=parameters)
            found = self._by_document(passages[0], scores[0].round(_DECIMALS))
            if fetch == count:
                return found[:limit]
            # Beyond the last passage fetched there may be ties, so it must lie below the cut.
            if len(found) >= limit and found[limit - 1].score > scores[0, -1].round(_DECIMALS):
                return found[:limit]
            fetch *= 4

    def _selected(self, allowed: Ids | None) -> Ids | None:
        """Passages of the allowed documents, ascending; None when that is all of them."""
        if allowed is None:
            return None
        passes = np.isin(self._pairs[:, 1], allowed)
        return None if passes.all() else self._pairs[passes, 0]

    def _by_document(self, passages: Ids, scores: npt.NDArray[np.float32]) -> list[Near]:
        documents = self._pairs[np.searchsorted(self._pairs[:, 0], passages), 1]
        best: dict[int, Near] = {}
        for at in np.lexsort((passages, -scores)):
            document = int(documents[at])
            best.setdefault(document, Near(document, float(scores[at]), int(passages[at])))
        return sorted(best.values(), key=lambda near: (-near.score, near.document))


def _bitmap(ids: Ids) -> faiss.IDSelectorBitmap:
    bits = np.zeros(int(ids[-1]) + 1, bool)
    bits[ids] = True
    packed = np.packbits(bits, bitorder="little")
    # The stub has the signature of C++; in Python the one argument is the array, and is held.
    return faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg, arg-type]
