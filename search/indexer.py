"""The indexer brings vectors and both indexes in step with the catalogue.

Whatever state it finds - nothing, an older catalogue, damaged files, another model, the leavings
of a killed refresh - it ends in the state that a rebuild would have made.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from catalogue.documents import DocumentStore
from catalogue.errors import CatalogueError
from search import generation, lexical
from search.embedder import Embedder, Progress, Vectors, quiet
from search.generation import Generation
from search.hinter import Hinter
from search.lexical import Ids, WordIndex
from search.manifest import DamagedError
from search.vectors import Pairs, VectorIndex

CHECKPOINT = 64
"""Texts embedded between two writes to the catalogue: what a kill can lose."""

PATIENCE = 600.0
"""Seconds a refresh waits for another one to end."""

_MADE_ANEW_UP_TO = 10_000
_MOST_DEAD = 0.02
"""BM25 counts documents that were taken out until their index is made anew. Up to this many
documents that is done at each removal, in a second, so that answers are those of a rebuild; beyond,
when the dead come to this share."""

_ROWS = 8192
"""Vectors read from the catalogue at a time."""

_NONE: Ids = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    changed: int
    """Search documents that the catalogue made anew."""
    documents: int
    """Documents in the index of words now."""
    passages: int
    """Passages in the index of meaning now."""
    added: int
    """Documents put into the index of words."""
    removed: int
    """Documents taken out of it."""
    embedded: int
    """Texts that the model encoded."""
    hinted: int
    """Tools that were held against the terms of the vocabularies."""
    rebuilt: tuple[str, ...]
    """A sentence for each index that was damaged or of another model, and made anew."""
    written: bool
    """Whether any index file was written."""
    seconds: float


@dataclass(frozen=True, slots=True)
class _Found:
    """What of the current generation can be used."""

    generation: Generation | None = None
    words: WordIndex | None = None
    vectors: VectorIndex | None = None
    faults: tuple[str, ...] = ()


class Indexer:
    """Keeps the search caches in `folder` in step with the documents of a store."""

    def __init__(
        self,
        store: DocumentStore,
        embedder: Embedder | None,
        folder: Path,
        hinter: Hinter | None = None,
    ) -> None:
        """Without an embedder nothing new is embedded; words are indexed all the same. With a
        hinter, terms are suggested for the tools that changed.
        """
        self._store = store
        self._hinter = hinter
        self._embedder = embedder
        self._folder = folder

    def refresh(self, progress: Progress = quiet) -> Refreshed:
        """Bring everything in step; costs next to nothing when nothing changed.

        `progress` is called with (done, total) texts while the model encodes. May be killed at
        any moment; the next refresh goes on from there.

        Raises:
            CatalogueError: another refresh held the lock for longer than PATIENCE.
        """
        return self._locked(progress, afresh=False)

    def rebuild(self, progress: Progress = quiet) -> Refreshed:
        """Make both indexes anew from the catalogue. Vectors are kept there: none is encoded
        again.
        """
        return self._locked(progress, afresh=True)

    def verify(self) -> list[str]:
        """What is out of step, a sentence for each; empty when all is in step."""
        found = self._find()
        if found.generation is None and not found.faults:
            return ["There is no search index."]
        said = list(found.faults)
        if found.words is not None:
            said += _difference("documents", "words", self._documents(), found.words.ids)
        model = self._model(found)
        if model and (waiting := sum(1 for _ in self._store.missing(model))):
            said.append(f"{waiting} texts have no vector yet.")
        if found.vectors is not None:
            pairs = self._pairs()
            said += _difference("passages", "meaning", pairs[:, 0], found.vectors.passages)
            said += self._strayed(model, found.vectors)
        return said

    def _locked(self, progress: Progress, *, afresh: bool) -> Refreshed:
        began = time.monotonic()
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / ".refresh.lock", timeout=PATIENCE):
                return self._in_step(began, progress, afresh=afresh)
        except Timeout as error:
            raise CatalogueError(
                f"Another refresh of {self._folder} has been going on for {PATIENCE:.0f} seconds.",
                "Wait for it to end, then try again.",
            ) from error

    def _in_step(self, began: float, progress: Progress, *, afresh: bool) -> Refreshed:
        changed = self._store.refresh()
        hinted = self._hinter.refresh(progress) if self._hinter is not None else 0
        if hinted:
            changed += self._store.refresh()
        embedded = self._embed(progress)
        found = self._find()
        model = self._model(found)
        before = found.generation
        if afresh:
            found = _Found(before, faults=found.faults)

        documents = self._documents()
        held = found.words.ids if found.words else _NONE
        added, removed = np.setdiff1d(documents, held), np.setdiff1d(held, documents)
        vectors, moved = self._vectors(model, found)

        untouched = found.words is not None and not len(added) and not len(removed) and not moved
        if not untouched:
            folder = generation.begin(self._folder)
            dead = self._write_words(folder, found, documents, added, removed)
            if vectors is not None and before is not None and not moved:
                generation.carry_over(before.folder(self._folder), folder, before.meaning)
            elif vectors is not None:
                vectors.save(folder)
            dimension = vectors.dimension if vectors is not None else 0
            generation.commit(
                self._folder, folder, before, model=model, dimension=dimension, dead=dead
            )
        return Refreshed(
            changed=changed,
            documents=len(documents),
            passages=len(vectors.passages) if vectors is not None else 0,
            added=len(added),
            removed=len(removed),
            embedded=embedded,
            hinted=hinted,
            rebuilt=tuple(
                f"{fault} It was made anew from the catalogue." for fault in found.faults
            ),
            written=not untouched,
            seconds=time.monotonic() - began,
        )

    def _embed(self, progress: Progress) -> int:
        """Encode every text that has no vector, longest first; returns how many."""
        if self._embedder is None:
            return 0
        model = self._embedder.model
        waiting = sorted(self._store.missing(model), key=lambda pair: (-len(pair[1]), pair[0]))
        for start in range(0, len(waiting), CHECKPOINT):
            part = waiting[start : start + CHECKPOINT]
            vectors = self._embedder.encode([text for _, text in part])
            rows = (row.astype("<f4").tobytes() for row in vectors)
            self._store.put_vectors(model, zip((sha for sha, _ in part), rows, strict=True))
            progress(start + len(part), len(waiting))
        return len(waiting)

    def _find(self) -> _Found:
        try:
            now = generation.current(self._folder)
        except DamagedError as error:
            return _Found(faults=(f"The search index is damaged: {error}.",))
        if now is None:
            return _Found()
        words, vectors, faults = None, None, []
        try:
            words = now.open_words(self._folder)
        except DamagedError as error:
            faults.append(f"The index of words is damaged: {error}.")
        if self._embedder is not None and now.model not in ("", self._embedder.model):
            faults.append(f"The index of meaning is of another model, {now.model}.")
        else:
            try:
                vectors = now.open_vectors(self._folder)
            except DamagedError as error:
                faults.append(f"The index of meaning is damaged: {error}.")
        return _Found(now, words, vectors, tuple(faults))

    def _model(self, found: _Found) -> str:
        """Key of the model whose vectors are indexed; "" while there is none."""
        if self._embedder is not None:
            return self._embedder.model
        return found.generation.model if found.generation else ""

    def _vectors(self, model: str, found: _Found) -> tuple[VectorIndex | None, bool]:
        """The index of meaning in step with the catalogue, and whether that changed it."""
        if not model:
            return None, False
        vectors = found.vectors
        if vectors is None:
            given = self._embedder or found.generation
            vectors = VectorIndex(given.dimension if given else 0)
        pairs = self._pairs()
        gone = np.setdiff1d(vectors.passages, pairs[:, 0])
        if len(gone):
            vectors.remove(gone)
        new = pairs[~np.isin(pairs[:, 0], vectors.passages)]
        put = 0
        for rows, values in self._stored(model, vectors.dimension, new):
            vectors.add(rows, values)
            put += len(rows)
        return vectors, found.vectors is None or len(gone) > 0 or put > 0

    def _stored(self, model: str, dimension: int, pairs: Pairs) -> Iterator[tuple[Pairs, Vectors]]:
        """Those of the passages that have a vector in the catalogue, and their vectors."""
        for start in range(0, len(pairs), _ROWS):
            part = pairs[start : start + _ROWS]
            rows = dict(self._store.vectors(model, part[:, 0].tolist()))
            for passage, row in rows.items():
                if len(row) != 4 * dimension:
                    raise CatalogueError(
                        f"The vector of passage {passage} has {len(row)} bytes and not the "
                        f"{4 * dimension} of model {model}."
                    )
            kept = part[np.isin(part[:, 0], list(rows))]
            if len(kept):
                joined = b"".join(rows[passage] for passage in kept[:, 0].tolist())
                yield kept, np.frombuffer(joined, "<f4").reshape(len(kept), dimension)

    def _write_words(
        self, folder: Path, found: _Found, documents: Ids, added: Ids, removed: Ids
    ) -> int:
        """Write the index of words into `folder`; returns how many dead documents it counts."""
        words = folder / generation.WORDS
        before = found.generation
        if before is not None and found.words is not None:
            held = before.folder(self._folder) / generation.WORDS
            dead = before.dead + len(removed)
            if not len(added) and not len(removed):
                generation.carry_over(held, words, before.words)
                return dead
            large = len(documents) > _MADE_ANEW_UP_TO
            if not dead or (large and dead <= _MOST_DEAD * len(documents)):
                lexical.write(words, held, removed, self._store.documents(added.tolist()))
                return dead
        lexical.write(words, None, _NONE, self._store.documents(documents.tolist()))
        return 0

    def _documents(self) -> Ids:
        return np.asarray(self._store.ids(), np.int64)

    def _pairs(self) -> Pairs:
        return np.array(list(self._store.passages()), np.int64).reshape(-1, 2)

    def _strayed(self, model: str, vectors: VectorIndex) -> list[str]:
        same = 0
        for rows, values in self._stored(model, vectors.dimension, vectors.pairs):
            same += int((vectors.vectors(rows[:, 0]) == values).all(axis=1).sum())
        strayed = len(vectors.passages) - same
        return [f"{strayed} vectors are not those of the catalogue."] if strayed else []


def _difference(things: str, index: str, wanted: Ids, held: Ids) -> list[str]:
    said = []
    if missing := len(np.setdiff1d(wanted, held)):
        said.append(f"{missing} {things} are missing from the index of {index}.")
    if extra := len(np.setdiff1d(held, wanted)):
        said.append(f"{extra} {things} in the index of {index} are not in the catalogue.")
    return said
