"""The search engine: answers by words and by meaning, each with the passage that made it match.

It reads the generation that the indexer wrote last, looks at every question whether there is a
newer one, and never writes. Where meaning cannot be asked - no model, no index of it, another
model's index - it answers by words and says so.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from catalogue.documents import Aspect, DocumentStore, SearchDocument
from catalogue.errors import ModelError
from catalogue.filters import Filters
from catalogue.query import Query
from catalogue.rows import Hit
from search.analysis import matching
from search.embedder import Embedder, Vectors
from search.fusion import Fused, Fusion, chosen
from search.lexical import Ids, Kind, Match
from search.likeness import Alike, likenesses
from search.match import Cover, Kinds, Matcher
from search.middles import middles
from search.needs import Need
from search.opened import Opened, open_generation, stamp_of
from search.vectors import Near
from search.yardstick import Yardstick

Vector = npt.NDArray[np.float32]

CANDIDATES = 100
"""Documents taken from each index into the fusion, at least."""

EVERYTHING = Filters()
"""The filters of somebody who chose none; what they let pass is the catalogue's affair."""

REFRESH = "Run 'horizon index refresh'."

_GLIMPSE = 200
"""Characters shown of a document that has no passages."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Which tools cover which needs."""

    covers: tuple[Cover, ...]
    """By need, then chance."""
    compared: int
    """How many tools were looked at."""
    notice: str
    """Why meaning could not be asked; "" where it was."""


class SearchEngine:
    """Finds tools and documents. Safe to ask from several threads."""

    def __init__(
        self,
        store: DocumentStore,
        folder: Path,
        embedder: Callable[[], Embedder],
        fusion: Fusion | None = None,
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
        self._fusion = fusion or chosen("convex")
        self._floor = floor
        self._opening, self._loading = Lock(), Lock()
        self._open = Opened((), faults=("There is no search index yet.",))
        self._embedder: Embedder | None = None
        self._tried: str | None = None
        """The index's model when an embedder was last asked for."""
        self._coming = ""
        self._refusal = ""
        self._vector = lru_cache(maxsize=64)(_encode)
        self._yardstick = lru_cache(maxsize=1)(_yardstick)

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
        if self._fusion.whole:
            # So a score does not depend on how many each index was asked for.
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
        spelt = now.words.spelt(text) if now.words is not None else text
        return self._hits(fused, {"words": words, "meaning": near}, spelt, limit)

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

    def meant(self, query: Query, *, unfinished: bool = False) -> list[tuple[str, str]]:
        """Pairs of a word that no document has and the one that is searched for instead: by
        `words` where the last word may be `unfinished`, else by `search`.
        """
        now = self._current()
        if now.words is None:
            return []
        return now.words.misspelt(query.text, unfinished=unfinished)

    def similar(
        self,
        kind: Kind,
        subject_id: int,
        limit: int = 10,
        filters: Filters = EVERYTHING,
        by: Aspect | None = None,
    ) -> list[Alike]:
        """What of the same kind is likest to a tool or document, itself left out; with `by`, in
        that aspect alone. Needs the indexes but not the model.
        """
        now, allowed = self._current(), self._passing(filters)
        document = self._store.of_subject(kind, subject_id)
        if document is None or now.words is None or now.vectors is None:
            return []
        others = np.setdiff1d(now.words.of_kind(kind), [document])
        if allowed is not None:
            others = np.intersect1d(others, allowed)
        return likenesses(self._store, now.vectors, document, others, limit, by)

    def match(self, needs: Sequence[Need], query: Query, kinds: Kinds) -> Matched:
        """What the tools that pass the query's filters, phrases and words to leave out cover of
        the needs. The query's free words are not asked. `kinds` gives the use cases of tools.
        """
        now = self._current()
        if now.words is None:
            return Matched((), 0, self.state())
        allowed, tools = self._allowed(now, query), now.words.of_kind("tool")
        if allowed is not None:
            tools = np.intersect1d(tools, allowed)
        embedder, asked, yardstick = self._meaner(now), None, None
        if embedder is not None:
            asked = embedder.encode([need.asked for need in needs])
            yardstick = self._yardstick(embedder)
        matcher = Matcher(self._store, now.words, now.vectors, yardstick, kinds)
        covers = matcher.covers(needs, asked, tools)
        return Matched(tuple(covers), len(tools), "" if asked is not None else self.state())

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

    def _allowed(self, now: Opened, query: Query) -> Ids | None:
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

    def _near(self, now: Opened, text: str, limit: int, allowed: Ids | None) -> list[Near]:
        """Nearest documents by meaning; none where meaning cannot be asked now."""
        vector = self._meant(now, text)
        if now.vectors is None or vector is None:
            return []
        return now.vectors.nearest(vector, limit, allowed)

    def _meant(self, now: Opened, text: str) -> Vector | None:
        """As `meaning`, of an index that is open."""
        embedder = self._meaner(now)
        return None if embedder is None else self._vector(embedder, text)

    def _meaner(self, now: Opened) -> Embedder | None:
        """The embedder of the index's model; None where meaning cannot be asked now, as while
        another thread loads it.
        """
        if now.vectors is None:
            return None
        if self._tried != now.model and self._loading.acquire(blocking=False):
            try:
                self._load(now.model)
            finally:
                self._loading.release()
        embedder = self._embedder
        return None if embedder is None or embedder.model != now.model else embedder

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
        self,
        fused: Sequence[Fused],
        found: Mapping[str, Sequence[Near | Match]],
        text: str,
        limit: int,
    ) -> list[Hit]:
        """Hits, each with the passage by which the greater part of its score came about."""
        passages = {
            name: {one.document: one.passage for one in some} for name, some in found.items()
        }
        cosines = {one.document: one.score for one in found["meaning"]}
        order = {one.id: one for one in fused}
        hits = []
        for document in self._documents([one.id for one in fused], limit):
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
                    cosine=cosines.get(document.id),
                    matched=matching(passage, text),
                )
            )
            if len(hits) == limit:
                break
        return hits

    def _documents(self, ids: Sequence[int], limit: int) -> Iterator[SearchDocument]:
        """Documents in order, read as far as they are wanted: the catalogue leaves out what went
        since the index was written, so that the first few may not be enough.
        """
        for start in range(0, len(ids), limit):
            yield from self._store.documents(ids[start : start + limit])

    def _current(self) -> Opened:
        """What is open, after opening anew what another generation, or anybody else, wrote."""
        if stamp_of(self._folder, self._open.files) != self._open.stamp:
            with self._opening:
                if stamp_of(self._folder, self._open.files) != self._open.stamp:
                    self._open = self._opened()
        return self._open

    def _opened(self) -> Opened:
        while True:
            opened = open_generation(self._folder)
            # A fault may mean that a refresh cleared the generation away while it was opened.
            if not opened.faults or opened.stamp[:1] == stamp_of(self._folder, ()):
                return opened


def _encode(embedder: Embedder, text: str) -> npt.NDArray[np.float32]:
    vector: npt.NDArray[np.float32] = embedder.encode_batch([text])[0]
    return vector


def _yardstick(embedder: Embedder) -> Yardstick:
    return Yardstick(embedder.encode)


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
