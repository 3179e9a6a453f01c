"""`horizon evaluate search` runs the product's own search in a catalogue of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.errors import ModelError
from search import model
from search.embedder import Embedder
from tests.search.shelf import HashingEmbedder
from tests.tui.cli.conftest import Ended, Stock
from tests.tui.cli.evaluate.collections import TEXTS, written

Run = Callable[..., Ended]


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> list[HashingEmbedder]:
    """The embedders that were loaded."""
    loaded: list[HashingEmbedder] = []

    def load(*_: object) -> Embedder:
        loaded.append(HashingEmbedder())
        return loaded[-1]

    monkeypatch.setattr(model, "load", load)
    return loaded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "judged")


@pytest.mark.usefixtures("hashing")
def test_words_meaning_and_both_fused_are_judged(horizon: Run, folder: Path) -> None:
    answer = horizon("evaluate", "search", str(folder), "--json").data
    assert (answer["texts"], answer["passages"], answer["queries"]) == (3, 3, 3)
    assert answer["split"] == "test"
    assert answer["settings"]["rrf_k"] == 60
    assert list(answer["ways"]) == ["words", "meaning", "fused"]
    for way in answer["ways"].values():
        assert (way["ndcg@10"], way["recall@100"]) == (1, 1)
        assert 0 < way["p50_ms"] <= way["p95_ms"]
    assert answer["ways"]["words"]["p_fused"] == 1
    assert answer["ways"]["fused"]["p_fused"] is None
    assert answer["encoding"]["p50_ms"] > 0


@pytest.mark.usefixtures("hashing")
def test_a_table_is_printed_and_the_rest_is_told_beside_it(horizon: Run, folder: Path) -> None:
    ended = horizon("evaluate", "search", str(folder), "--queries", "1")
    assert ended.out.splitlines()[0] == "3 texts, 3 passages; 1 query (test)"
    heading, *rows = (line.split() for line in ended.out.splitlines()[2:6])
    assert heading == ["by", "nDCG@10", "recall@100", "p50", "ms", "p95", "ms", "p", "fused"]
    assert [row[:3] for row in rows] == [
        [way, "1.0000", "1.0000"] for way in ("words", "meaning", "fused")
    ]
    assert "Reading for meaning: 3 of 3" in ended.err


def test_what_is_kept_is_not_read_again(
    horizon: Run, folder: Path, tmp_path: Path, hashing: list[HashingEmbedder]
) -> None:
    command = ("evaluate", "search", str(folder), "--keep", str(tmp_path / "kept"), "--json")
    first = horizon(*command).data
    written(folder, texts=[*TEXTS, {"_id": "new", "title": "", "text": "Something new."}])
    second = horizon(*command).data
    assert (first["texts"], second["texts"]) == (3, 4)
    read = [[text for text in one.seen if "." in text] for one in hashing]
    assert [len(texts) for texts in read] == [3, 1]


@pytest.mark.usefixtures("hashing")
def test_the_catalogue_of_the_home_is_neither_read_nor_written(
    horizon: Run, folder: Path, stock: Stock, home: Path
) -> None:
    assert stock
    before = (home / "catalogue.db").read_bytes()
    assert horizon("evaluate", "search", str(folder)).code == 0
    assert (home / "catalogue.db").read_bytes() == before
    assert not (home / "indexes").exists()
    ended = horizon("evaluate", "search", str(folder), "--keep", str(home))
    assert ended.code == 5
    assert "Name another folder" in ended.err


def test_without_a_model_words_alone_are_judged(
    horizon: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Embedder:
        raise ModelError("The model is missing.")

    monkeypatch.setattr(model, "load", refuse)
    ended = horizon("evaluate", "search", str(folder), "--json")
    assert list(ended.data["ways"]) == ["words"]
    assert ended.data["encoding"] == {}
    assert "The model is missing. Words alone are judged." in ended.err
    assert "fused" not in horizon("evaluate", "search", str(folder)).out.splitlines()[3]


@pytest.mark.usefixtures("hashing")
def test_a_wrong_folder_is_told_before_anything_is_read(horizon: Run, folder: Path) -> None:
    (folder / "queries.jsonl").unlink()
    ended = horizon("evaluate", "search", str(folder))
    assert (ended.code, ended.out) == (3, "")
    assert "queries.jsonl" in ended.err
