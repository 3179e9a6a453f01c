"""The search engine: answers by words and by meaning, each with the passage that made it match.

It reads the generation that the indexer wrote last, looks at every question whether there is a
newer one, and never writes. Where meaning cannot be asked - no model, no index of it, another
model's index - it answers by words and says so.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from catalogue.documents import DocumentStore, SearchDocument
from catalogue.errors import ModelError
from catalogue.filters import Filters
from catalogue.query import Query
from catalogue.rows import Hit
from search import generation, lexical
from search.embedder import Embedder
from search.fusion import Fused, Fusion, reciprocal_rank
from search.lexical import Ids, Kind, WordIndex
from search.manifest import DamagedError
from search.vectors import Near, VectorIndex

CANDIDATES = 100
"""Documents taken from each index into the fusion, at least."""

EVERYTHING = Filters()
"""The filters of somebody who chose none; what they let pass is the catalogue's affair."""

REFRESH = "Run 'horizon index refresh'."

_GLIMPSE = 200
"""Characters shown of a document that has no passages."""


@dataclass(frozen=True, slots=True)
class _Open:
    """The generation that is open, and what of it cannot be used."""

    stamp: tuple[int, int, int] | None
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
        fusion: Fusion = reciprocal_rank,
        floor: float = -1.0,
    ) -> None:
        """`folder` is the indexer's; `embedder` is called once, when meaning is first asked for,
        and may raise ModelError. `floor` is the least cosine that counts as near.
        """
        self._store = store
        self._folder = folder
        self._make_embedder = embedder
        self._fusion = fusion
        self._floor = floor
        self._opening, self._loading = Lock(), Lock()
        self._open = _Open(None, faults=("There is no search index yet.",))
        self._embedder: Embedder | None = None
        self._refusal = ""
        self._vector = lru_cache(maxsize=64)(self._encode)

    def warm(self) -> str:
        """Open the indexes and load the model, trying again what failed before. Returns "" when
        words and meaning can both be asked, else why not, in a sentence or two.
        """
        with self._loading:
            self._load()
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
        fused = self._fusion(
            {
                "words": [(match.document, match.score) for match in words],
                "meaning": [(one.document, one.score) for one in near],
            }
        )
        return self._hits(fused, near, text, limit)

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
        return self._hits(fused, near, "", limit)

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
        if now.vectors is None:
            return []
        if self._embedder is None and not self._refusal and self._loading.acquire(blocking=False):
            try:
                self._load()
            finally:
                self._loading.release()
        if self._embedder is None or self._embedder.model != now.model:
            return []
        near = now.vectors.nearest(self._vector(text), limit, allowed)
        return [one for one in near if one.score >= self._floor]

    def _encode(self, text: str) -> npt.NDArray[np.float32]:
        if self._embedder is None:
            raise ModelError("The model is not loaded.")
        vector: npt.NDArray[np.float32] = self._embedder.encode_batch([text])[0]
        return vector

    def _load(self) -> None:
        if self._embedder is None:
            try:
                self._embedder, self._refusal = self._make_embedder(), ""
            except ModelError as error:
                self._refusal = str(error)

    def _hits(
        self, fused: Sequence[Fused], near: Sequence[Near], text: str, limit: int
    ) -> list[Hit]:
        passages = {one.document: one.passage for one in near}
        order = {one.id: one for one in fused}
        hits = []
        # The catalogue leaves out what went since the index was written: hence not the first few.
        for document in self._store.documents([one.id for one in fused]):
            passage, url = _reason(document, passages.get(document.id), text)
            one = order[document.id]
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
        """What is open, after opening a newer generation where there is one."""
        stamp = self._stamp()
        if stamp != self._open.stamp:
            with self._opening:
                if stamp != self._open.stamp:
                    self._open = self._opened()
        return self._open

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            seen = (self._folder / generation.MANIFEST).stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def _opened(self) -> _Open:
        while True:
            stamp = self._stamp()
            opened = self._open_parts(stamp)
            # A fault may mean that a refresh cleared the generation away while it was opened.
            if not opened.faults or stamp == self._stamp():
                return opened

    def _open_parts(self, stamp: tuple[int, int, int] | None) -> _Open:
        try:
            now = generation.current(self._folder)
        except DamagedError as error:
            return _Open(stamp, faults=(f"The search index is damaged: {error}.",))
        if now is None:
            return _Open(stamp, faults=("There is no search index yet.",))
        words, vectors, faults = None, None, []
        try:
            words = now.open_words(self._folder)
        except DamagedError as error:
            faults.append(f"The index of words is damaged: {error}.")
        try:
            vectors = now.open_vectors(self._folder)
        except DamagedError as error:
            faults.append(f"The index of meaning is damaged: {error}.")
        return _Open(stamp, now.model, words, vectors, tuple(faults))


def _reason(document: SearchDocument, nearest: int | None, text: str) -> tuple[str, str]:
    """Text and address of the passage that made a document match: the nearest in meaning, else
    the first of those with most of the words.
    """
    if not document.passages:
        return document.body[:_GLIMPSE], document.url
    chosen = [passage for passage in document.passages if passage.id == nearest]
    if not chosen:
        asked = set(lexical.stems(text))
        chosen = sorted(
            document.passages,
            key=lambda passage: -len(asked.intersection(lexical.stems(passage.text))),
        )
    return chosen[0].text, chosen[0].url
