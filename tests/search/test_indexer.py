from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.errors import CatalogueError
from catalogue.query import Query
from search import generation, indexer
from search.embedder import Vectors
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.shelf import HashingEmbedder, Shelf

Answers = list[list[tuple[str, int, float, str]]]


def answers(shelf: Shelf, folder: Path) -> Answers:
    """What the engine says to some questions: all that a reader can see of an index."""
    engine = SearchEngine(shelf, folder, HashingEmbedder)
    return [
        [(hit.kind, hit.id, hit.score, hit.passage) for hit in engine.search(Query(text))]
        for text in ("rotas for wards", "letters", "report", "telephone speech demand")
    ]


def rebuilt(shelf: Shelf, folder: Path) -> Answers:
    shutil.rmtree(folder, ignore_errors=True)
    Indexer(shelf, HashingEmbedder(), folder).refresh()
    return answers(shelf, folder)


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

WHOLE = ("manifest.json", "vectors.faiss", "passages.npy", "meta.json", "*.term", "*.store")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [truncate, flip, remove])
@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_noticed_said_and_made_anew(
    shelf: Shelf, tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    before = answers(shelf, tmp_path)
    (path,) = tmp_path.rglob(name)
    harm(path)
    idle = HashingEmbedder()
    index = Indexer(shelf, idle, tmp_path)
    (fault,) = index.verify()
    assert path.name in fault
    assert index.refresh().rebuilt == (f"{fault} It was made anew from the catalogue.",)
    assert idle.seen == []
    assert index.verify() == []
    assert answers(shelf, tmp_path) == before


def test_every_file_of_a_generation_is_under_a_checksum(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    now = generation.current(tmp_path)
    assert now is not None
    on_disk = {path.name for path in now.folder(tmp_path).rglob("*") if path.is_file()}
    locks = {".tantivy-meta.lock", ".tantivy-writer.lock"}
    assert on_disk - locks == set(now.words) | set(now.meaning)


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


# Being killed, and not being alone.


class Killed(BaseException):
    """What stands for a kill: nothing catches it."""


class MortalEmbedder(HashingEmbedder):
    """Is killed after some batches."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        if not self._left:
            raise Killed
        self._left -= 1
        return super().encode_batch(texts)


def test_a_kill_while_encoding_loses_one_checkpoint_at_most(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "CHECKPOINT", 2)
    with pytest.raises(Killed):
        Indexer(shelf, MortalEmbedder(2), tmp_path).refresh()
    assert len(shelf.kept) == 4
    second = HashingEmbedder()
    assert Indexer(shelf, second, tmp_path).refresh().embedded == 3
    assert len(second.seen) == 3


@pytest.mark.parametrize(
    "at", ["begin", "checksums", "write_manifest", "carry_over", "shutil.rmtree"]
)
def test_a_kill_while_writing_leaves_the_generation_before(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    before = answers(shelf, tmp_path)
    for step in range(3):  # The third generation is the first that clears one away.
        shelf.put(20 + step, "Silent", "")
        if step < 2:
            index.refresh()

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(f"search.generation.{at}", kill)
        with pytest.raises(Killed):
            index.refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert engine.warm() == ""
    assert answers(shelf, tmp_path)[0][0] == before[0][0]
    index.refresh()
    assert index.verify() == []
    assert answers(shelf, tmp_path) == rebuilt(shelf, tmp_path / "fresh")


def replayed(steps: int, folder: Path | None = None) -> Shelf:
    """The shelf after some steps, the same at every run; refreshed into `folder` at each."""
    shelf = Shelf()
    for step in range(steps):
        shelf.put(step % 7, f"Tool {step}", f"Plans rotas for ward {step}. Writes letters.")
        shelf.refresh()
        if folder is not None:
            Indexer(shelf, HashingEmbedder(), folder).refresh()
    return shelf


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.011, 0.023, 0.037])
def test_a_process_killed_at_any_moment_leaves_what_a_refresh_can_go_on_from(
    tmp_path: Path, delay: float
) -> None:
    folder = tmp_path / "indexes"
    script = "import sys, pathlib; from tests.search.test_indexer import replayed; "
    child = subprocess.Popen(
        [sys.executable, "-c", f"{script}replayed(500, pathlib.Path(sys.argv[1]))", str(folder)]
    )
    try:
        while not (folder / generation.MANIFEST).exists():
            assert child.poll() is None
            time.sleep(0.01)
        time.sleep(delay)
    finally:
        child.kill()
        child.wait()
    shelf = replayed(500)
    engine = SearchEngine(shelf, folder, HashingEmbedder)
    assert engine.warm() == ""
    index = Indexer(shelf, HashingEmbedder(), folder)
    assert index.refresh().rebuilt == ()
    assert index.verify() == []
    assert answers(shelf, folder) == rebuilt(shelf, tmp_path / "fresh")


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


# Any history ends where a rebuild would.

SAYINGS = (
    "Plans rotas for wards. Predicts demand.",
    "Writes letters from speech.",
    "Answers the telephone. Writes letters from speech. Sends a report.",
    "",
    "Plans rotas for wards. Plans rotas for wards.",
)
steps = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from([*SAYINGS, None]),
        st.sampled_from(["", "refresh", "words"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(history=steps)
def test_a_refresh_from_any_state_answers_as_a_rebuild(
    history: list[tuple[int, str | None, str]],
) -> None:
    shelf = Shelf()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "indexes"
        for subject, says, then in history:
            if says is None:
                shelf.take(subject)
            else:
                shelf.put(subject, f"Tool {subject}", says)
            if then:
                Indexer(shelf, HashingEmbedder() if then == "refresh" else None, folder).refresh()
        index = Indexer(shelf, HashingEmbedder(), folder)
        index.refresh()
        assert index.verify() == []
        assert answers(shelf, folder) == rebuilt(shelf, Path(made) / "fresh")
