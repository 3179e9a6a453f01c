"""The search engine: answers by words and by meaning, each with the passage that made it match.

It reads the generation that the indexer wrote last, looks at every question whether there is a
newer one, and never writes. Where meaning cannot be asked - no model, no index of it, another
model's index - it answers by words and says so.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from catalogue.documents import DocumentStore, SearchDocument
from catalogue.errors import ModelError
from catalogue.filters import Filters
from catalogue.query import Query
from catalogue.rows import Hit
from search import generation
from search.embedder import Embedder, Vectors
from search.fusion import Fused, Fusion, convex
from search.lexical import Ids, Kind, Match, WordIndex
from search.manifest import DamagedError, seen
from search.middles import middles
from search.vectors import Near, VectorIndex

Vector = npt.NDArray[np.float32]

CANDIDATES = 100
"""Documents taken from each index into the fusion, at least."""

EVERYTHING = Filters()
"""The filters of somebody who chose none; what they let pass is the catalogue's affair."""

REFRESH = "Run 'horizon index refresh'."

_GLIMPSE = 200
"""Characters shown of a document that has no passages."""


Stamp = tuple[tuple[int, int, int] | None, ...]
"""When files were last written, their sizes and numbers; None for one that is not there."""


@dataclass(frozen=True, slots=True)
class _Open:
    """The generation that is open, and what of it cannot be used."""

    stamp: Stamp
    files: tuple[Path, ...] = ()
    """Those that it was opened from."""
    model: str = ""
    words: WordIndex | None = None
    vectors: VectorIndex | None = None
    faults: tuple[str, ...] = ()


class SearchEngine:
    """Finds tools and documents. Safe to ask from several threads."""

    def __init__(
        self,
        store: DocumentStore,
        folder: Path,
        embedder: Callable[[], Embedder],
        fusion: Fusion = convex,
        floor: float = -1.0,
        earlier: Callable[[str], Embedder] | None = None,
    ) -> None:
        """`folder` is the indexer's; `embedder` is called when meaning is first asked for, and
        again when the index is of another model than before. Where that is not the model that it
        gives, `earlier` gives the one with the index's key. Both may raise ModelError. `floor` is
        the least cosine that counts as near.
        """
        self._store = store
        self._folder = folder
        self._make_embedder = embedder
        self._earlier = earlier
        self._fusion = fusion
        self._floor = floor
        self._opening, self._loading = Lock(), Lock()
        self._open = _Open((), faults=("There is no search index yet.",))
        self._embedder: Embedder | None = None
        self._tried: str | None = None
        """The index's model when an embedder was last asked for."""
        self._coming = ""
        self._refusal = ""
        self._vector = lru_cache(maxsize=64)(_encode)

    def warm(self) -> str:
        """Open the indexes and load the model, trying again what failed before. Returns "" when
        words and meaning can both be asked, else why not, in a sentence or two.
        """
        now = self._current()
        with self._loading:
            self._load(now.model)
        return self.state()

    def state(self) -> str:
        """As `warm`, of what was last seen, loading nothing."""
        now = self._current()
        stale = [*now.faults]
        if now.words is not None and not now.model:
            stale.append("Meaning is not indexed yet.")
        if self._embedder is not None and now.model not in ("", self._embedder.model):
            stale.append(f"The index of meaning is of another model, {now.model}.")
        if stale:
            stale.append(REFRESH)
        return " ".join([*stale, self._refusal]).strip()

    def note(self) -> str:
        """What is under way although all can be asked, in a sentence; "" when nothing is."""
        now = self._current()
        if not now.model or self._coming in ("", now.model):
            return ""
        return (
            f"Until 'horizon index refresh' has read everything with the model {self._coming}, "
            f"meaning is answered by {now.model}."
        )

    def broken(self) -> bool:
        """Whether an index is missing or damaged, so that a refresh is needed to answer fully."""
        return bool(self._current().faults)

    def search(self, query: Query, limit: int = 20) -> list[Hit]:
        """Tools and documents that match, best first; ties by id of their search document.

        Any query may be asked; one without a word or phrase to rank by finds nothing. While
        another thread loads the model, answers are by words alone.
        """
        text = query.text
        if not text or limit <= 0:
            return []
        now = self._current()
        allowed = self._allowed(now, query)
        wide = max(CANDIDATES, limit)
        words = now.words.search(text, wide, allowed) if now.words is not None else []
        near = self._near(now, text, wide, allowed)
        near = [one for one in near if one.score >= self._floor]
        # What the one index found is held against the other, too, so that a score does not depend
        # on how many each was asked for.
        more = _beyond(words, near)
        if now.words is not None:
            words += now.words.search(text, len(more), more)
        near += self._near(now, text, wide, _beyond(near, words))
        fused = self._fusion(
            {
                "words": [(match.document, match.score) for match in words],
                "meaning": [(one.document, one.score) for one in near],
            }
        )
        return self._hits(fused, {"words": words, "meaning": near}, limit)

    def words(self, query: Query, limit: int = 1000, kind: Kind = "tool") -> array[int]:
        """Ids of the tools (or documents) that hold all words of a query that is still being
        typed, best first; without the model. The last word may be unfinished, and a word that
        nothing holds may be misspelt. Where nothing holds all of them, those that hold any.
        """
        now = self._current()
        if not query.text or now.words is None:
            return array("q")
        found = now.words.prefix(query.text, limit, self._allowed(now, query), kind)
        return array("q", [match.subject for match in found])

    def without(self, words: Sequence[str]) -> Ids | None:
        """Ids of the tools in which none of the words and phrases stands; None where that cannot
        be told, since there is no index of words.
        """
        now = self._current()
        return None if now.words is None else now.words.subjects("tool", words)

    def meant(self, query: Query) -> list[tuple[str, str]]:
        """Pairs of a word that no document has and the one that is searched for instead."""
        now = self._current()
        if now.words is None:
            return []
        return now.words.misspelt(query.text)

    def similar(
        self, kind: Kind, subject_id: int, limit: int = 10, filters: Filters = EVERYTHING
    ) -> list[Hit]:
        """What of the same kind is nearest in meaning to a tool or document, itself left out;
        scores are cosines. Needs the indexes but not the model.
        """
        now, allowed = self._current(), self._passing(filters)
        document = self._store.of_subject(kind, subject_id)
        if document is None or now.words is None or now.vectors is None:
            return []
        own = now.vectors.of_document(document)
        if not len(own):
            return []
        others = np.setdiff1d(now.words.of_kind(kind), [document])
        if allowed is not None:
            others = np.intersect1d(others, allowed)
        middle = own.mean(axis=0)
        near = now.vectors.nearest(middle / np.linalg.norm(middle), limit, others)
        fused = [Fused(one.document, one.score, (("meaning", one.score),)) for one in near]
        return self._hits(fused, {"meaning": near}, limit)

    def meaning(self, text: str) -> Vector | None:
        """The unit vector of a text, shape (dimension,); None where meaning cannot be asked."""
        return self._meant(self._current(), text)

    def middles(self, documents: Sequence[int]) -> tuple[str, Vectors]:
        """The model and the mean vector of each document: see `search.middles`. Without an index
        of meaning the model is "" and vectors have no dimension.
        """
        now = self._current()
        if now.vectors is None:
            return "", np.zeros((len(documents), 0), np.float32)
        return now.model, middles(now.vectors, np.asarray(documents, np.int64))

    def _allowed(self, now: _Open, query: Query) -> Ids | None:
        """Documents that pass the filters and hold what must stand; None when all do."""
        allowed = self._passing(query.filters)
        if not query.holds:
            return allowed
        if now.words is None:
            return np.empty(0, np.int64)
        holding = now.words.holding(query.phrases, query.without)
        return holding if allowed is None else np.intersect1d(allowed, holding)

    def _passing(self, filters: Filters) -> Ids | None:
        allowed = self._store.allowed(filters)
        return None if allowed is None else np.sort(np.asarray(allowed, np.int64))

    def _near(self, now: _Open, text: str, limit: int, allowed: Ids | None) -> list[Near]:
        """Nearest documents by meaning; none where meaning cannot be asked now."""
        vector = self._meant(now, text)
        if now.vectors is None or vector is None:
            return []
        return now.vectors.nearest(vector, limit, allowed)

    def _meant(self, now: _Open, text: str) -> Vector | None:
        """As `meaning`, of an index that is open."""
        if now.vectors is None:
            return None
        if self._tried != now.model and self._loading.acquire(blocking=False):
            try:
                self._load(now.model)
            finally:
                self._loading.release()
        embedder = self._embedder
        if embedder is None or embedder.model != now.model:
            return None
        return self._vector(embedder, text)

    def _load(self, model: str) -> None:
        """Get the embedder for an index of this model; any when that is ""."""
        if self._embedder is not None and model in ("", self._embedder.model):
            return
        try:
            embedder, self._coming = self._make_embedder(), ""
            if model not in ("", embedder.model) and self._earlier is not None:
                self._coming = embedder.model
                embedder = self._earlier(model)
            self._embedder, self._refusal = embedder, ""
        except ModelError as error:
            self._refusal = str(error)
        self._tried = model

    def _hits(
        self, fused: Sequence[Fused], found: Mapping[str, Sequence[Near | Match]], limit: int
    ) -> list[Hit]:
        """Hits, each with the passage by which the greater part of its score came about."""
        passages = {
            name: {one.document: one.passage for one in some} for name, some in found.items()
        }
        order = {one.id: one for one in fused}
        hits = []
        # The catalogue leaves out what went since the index was written: hence not the first few.
        for document in self._store.documents([one.id for one in fused]):
            one = order[document.id]
            by = max(one.parts, key=itemgetter(1))[0]
            passage, url = _reason(document, passages[by][document.id])
            hits.append(
                Hit(
                    kind=document.kind,
                    id=document.subject_id,
                    title=document.title,
                    url=document.url,
                    score=one.score,
                    passage=passage,
                    passage_url=url,
                    parts=one.parts,
                )
            )
            if len(hits) == limit:
                break
        return hits

    def _current(self) -> _Open:
        """What is open, after opening anew what another generation, or anybody else, wrote."""
        if self._stamp(self._open.files) != self._open.stamp:
            with self._opening:
                if self._stamp(self._open.files) != self._open.stamp:
                    self._open = self._opened()
        return self._open

    def _stamp(self, files: Iterable[Path]) -> Stamp:
        return tuple(map(seen, (self._folder / generation.MANIFEST, *files)))

    def _opened(self) -> _Open:
        while True:
            opened = self._open_parts()
            # A fault may mean that a refresh cleared the generation away while it was opened.
            if not opened.faults or opened.stamp[:1] == self._stamp(()):
                return opened

    def _open_parts(self) -> _Open:
        stamp = self._stamp(())
        try:
            now = generation.current(self._folder)
        except DamagedError as error:
            return _Open(stamp, faults=(f"The search index is damaged: {error}.",))
        if now is None:
            return _Open(stamp, faults=("There is no search index yet.",))
        files = tuple(now.files(self._folder))
        stamp = (*stamp, *map(seen, files))
        words, vectors, faults = None, None, []
        try:
            words = now.open_words(self._folder)
        except DamagedError as error:
            faults.append(f"The index of words is damaged: {error}.")
        try:
            vectors = now.open_vectors(self._folder)
        except DamagedError as error:
            faults.append(f"The index of meaning is damaged: {error}.")
        return _Open(stamp, files, now.model, words, vectors, tuple(faults))


def _encode(embedder: Embedder, text: str) -> npt.NDArray[np.float32]:
    vector: npt.NDArray[np.float32] = embedder.encode_batch([text])[0]
    return vector


def _beyond(these: Sequence[Near | Match], those: Sequence[Near | Match]) -> Ids:
    """Documents that are only among `those`, ascending."""
    return np.setdiff1d(
        np.array([one.document for one in those], np.int64), [one.document for one in these]
    )


def _reason(document: SearchDocument, best: int) -> tuple[str, str]:
    """Text and address of the passage that made a document match."""
    for passage in document.passages:
        if passage.id == best:
            return passage.text, passage.url
    return document.body[:_GLIMPSE], document.url
