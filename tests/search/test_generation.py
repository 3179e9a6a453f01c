from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search import generation, lexical
from search.generation import Generation
from search.manifest import DamagedError
from search.vectors import VectorIndex


def committed(indexes: Path, before: Generation | None = None) -> Generation:
    """An empty generation after `before`."""
    folder = generation.begin(indexes)
    lexical.write(folder / generation.WORDS, None, np.empty(0, np.int64), [])
    vectors = VectorIndex(4)
    vectors.save(folder / generation.MEANING)
    return generation.commit(indexes, folder, before, model="m", vectors=vectors)


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    assert generation.current(tmp_path) is None


def test_what_was_committed_is_current_and_opens(tmp_path: Path) -> None:
    made = committed(tmp_path)
    now = generation.current(tmp_path)
    assert now == made
    assert made.open_words(tmp_path).ids.tolist() == []
    vectors = made.open_vectors(tmp_path)
    assert vectors is not None
    assert vectors.dimension == 4


def test_what_was_begun_and_not_committed_is_not_current(tmp_path: Path) -> None:
    made = committed(tmp_path)
    assert generation.begin(tmp_path).name > made.name
    assert generation.current(tmp_path) == made


def test_the_one_before_is_kept_for_its_readers_and_older_ones_are_not(tmp_path: Path) -> None:
    first = committed(tmp_path)
    second = committed(tmp_path, first)
    third = committed(tmp_path, second)
    kept = sorted(path.name for path in (tmp_path / generation.FOLDER).iterdir())
    assert kept == [second.name, third.name]


def test_a_missing_manifest_beside_generations_is_damage(tmp_path: Path) -> None:
    committed(tmp_path)
    (tmp_path / generation.MANIFEST).unlink()
    with pytest.raises(DamagedError, match=r"manifest\.json is missing"):
        generation.current(tmp_path)
