"""Middles: one vector for each document, the mean of those of its passages."""

from __future__ import annotations

import numpy as np

from search.embedder import Vectors
from search.part import Ids
from search.vectors import VectorIndex

BATCH = 20_000
"""Passages whose vectors are held at once: some 30 MB of a common model."""


def middles(index: VectorIndex, documents: Ids) -> Vectors:
    """The direction in which each document lies, in their order.

    Args:
        index: Where the passages are.
        documents: Ids of documents, each once.

    Returns:
        Unit vectors, shape (number of documents, dimension); zeros for a document that the index
        has no passage of.
    """
    sums = np.zeros((len(documents), index.dimension), np.float32)
    if not len(documents):
        return sums
    order = np.argsort(documents)
    ascending = documents[order]
    pairs = index.pairs[np.isin(index.pairs[:, 1], documents)]
    rows = order[np.searchsorted(ascending, pairs[:, 1])]
    for start in range(0, len(pairs), BATCH):
        some = slice(start, start + BATCH)
        np.add.at(sums, rows[some], index.vectors(pairs[some, 0]))
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    np.divide(sums, lengths, out=sums, where=lengths > 0)
    return sums
