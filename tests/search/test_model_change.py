"""While an index of another model is made, the old one answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from catalogue.errors import ModelError
from catalogue.query import Query
from search import generation, indexer
from search.embedder import Embedder, Vectors
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.answers import contents
from tests.search.shelf import HashingEmbedder, Shelf

TELEPHONE = Query("telephone")


def new_model() -> HashingEmbedder:
    return HashingEmbedder("new", dimension=16)


class Killed(BaseException):
    """What stands for a kill."""


class Watched(HashingEmbedder):
    """The new model; after some texts something happens."""

    def __init__(self, after: int) -> None:
        super().__init__("new", dimension=16)
        self._after = after

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        if len(self.seen) >= self._after:
            self.happen()
        return super().encode_batch(texts)

    def happen(self) -> None:
        raise Killed


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "CHECKPOINT", 1)


@pytest.fixture
def engine(shelf: Shelf, tmp_path: Path) -> SearchEngine:
    """An engine whose settings name the new model, over an index of the old one."""
    Indexer(shelf, HashingEmbedder("old"), tmp_path).refresh()
    return SearchEngine(shelf, tmp_path, new_model, earlier=HashingEmbedder)


def test_the_old_index_answers_by_its_own_model_until_the_new_one_is_whole(
    engine: SearchEngine, shelf: Shelf, tmp_path: Path
) -> None:
    before = SearchEngine(shelf, tmp_path, lambda: HashingEmbedder("old")).search(TELEPHONE)
    assert len(before) == 4
    assert engine.search(TELEPHONE) == before
    assert (engine.warm(), "old" in engine.note(), "new" in engine.note()) == ("", True, True)
    dying = Watched(3)
    with pytest.raises(Killed):
        Indexer(shelf, dying, tmp_path).refresh()
    assert len(dying.seen) == 3
    assert engine.search(TELEPHONE) == before
    again = new_model()
    done = Indexer(shelf, again, tmp_path).refresh()
    assert (len(again.seen), done.embedded) == (4, 4)
    assert "another model, old" in done.rebuilt[0]
    after = engine.search(TELEPHONE)
    assert after == SearchEngine(shelf, tmp_path, new_model).search(TELEPHONE)
    assert after != before
    assert (engine.state(), engine.note()) == ("", "")


def test_what_is_new_in_the_meantime_is_found_by_its_words(
    engine: SearchEngine, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "SOON", 0.0)
    monkeypatch.setattr(indexer, "EVERY", 0.0)
    found: list[tuple[list[int], int]] = []

    class Busy(Watched):
        def happen(self) -> None:
            shelf.put(4, "Theatreplan", "Plans theatres.")
            shelf.take(2)
            shelf.refresh()
            found.append((engine.words(Query("theatres")).tolist(), len(engine.search(TELEPHONE))))

    done = Indexer(shelf, Busy(3), tmp_path).refresh()
    assert found[0] == ([], 3)
    assert found[-1] == ([4], 3)
    assert (done.documents, done.passages, done.embedded) == (4, 6, 8)
    assert (done.added, done.removed) == (1, 1)
    assert engine.search(Query("theatres"))[0].title == "Theatreplan"
    assert Indexer(shelf, new_model(), tmp_path).verify() == []


def test_a_first_index_of_words_stands_before_all_is_read_for_meaning(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "SOON", 0.0)
    with pytest.raises(Killed):
        Indexer(shelf, Watched(2), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, new_model)
    assert engine.words(TELEPHONE).tolist() == [3]


def test_without_the_old_model_words_answer_and_it_is_said(
    engine: SearchEngine, shelf: Shelf, tmp_path: Path
) -> None:
    def gone(key: str) -> Embedder:
        raise ModelError(f"The model {key} is gone.")

    del engine
    engine = SearchEngine(shelf, tmp_path, new_model, earlier=gone)
    assert [hit.id for hit in engine.search(TELEPHONE)] == [3]
    assert engine.state() == "The model old is gone."


def test_after_changing_back_no_text_is_read_again(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder("old"), tmp_path).refresh()
    before = contents(tmp_path)
    Indexer(shelf, new_model(), tmp_path).refresh()
    idle = HashingEmbedder("old")
    Indexer(shelf, idle, tmp_path).refresh()
    assert idle.seen == []
    assert contents(tmp_path) == before


def test_indexes_that_were_lost_are_made_of_the_vectors_of_a_known_model(
    shelf: Shelf, tmp_path: Path
) -> None:
    Indexer(shelf, HashingEmbedder("old"), tmp_path / "a").refresh()
    Indexer(shelf, None, tmp_path / "b", model="old").refresh()
    assert contents(tmp_path / "b") == contents(tmp_path / "a")
    Indexer(shelf, None, tmp_path / "c", model="unheard of").refresh()
    now = generation.current(tmp_path / "c")
    assert now is not None
    assert now.model == ""
