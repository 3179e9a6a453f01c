"""The middle of a document's passages."""

from __future__ import annotations

import numpy as np
import pytest

from search import middles as module
from search.middles import middles
from search.vectors import VectorIndex


@pytest.mark.parametrize("batch", [1, 100])
def test_gives_each_document_the_direction_of_its_passages(
    monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(module, "BATCH", batch)
    index = VectorIndex(2)
    pairs = np.array([[1, 7], [2, 9], [3, 7], [4, 8]], np.int64)
    index.add(pairs, np.array([[1, 0], [0, 1], [0, 1], [-1, 0]], np.float32))
    found = middles(index, np.array([9, 5, 7], np.int64))
    half = np.sqrt(0.5)
    assert found == pytest.approx(np.array([[0, 1], [0, 0], [half, half]]))
    assert found.dtype == np.float32


def test_of_no_document_there_is_none() -> None:
    assert middles(VectorIndex(3), np.empty(0, np.int64)).shape == (0, 3)
