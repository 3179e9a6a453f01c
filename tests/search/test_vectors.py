from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.embedder import Vectors
from search.manifest import DamagedError
from search.part import PAIRS_FILE, Ids, Pairs
from search.vectors import LARGE, VectorIndex


def directions(*angles: float) -> Vectors:
    """Unit vectors in the plane, by degrees from the first axis."""
    turns = np.radians(np.array(angles))
    return np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)


def pairs(*rows: tuple[int, int]) -> Pairs:
    return np.array(rows, np.int64).reshape(-1, 2)


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


NORTH = directions(0)[0]


@pytest.fixture
def index() -> VectorIndex:
    made = VectorIndex(2)
    made.add(pairs((11, 1), (12, 1), (21, 2), (31, 3)), directions(80, 10, 20, 40))
    return made


def test_a_document_is_as_near_as_its_nearest_passage(index: VectorIndex) -> None:
    near = index.nearest(NORTH, 3)
    assert [(one.document, one.passage) for one in near] == [(1, 12), (2, 21), (3, 31)]
    assert near[0].score == pytest.approx(np.cos(np.radians(10)), abs=1e-6)


def test_only_allowed_documents_are_found(index: VectorIndex) -> None:
    assert [one.document for one in index.nearest(NORTH, 3, ids(2, 3, 99))] == [2, 3]
    assert index.nearest(NORTH, 3, ids()) == []


def test_ties_are_broken_by_id_also_where_the_list_is_cut() -> None:
    index = VectorIndex(2)
    index.add(pairs(*((100 - n, n) for n in range(40, 0, -1))), directions(*[30] * 40))
    assert [one.document for one in index.nearest(NORTH, 3)] == [1, 2, 3]
    assert [one.document for one in index.nearest(NORTH, 2, ids(*range(7, 40)))] == [7, 8]


def test_many_passages_of_one_document_do_not_crowd_out_the_others() -> None:
    index = VectorIndex(2)
    index.add(pairs(*((n, 1) for n in range(1, 200)), (500, 2)), directions(*[1] * 199, 60))
    assert [one.document for one in index.nearest(NORTH, 2)] == [1, 2]


def test_adding_what_is_there_replaces_it(index: VectorIndex) -> None:
    index.add(pairs((12, 1)), directions(90))
    assert index.passages.tolist() == [11, 12, 21, 31]
    assert [one.document for one in index.nearest(NORTH, 3)] == [2, 3, 1]


def test_removed_passages_are_gone(index: VectorIndex) -> None:
    index.remove(ids(12, 31, 77))
    assert index.pairs.tolist() == [[11, 1], [21, 2]]
    assert [one.document for one in index.nearest(NORTH, 3)] == [2, 1]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    VectorIndex(2).save(tmp_path / "i")
    assert VectorIndex.load(tmp_path / "i").nearest(NORTH, 3) == []


def test_an_index_is_read_as_it_was_saved(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "i")
    again = VectorIndex.load(tmp_path / "i")
    assert again.nearest(NORTH, 3) == index.nearest(NORTH, 3)
    assert np.array_equal(again.of_document(1), directions(80, 10))


def test_files_that_do_not_belong_together_are_refused(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "i")
    np.save(tmp_path / "i" / LARGE / PAIRS_FILE, pairs((11, 1)))
    with pytest.raises(DamagedError, match="belong together"):
        VectorIndex.load(tmp_path / "i")


def test_a_truncated_file_is_refused(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "i")
    (tmp_path / "i" / LARGE / "vectors.faiss").write_bytes(b"IxM2")
    with pytest.raises(DamagedError, match="cannot be read"):
        VectorIndex.load(tmp_path / "i")


@settings(max_examples=50, deadline=None)
@given(
    owners=st.lists(st.integers(1, 12), min_size=1, max_size=60),
    angles=st.lists(st.sampled_from([0, 15, 15.5, 30, 90, 170]), min_size=60, max_size=60),
    allowed=st.none() | st.sets(st.integers(1, 14)),
    limit=st.integers(1, 15),
)
def test_nearest_is_what_comparing_everything_gives(
    owners: list[int], angles: list[float], allowed: set[int] | None, limit: int
) -> None:
    index = VectorIndex(2)
    rows = pairs(*((n, owner) for n, owner in enumerate(owners, start=1)))
    vectors = directions(*angles[: len(owners)])
    index.add(rows, vectors)
    best: dict[int, tuple[float, int, int]] = {}
    for (passage, owner), score in zip(rows.tolist(), (vectors @ NORTH).round(6), strict=True):
        if allowed is None or owner in allowed:
            best[owner] = min(best.get(owner, (2.0, 0, 0)), (-float(score), owner, passage))
    expected = [(owner, passage) for _, owner, passage in sorted(best.values())[:limit]]
    found = index.nearest(NORTH, limit, None if allowed is None else ids(*sorted(allowed)))
    assert [(one.document, one.passage) for one in found] == expected
