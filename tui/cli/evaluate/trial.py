"""A trial: the product's own search, as the settings have it, over a judged collection.

The texts become documents of a catalogue of their own; shelf, indexer and engine are those of every
day. The catalogue of the settings is neither read nor written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalogue import corpus
from catalogue.errors import ModelError
from catalogue.query import Query
from catalogue.settings import DatabaseSettings, Settings
from search import generation
from search.embedder import Embedder, Progress, Vectors
from search.evaluation import DEPTH, Measured, Ranker, measure
from search.refreshed import Refreshed
from tui.cli.evaluate.judged import Collection
from tui.live import Live

Counting = Callable[[str], AbstractContextManager[Progress]]
"""Shows progress under a title."""


class Watched(Embedder):
    """An embedder whose time is told apart."""

    def __init__(self, inner: Embedder) -> None:
        super().__init__(inner.model, inner.dimension)
        self._inner = inner
        self.spent = 0.0
        """Seconds that all calls took."""
        self.seconds: list[float] = []
        """What each call took; may be cleared."""

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        """As the embedder inside."""
        began = time.perf_counter()
        vectors = self._inner.encode_batch(texts)
        self.seconds.append(time.perf_counter() - began)
        self.spent += self.seconds[-1]
        return vectors

    def clock(self) -> float:
        """A clock that stands still while texts are encoded, in seconds."""
        return time.perf_counter() - self.spent


class Trial(Live):
    """Catalogue and search over the texts of a collection."""

    def __init__(
        self, settings: Settings, home: Path, collection: Collection, embedder: Embedder | None
    ) -> None:
        """Put the catalogue into `home`; without an embedder, words alone are searched."""
        super().__init__(settings.model_copy(update={"home": home, "database": DatabaseSettings()}))
        self._embedder = embedder
        self._texts = [
            corpus.Text(text.name, text.title, text.text) for text in collection.texts.values()
        ]
        self._names = {text.url: text.name for text in self._texts}

    def embedder(self) -> Embedder:
        """The embedder that was given."""
        if self._embedder is None:
            raise ModelError("Only words are searched.")
        return self._embedder

    def build(self, progress: Progress) -> Refreshed:
        """Bring catalogue and indexes in step with the texts."""
        corpus.fill(self.database, self._texts, self.clock())
        return self.indexer(meaning=self._embedder is not None).refresh(progress)

    def search_names(self, words: str, limit: int = DEPTH + 1) -> list[str]:
        """Names of the texts that the search engine answers with; by default one more than are
        looked at, since one may be the query itself.
        """
        # Words only: a query of a collection is no query language.
        hits = self.engine.search(Query(words), limit)
        return [self._names[hit.url] for hit in hits]

    def by_meaning(self) -> Ranker:
        """A ranking by the index of meaning alone, which the product never asks alone."""
        now = generation.current(self.settings.indexes)
        vectors = now.open_vectors(self.settings.indexes) if now is not None else None
        floor = self.settings.search.floor

        def rank(words: str) -> list[str]:
            if vectors is None:
                return []
            vector = self.embedder().encode_batch([Query(words).text])[0]
            near = [one for one in vectors.nearest(vector, DEPTH + 1) if one.score >= floor]
            documents = self.shelf.documents([one.document for one in near])
            return [self._names[one.url] for one in documents]

        return rank


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial."""

    built: Refreshed
    reading: float
    """Seconds that the texts took to encode; those that were kept took none."""
    ways: Mapping[str, Measured]
    """How words, meaning and both fused did; words alone where there was no embedder. Times are
    without encoding."""
    encoding: tuple[float, ...]
    """Seconds that each query took to encode."""


def run(
    settings: Settings,
    home: Path,
    collection: Collection,
    embedder: Embedder | None,
    counting: Counting,
) -> Outcome:
    """Put the collection into `home`, or bring it in step there, and ask its queries.

    Raises:
        CatalogueError: `home` holds another catalogue.
    """
    ways: dict[str, Measured] = {}
    reading = 0.0
    encoding: tuple[float, ...] = ()
    watched = None if embedder is None else Watched(embedder)
    with _opened(Trial(settings, home, collection, watched)) as whole:
        with counting("Reading for meaning") as progress:
            built = whole.build(progress)
        with _opened(Trial(settings, home, collection, None)) as words:
            ways["words"] = _asked(words.search_names, collection, time.perf_counter, counting)
        if watched is not None:
            reading = watched.spent
            watched.seconds.clear()
            ways["meaning"] = _asked(whole.by_meaning(), collection, watched.clock, counting)
            encoding = tuple(watched.seconds)
            ways["fused"] = _asked(whole.search_names, collection, watched.clock, counting)
    return Outcome(built, reading, ways, encoding)


def _asked(
    rank: Ranker, collection: Collection, clock: Callable[[], float], counting: Counting
) -> Measured:
    with counting("Asking") as progress:
        return measure(rank, collection.queries, collection.judged, progress, clock)


@contextmanager
def _opened(trial: Trial) -> Iterator[Trial]:
    try:
        yield trial
    finally:
        trial.close()
