"""What does a refresh cost after one tool in a hundred changed, beside making the index anew?

    python -m benchmarks.search.incremental [--tools 100000] [--home DIR] [--rounds 3]

An invented market (`benchmarks.app.market`) is filled into a catalogue and indexed. In each round
one tool in a hundred gets another summary; then the documents of search are made and the index is
refreshed. What is compared:

- `index`: both indexes alone. The peer is `rebuild`, which makes them from the same catalogue.
- `with documents`: as well the documents of search that are made from the tools that changed,
  beside a rebuild and making all of them.
- `with encoding`: as well the reading of new texts by the model, at the price measured here on so
  many of the market's own texts, beside the same and reading all texts.

In place of the model's vectors stand random ones, since nothing here depends on what they say, and
550,000 texts take hours. The exit code is 1 when a median is over 3 %. With --home the market is
kept there, and used again.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import func, select, update

from benchmarks.app.market import fill
from catalogue.database import Database, open_database
from catalogue.models import SearchPassage, Tool
from catalogue.settings import load
from catalogue.shelf import Shelf
from search import indexer, model
from search.embedder import Embedder, Vectors
from search.indexer import Indexer

BUDGET = 0.03
ONE_IN = 100
PRICED = 256
"""Texts that the price of encoding is measured on."""


class Random(Embedder):
    """Vectors that say nothing."""

    batch = 4096

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        """Directions by chance."""
        made = np.random.default_rng(len(texts)).normal(size=(len(texts), self.dimension))
        vectors: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took."""

    processor: float
    wall: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.processor + other.processor, self.wall + other.wall)

    def times(self, count: float) -> Spent:
        """So many times as much."""
        return Spent(self.processor * count, self.wall * count)


def timed(work: Callable[[], object]) -> Spent:
    """Do something."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    return Spent(time.process_time() - busy, time.perf_counter() - began)


def change(database: Database, number: int) -> None:
    """Give one tool in a hundred another summary."""
    with database.write() as session:
        told = Tool.summary + f" Since round {number}: also at night."
        these = Tool.id % ONE_IN == number % ONE_IN
        session.execute(update(Tool).where(these).values(summary=told, stale=True))


def price(database: Database, models: Path) -> Spent:
    """What it costs to encode a text of this market."""
    embedder = model.load("", models)
    with database.read() as session:
        count = session.scalar(select(func.count(SearchPassage.id))) or 1
        step = max(1, count // PRICED)
        query = select(SearchPassage.text).where(SearchPassage.id % step == 0)
        texts = list(islice(session.scalars(query), PRICED))
    embedder.encode(texts[:32])
    return timed(lambda: embedder.encode(texts)).times(1 / len(texts))


def report(name: str, some: Sequence[Spent], whole: Spent) -> bool:
    """Print a line; whether it is within the budget."""
    busy = statistics.median(one.processor for one in some)
    wall = statistics.median(one.wall for one in some)
    share = busy / whole.processor
    print(
        f"{name:16}{busy:10.2f}{wall:10.2f}{whole.processor:12.1f}{whole.wall:10.1f}"
        f"{share:9.2%}{wall / whole.wall:9.2%}"
    )
    return share <= BUDGET


def main() -> int:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--tools", type=int, default=100_000)
    options.add_argument("--home", type=Path, help="keep the market here")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    indexer.CHECKPOINT = Random.batch
    with tempfile.TemporaryDirectory() as made:
        home = given.home or Path(made)
        settings = load(home)
        database = open_database(settings)
        with database.read() as session:
            empty = session.scalar(select(func.count(Tool.id))) == 0
        if empty:
            fill(database, given.tools)
        shelf = Shelf(database)
        index = Indexer(shelf, Random("random", 384), settings.indexes)
        making = timed(shelf.refresh)
        print("documents made; indexing", file=sys.stderr)
        index.refresh()
        rebuilding = timed(index.rebuild)
        done = index.refresh()
        if not empty:  # They stood already: what all of them cost is worked out from some.
            with database.write() as session:
                session.execute(update(Tool).where(Tool.id % ONE_IN == 99).values(stale=True))
            making = timed(shelf.refresh).times(ONE_IN)
        documents, refreshing, encoded = [], [], []
        for number in range(given.rounds):
            change(database, number)
            documents.append(timed(shelf.refresh))
            began, busy = time.perf_counter(), time.process_time()
            encoded.append(index.refresh().embedded)
            refreshing.append(Spent(time.process_time() - busy, time.perf_counter() - began))
        text = price(database, settings.indexes / "models")
        database.close()
    cost = f"{text.processor * 1000:.0f} ms of processor time to encode a text"
    print(f"{done.documents:,} documents, {done.passages:,} passages; {cost}; seconds")
    print(
        f"{'':16}{'refresh':>10}{'(wall)':>10}{'anew':>12}{'(wall)':>10}{'share':>9}{'(wall)':>9}"
    )
    with_documents = [one + other for one, other in zip(documents, refreshing, strict=True)]
    with_encoding = [
        one + text.times(count) for one, count in zip(with_documents, encoded, strict=True)
    ]
    everything = rebuilding + making
    within = [
        report("index", refreshing, rebuilding),
        report("with documents", with_documents, everything),
        report("with encoding", with_encoding, everything + text.times(done.passages)),
    ]
    return int(not all(within))


if __name__ == "__main__":
    raise SystemExit(main())
