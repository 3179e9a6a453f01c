from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from catalogue.errors import CatalogueError
from search import generation, indexer, lexical
from search.embedder import Vectors
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.answers import answers
from tests.search.harm import flip, remove, truncate
from tests.search.shelf import HashingEmbedder, Shelf


def files(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and "lock" not in path.name
    }


def test_the_first_refresh_indexes_everything(shelf: Shelf, tmp_path: Path) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    assert index.verify() == ["There is no search index."]
    done = index.refresh()
    assert (done.changed, done.documents, done.passages, done.embedded) == (4, 4, 7, 7)
    assert done.rebuilt == ()
    assert index.verify() == []


def test_an_unchanged_catalogue_costs_no_encoding_and_no_writing(
    shelf: Shelf, tmp_path: Path
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    before, idle = files(tmp_path), HashingEmbedder()
    done = Indexer(shelf, idle, tmp_path).refresh()
    assert (done.embedded, done.added, done.removed, done.written) == (0, 0, 0, False)
    assert idle.seen == []
    assert files(tmp_path) == before


def test_only_what_is_new_is_encoded(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    shelf.put(1, "Rotaflow", "Plans rotas for wards. Now for theatres.")
    shelf.take(3)
    second = HashingEmbedder()
    done = Indexer(shelf, second, tmp_path).refresh()
    assert second.seen == ["Now for theatres."]
    assert (done.added, done.removed, done.embedded) == (1, 2, 1)
    assert Indexer(shelf, second, tmp_path).verify() == []


def test_a_rebuild_encodes_nothing_and_answers_the_same(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    before, idle = answers(shelf, tmp_path), HashingEmbedder()
    done = Indexer(shelf, idle, tmp_path).rebuild()
    assert (done.written, done.embedded, idle.seen) == (True, 0, [])
    assert answers(shelf, tmp_path) == before


def test_progress_counts_texts(shelf: Shelf, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh(lambda *done: said.append(done))
    assert said == [(7, 7)]


def test_an_empty_catalogue_is_indexed(tmp_path: Path) -> None:
    index = Indexer(Shelf(), HashingEmbedder(), tmp_path)
    assert index.refresh().written
    assert index.verify() == []
    assert not index.refresh().written


# Damage.

WHOLE = (
    *("manifest.json", "vectors.faiss", "passages.npy", "removed.npy", "sketch.faiss"),
    *("meta.json", "*.term", "*.store"),
)


@pytest.mark.parametrize("harm", [truncate, flip, remove])
@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_noticed_said_and_made_anew(
    shelf: Shelf, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path, exact_up_to=0).refresh()
    before = answers(shelf, tmp_path)
    (path,) = tmp_path.rglob(name)
    harm(path)
    idle = HashingEmbedder()
    index = Indexer(shelf, idle, tmp_path, exact_up_to=0)
    (fault,) = index.verify()
    assert path.name in fault
    assert index.refresh().rebuilt == (f"{fault} It was made anew from the catalogue.",)
    assert idle.seen == []
    assert index.verify() == []
    assert answers(shelf, tmp_path) == before


def test_what_a_disk_lost_by_itself_is_found_by_whoever_reads_all(
    shelf: Shelf, tmp_path: Path
) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    before = answers(shelf, tmp_path)
    (path,) = tmp_path.rglob("vectors.faiss")
    stood = path.stat()
    with path.open("r+b") as file:  # The same file, as if nobody had written to it.
        file.seek(stood.st_size // 2)
        file.write(b"?")
    os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    assert not index.refresh().written
    assert "vectors.faiss is not what was written" in index.verify()[0]
    assert SearchEngine(shelf, tmp_path, HashingEmbedder).broken()
    assert index.refresh(trusting=False).rebuilt != ()
    assert answers(shelf, tmp_path) == before


def test_every_file_of_a_generation_is_under_a_checksum(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    now = generation.current(tmp_path)
    assert now is not None
    folder = now.folder(tmp_path)
    on_disk = {path for path in folder.rglob("*") if path.is_file()}
    locks = {path for path in on_disk if path.match(lexical.LOCKS)}
    words = {folder / generation.WORDS / name for name in now.words}
    assert on_disk - locks == words | {folder / generation.MEANING / name for name in now.meaning}


def test_an_index_of_other_software_is_made_anew(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    monkeypatch.setattr(generation, "LAYOUT", 999)
    done = Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    assert ["another version" in line for line in done.rebuilt] == [True, True]
    assert Indexer(shelf, HashingEmbedder(), tmp_path).verify() == []


def test_vectors_that_are_not_those_of_the_catalogue_are_noticed(
    shelf: Shelf, tmp_path: Path
) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    (key, *_) = shelf.kept
    shelf.kept[key] = HashingEmbedder().encode_batch(["something else"]).tobytes()
    assert index.verify() == ["1 vectors are not those of the catalogue."]


def test_documents_that_say_something_else_are_noticed(shelf: Shelf, tmp_path: Path) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    restored = Shelf()  # As from a backup: the same ids were given again.
    restored.kept = shelf.kept
    for subject in (1, 2, 3):
        restored.put(subject, "Rotaflow", "Plans rotas for wards. Predicts demand for shifts.")
    restored.put(9, "Board paper", "A report on rotas and letters.", kind="document")
    restored.refresh()
    other = Indexer(restored, HashingEmbedder(), tmp_path)
    assert "2 documents in the index of words say something else." in other.verify()
    other.rebuild()
    assert other.verify() == []


def test_a_vector_of_the_wrong_length_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    (key, *_) = shelf.kept
    shelf.kept[key] = shelf.kept[key][:-4]
    with pytest.raises(CatalogueError, match="124 bytes and not the 128"):
        index.rebuild()


# Models.


def test_without_a_model_words_are_indexed_and_meaning_follows(
    shelf: Shelf, tmp_path: Path
) -> None:
    done = Indexer(shelf, None, tmp_path).refresh()
    assert (done.documents, done.passages, done.embedded) == (4, 0, 0)
    assert Indexer(shelf, None, tmp_path).verify() == []
    done = Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    assert (done.added, done.passages, done.rebuilt) == (0, 7, ())
    assert Indexer(shelf, None, tmp_path).verify() == []


def test_without_a_model_what_was_taken_away_leaves_both_indexes(
    shelf: Shelf, tmp_path: Path
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    shelf.take(1)
    shelf.put(4, "Bedwatch", "Predicts beds.")
    done = Indexer(shelf, None, tmp_path).refresh()
    assert (done.documents, done.passages) == (4, 5)
    assert Indexer(shelf, None, tmp_path).verify() == [
        "1 texts have no vector yet.",
        "1 passages are missing from the index of meaning.",
    ]


def test_another_model_gets_an_index_of_its_own(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder("one"), tmp_path).refresh()
    other = Indexer(shelf, HashingEmbedder("two", dimension=16), tmp_path)
    done = other.refresh()
    assert done.embedded == 7
    assert len(done.rebuilt) == 1
    assert "another model, one." in done.rebuilt[0]
    assert other.verify() == []


# Not being alone.


def test_a_large_index_of_words_is_made_anew_only_when_enough_has_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_MADE_ANEW_UP_TO", 0)
    monkeypatch.setattr(indexer, "_MOST_DEAD", 0.2)
    shelf, dead = Shelf(), []
    for subject in range(10):
        shelf.put(subject, "Rotaflow", "Plans rotas.")
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    for change in range(4):
        shelf.put(change, "Rotaflow", f"Plans rotas {change}.")
        index.refresh()
        assert index.verify() == []
        now = generation.current(tmp_path)
        dead.append(now.dead if now else None)
        shelf.put(change + 5, "Rotaflow", f"Plans rotas {change}.")
    assert dead == [0, 2, 0, 2]


def test_generations_do_not_pile_up(shelf: Shelf, tmp_path: Path) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    for number in range(5):
        shelf.put(1, "Rotaflow", f"Plans {number} rotas.")
        index.refresh()
    assert len(list((tmp_path / generation.FOLDER).iterdir())) == 2


def test_two_refreshes_at_once_take_turns(shelf: Shelf, tmp_path: Path) -> None:
    embedders = [HashingEmbedder(), HashingEmbedder()]
    threads = [
        threading.Thread(target=Indexer(shelf, embedder, tmp_path).refresh)
        for embedder in embedders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(embedder.seen) for embedder in embedders) == [0, 7]
    assert Indexer(shelf, None, tmp_path).verify() == []


def test_a_refresh_that_waits_too_long_says_so(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "PATIENCE", 0.05)
    second = Indexer(shelf, HashingEmbedder(), tmp_path)

    class Slow(HashingEmbedder):
        def encode_batch(self, texts: Sequence[str]) -> Vectors:
            with pytest.raises(CatalogueError, match="Another refresh"):
                second.refresh()
            return super().encode_batch(texts)

    assert Indexer(shelf, Slow(), tmp_path).refresh().embedded == 7
