"""All that a reader can see of the indexes in a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from catalogue.query import Query
from search import generation
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.shelf import HashingEmbedder, Shelf

Answers = list[list[tuple[str, int, float, str]]]


def answers(shelf: Shelf, folder: Path) -> Answers:
    """What the engine says to some questions."""
    engine = SearchEngine(shelf, folder, HashingEmbedder)
    return [
        [(hit.kind, hit.id, hit.score, hit.passage) for hit in engine.search(Query(text))]
        for text in ("rotas for wards", "letters", "report", "telephone speech demand")
    ]


def rebuilt(shelf: Shelf, folder: Path, exact_up_to: int = 30_000) -> Answers:
    """As `answers`, of indexes that are made from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    Indexer(shelf, HashingEmbedder(), folder, exact_up_to=exact_up_to).refresh()
    return answers(shelf, folder)


def contents(folder: Path) -> tuple[object, ...]:
    """Ids of the documents, ids of the passages with their documents, and all vectors."""
    now = generation.current(folder)
    assert now is not None
    vectors = now.open_vectors(folder)
    assert vectors is not None
    held = vectors.vectors(vectors.passages)
    return now.open_words(folder).ids.tolist(), vectors.pairs.tolist(), held.tolist()
