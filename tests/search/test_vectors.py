from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.settings import SearchSettings
from search import vectors
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


def unit(count: int, seed: int) -> Vectors:
    """Random directions in 32 dimensions, in clusters."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(20, 32))
    rows = centres[random.integers(0, 20, count)] + random.normal(size=(count, 32)) / 2
    found: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


def of_three(count: int) -> Pairs:
    """Passages 1 to `count`, three to a document."""
    return np.stack([np.arange(1, count + 1), np.arange(count) // 3 + 1], axis=1)


def loaded(index: VectorIndex, folder: Path, exact_up_to: int) -> VectorIndex:
    index.exact_up_to = exact_up_to
    index.save(folder)
    return VectorIndex.load(folder, exact_up_to)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1])
def test_sketches_find_what_comparing_everything_finds(tmp_path: Path, share: float) -> None:
    made = VectorIndex(32)
    made.add(of_three(6000), unit(6000, 1))
    sketched = loaded(made, tmp_path / "sketched", 100)
    assert (made.kind, sketched.kind) == ("sketched", "sketched")
    allowed = None if share == 1 else np.arange(1, 2001, int(1 / share))
    exact = VectorIndex.load(tmp_path / "sketched", 6000)
    right = [exact.nearest(asked, 10, allowed) for asked in unit(20, 2)]
    found = [sketched.nearest(asked, 10, allowed) for asked in unit(20, 2)]
    same = sum(len({*some} & {*best}) for some, best in zip(found, right, strict=True))
    assert same >= 0.99 * 200


def test_the_settings_begin_with_what_was_measured() -> None:
    assert SearchSettings().exact_up_to == vectors.EXACT_UP_TO


def test_a_narrow_filter_is_exact_also_where_there_are_sketches(tmp_path: Path) -> None:
    made = VectorIndex(32)
    made.add(of_three(3000), unit(3000, 1))
    index = loaded(made, tmp_path / "i", 100)
    own = index.of_document(700)[1]
    (best,) = index.nearest(own, 1, ids(3, 700, 900))
    assert (best.document, best.passage) == (700, 2099)
    assert best.score == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("exact_up_to", [10_000, 100])
def test_the_large_part_is_carried_on_and_answers_are_those_of_one_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact_up_to: int
) -> None:
    monkeypatch.setattr(vectors, "_WHOLE_UP_TO", 100)
    grown, rows, values = VectorIndex(32), of_three(3000), unit(3000, 1)
    grown.add(rows[:2800], values[:2800])
    inodes = set()
    for step in range(6):
        index = loaded(grown, tmp_path / str(step), exact_up_to)
        inodes.add((tmp_path / str(step) / LARGE / "vectors.faiss").stat().st_ino)
        index.remove(np.arange(1 + 20 * step, 21 + 20 * step))
        index.add(rows[2800 + 30 * step : 2830 + 30 * step], values[2800 + 30 * step :][:30])
        grown = index
    index = loaded(grown, tmp_path / "last", exact_up_to)
    assert len(inodes) == 1
    whole = VectorIndex(32)
    whole.add(rows[120:2980], values[120:2980])
    whole = loaded(whole, tmp_path / "whole", exact_up_to)
    assert np.array_equal(index.pairs, whole.pairs)
    assert np.array_equal(index.vectors(index.passages), whole.vectors(whole.passages))
    for asked in unit(10, 2):
        assert index.nearest(asked, 10) == whole.nearest(asked, 10)
        assert index.nearest(asked, 10, ids(50, 60, 950)) == whole.nearest(
            asked, 10, ids(50, 60, 950)
        )


def test_a_large_part_with_much_loose_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_WHOLE_UP_TO", 100)
    made = VectorIndex(32)
    made.add(of_three(900), unit(900, 1))
    index = loaded(made, tmp_path / "a", 10_000)
    index.remove(np.arange(1, 90))
    index = loaded(index, tmp_path / "b", 10_000)
    old, new = (tmp_path / name / LARGE / "vectors.faiss" for name in "ab")
    assert new.samefile(old)
    index.remove(ids(90, 91))
    index = loaded(index, tmp_path / "c", 10_000)
    assert (tmp_path / "c" / LARGE / "vectors.faiss").stat().st_size < old.stat().st_size
    assert index.passages.tolist() == list(range(92, 901))


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
    held = directions(*angles[: len(owners)])
    index.add(rows, held)
    best: dict[int, tuple[float, int, int]] = {}
    for (passage, owner), score in zip(rows.tolist(), (held @ NORTH).round(6), strict=True):
        if allowed is None or owner in allowed:
            best[owner] = min(best.get(owner, (2.0, 0, 0)), (-float(score), owner, passage))
    expected = [(owner, passage) for _, owner, passage in sorted(best.values())[:limit]]
    found = index.nearest(NORTH, limit, None if allowed is None else ids(*sorted(allowed)))
    assert [(one.document, one.passage) for one in found] == expected
