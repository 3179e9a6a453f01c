"""A refresh may be killed at any moment, and from any state it ends where a rebuild would."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import generation, indexer
from search.embedder import Vectors
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.answers import answers, contents, rebuilt
from tests.search.shelf import HashingEmbedder, Shelf


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


@pytest.mark.parametrize("at", ["begin", "checksums", "write_manifest", "shutil.rmtree"])
def test_a_kill_while_writing_leaves_the_generation_before(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    for step in range(3):  # The third generation is the first that clears one away.
        before = answers(shelf, tmp_path)
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
    # Its score may be that of the next one, in which words weigh a little otherwise.
    assert answers(shelf, tmp_path)[0][0][:2] == before[0][0][:2]
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
    script = "import sys, pathlib; from tests.search.test_indexer_kills import replayed; "
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


# Any history ends where a rebuild would.

P = ParamSpec("P")
R = TypeVar("R")

STEPS = (
    *("tests.search.shelf.Shelf.refresh", "tests.search.shelf.Shelf.put_vectors"),
    *("search.generation.begin", "search.lexical.write", "search.lexical.carry_over"),
    *("search.part.Part.save", "search.part.carry_over", "search.indexer.carry_over"),
    *("search.manifest.flush", "search.generation.write_manifest", "search.manifest.os.link"),
    *("search.generation.shutil.rmtree", "search.vectors.np.save"),
)
"""What a refresh does that a kill can come before or after."""

SAYINGS = (
    "Plans rotas for wards. Predicts demand.",
    "Writes letters from speech.",
    "Answers the telephone. Writes letters from speech. Sends a report.",
    "",
    "Plans rotas for wards. Plans rotas for wards.",
)


@contextmanager
def killed_after(steps: int | None) -> Iterator[None]:
    """Raise Killed at the so-manieth beginning or end of one of STEPS; never when that is None."""
    left = steps

    def tick() -> None:
        nonlocal left
        if left is not None:
            left -= 1
            if left < 0:
                raise Killed

    def mortal(step: Callable[P, R]) -> Callable[P, R]:
        def wrapped(*given: P.args, **named: P.kwargs) -> R:
            tick()
            done = step(*given, **named)
            tick()
            return done

        return wrapped

    with pytest.MonkeyPatch.context() as patching:
        for name in STEPS:
            patching.setattr(name, mortal(pkgutil.resolve_name(name)))
        try:
            yield
        except Killed:
            assert steps is not None


history = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from([*SAYINGS, None]),
        st.sampled_from(["", "refresh", "words"]),
        st.none() | st.integers(0, 60),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(history=history, exact_up_to=st.sampled_from([0, 30_000]))
def test_a_refresh_from_any_state_and_after_any_kill_ends_where_a_rebuild_would(
    history: list[tuple[int, str | None, str, int | None]], exact_up_to: int
) -> None:
    shelf = Shelf()
    with (
        tempfile.TemporaryDirectory() as made,
        patch("search.vectors._WHOLE_UP_TO", 3),
        patch("search.vectors._MOST_LOOSE", 0.6),
        patch("search.indexer.CHECKPOINT", 2),
    ):
        folder = Path(made) / "indexes"
        for subject, says, then, kill in history:
            if says is None:
                shelf.take(subject)
            else:
                shelf.put(subject, f"Tool {subject}", says)
            if then:
                embedder = HashingEmbedder() if then == "refresh" else None
                with killed_after(kill):
                    Indexer(shelf, embedder, folder, exact_up_to=exact_up_to).refresh()
        index = Indexer(shelf, HashingEmbedder(), folder, exact_up_to=exact_up_to)
        index.refresh()
        assert index.verify() == []
        fresh = Path(made) / "fresh"
        assert answers(shelf, folder) == rebuilt(shelf, fresh, exact_up_to)
        assert contents(folder) == contents(fresh)
