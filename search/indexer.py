"""The indexer brings vectors and both indexes in step with the catalogue.

Whatever state it finds - nothing, an older catalogue, damaged files, another model, the leavings
of a killed refresh - it ends in the state that a rebuild would have made.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from catalogue.documents import DocumentStore, SearchDocument
from catalogue.errors import CatalogueError
from search import generation, lexical
from search.embedder import Embedder, Progress, Vectors, quiet
from search.generation import Generation
from search.hinter import Hinter
from search.lexical import Ids, WordIndex
from search.manifest import DamagedError, carry_over
from search.part import Pairs
from search.refreshed import NOTHING, Refreshed
from search.vectors import EXACT_UP_TO, VectorIndex
from search.verification import difference, reworded, strayed

CHECKPOINT = 64
"""Texts embedded between two writes to the catalogue: what a kill can lose."""

PATIENCE = 600.0
"""Seconds a refresh waits for another one to end."""

SOON, EVERY = 10.0, 60.0
"""Seconds of reading for meaning after which what is new can be found by its words, and from then
on."""

_MADE_ANEW_UP_TO = 10_000
_MOST_DEAD = 0.02
"""BM25 counts documents that were taken out until their index is made anew. Up to this many
documents that is done at each removal, in a second, so that answers are those of a rebuild; beyond,
when the dead come to this share."""

_FEW = 0.1
"""Up to this share of the documents, what was added is asked for by itself."""

_ROWS = 8192
"""Vectors read from the catalogue at a time."""

ANEW = "It was made anew from the catalogue."

_NONE: Ids = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Found:
    """What of the current generation can be used."""

    generation: Generation | None = None
    words: WordIndex | None = None
    vectors: VectorIndex | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done to what was found."""

    found: _Found
    model: str
    """Key of the model whose vectors are to be indexed; "" while there is none."""
    documents: Ids
    added: Ids
    removed: Ids
    fresh: Sequence[SearchDocument] | None
    """Those that were added, where nothing else can be new in the index of meaning; else None."""


class Indexer:
    """Keeps the search caches in `folder` in step with the documents of a store."""

    def __init__(
        self,
        store: DocumentStore,
        embedder: Embedder | None,
        folder: Path,
        hinter: Hinter | None = None,
        exact_up_to: int = EXACT_UP_TO,
        model: str = "",
    ) -> None:
        """Without an embedder nothing new is embedded; words are indexed all the same, and so are
        the vectors that the catalogue has of the model that the index is of, or of `model` where
        no index says so. With a hinter, terms are suggested for the tools that changed. Beyond
        `exact_up_to` passages the index of meaning gets sketches.
        """
        self._store = store
        self._hinter = hinter
        self._embedder = embedder
        self._folder = folder
        self._exact_up_to = exact_up_to
        self._known = model

    def refresh(
        self, progress: Progress = quiet, patience: float | None = None, *, trusting: bool = True
    ) -> Refreshed:
        """Bring everything in step; costs next to nothing when nothing changed.

        `progress` is called with (done, total) texts while the model encodes. What is new can be
        found by its words soon, and the index of another model answers until all is encoded. May
        be killed at any moment; the next refresh goes on from there. While it is `trusting`, a
        file of vectors that nobody wrote since is not read for damage: whoever opens it does that.

        Raises:
            CatalogueError: another refresh held the lock for longer than `patience` seconds,
                PATIENCE where that is None.
        """
        return self._locked(progress, patience, afresh=False, trusting=trusting)

    def rebuild(self, progress: Progress = quiet) -> Refreshed:
        """Make both indexes anew from the catalogue. Vectors are kept there: none is encoded
        again.
        """
        return self._locked(progress, None, afresh=True, trusting=False)

    def verify(self) -> list[str]:
        """What is out of step, a sentence for each; empty when all is in step."""
        found = self._find()
        if found.generation is None and not found.faults:
            return ["There is no search index."]
        said = list(found.faults)
        if found.words is not None:
            documents = self._documents()
            said += difference("documents", "words", documents, found.words.ids)
            said += reworded(self._store.documents(documents.tolist()), found.words)
        model = self._model(found)
        if model and (waiting := sum(1 for _ in self._store.missing(model))):
            said.append(f"{waiting} texts have no vector yet.")
        if found.vectors is not None:
            pairs = self._pairs()
            said += difference("passages", "meaning", pairs[:, 0], found.vectors.passages)
            stored = self._stored(model, found.vectors.dimension, found.vectors.pairs)
            said += strayed(stored, found.vectors)
        return said

    def _locked(
        self, progress: Progress, patience: float | None, *, afresh: bool, trusting: bool
    ) -> Refreshed:
        limit = PATIENCE if patience is None else patience
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / ".refresh.lock", timeout=limit):
                return self.in_step(progress, afresh=afresh, trusting=trusting)
        except Timeout as error:
            raise CatalogueError(
                f"Another refresh of {self._folder} has been going on for {limit:.0f} seconds.",
                "Wait for it to end, then try again.",
            ) from error

    def in_step(
        self, progress: Progress, *, afresh: bool = False, trusting: bool = True
    ) -> Refreshed:
        """As `refresh`, for whoever holds the lock already; `afresh` as `rebuild`."""
        began = time.monotonic()
        done, due = NOTHING, began + SOON

        def keep_up(so_far: int, total: int) -> None:
            """Tell the progress; now and then, let what is new be found by its words."""
            nonlocal done, due
            progress(so_far, total)
            if so_far < total and time.monotonic() > due:
                done = done.then(self._wordwise().in_step(quiet))
                due = time.monotonic() + EVERY

        changed = self._store.refresh()
        hinted = self._hinter.refresh(keep_up) if self._hinter is not None else 0
        if hinted:
            changed += self._store.refresh()
        embedded, seen = 0, -1.0
        while seen != due:  # What came while texts were encoded is encoded, too.
            seen = due
            plan = self._plan(self._find(trusting=trusting))
            embedded += self._embed(plan, keep_up)
        done = done.then(self._write(plan, afresh=afresh))
        return replace(
            done,
            changed=done.changed + changed,
            hinted=hinted,
            embedded=embedded,
            seconds=time.monotonic() - began,
        )

    def _wordwise(self) -> Indexer:
        """What this one does without the model, in the meantime."""
        return Indexer(self._store, None, self._folder, None, self._exact_up_to)

    def _plan(self, found: _Found) -> _Plan:
        documents = self._documents()
        held = found.words.ids if found.words is not None else _NONE
        added, removed = _less(documents, held), _less(held, documents)
        fresh = None
        whole = found.generation is not None and not found.generation.waiting
        if found.vectors is not None and whole and len(added) <= _FEW * len(documents):
            fresh = tuple(self._store.documents(added.tolist()))
        return _Plan(found, self._model(found), documents, added, removed, fresh)

    def _write(self, plan: _Plan, *, afresh: bool) -> Refreshed:
        """Write the next generation, where it would be another than the one there is."""
        found, before = plan.found, plan.found.generation
        if afresh:
            found = _Found(before, faults=found.faults)
            plan = replace(plan, found=found, added=plan.documents, removed=_NONE, fresh=None)
        vectors, moved, waiting = self._vectors(plan)
        untouched = found.words is not None and not (len(plan.added) or len(plan.removed) or moved)
        if not untouched:
            folder = generation.begin(self._folder)
            dead = self._write_words(folder, plan)
            if vectors is not None and before is not None and not moved:
                held = before.folder(self._folder) / generation.MEANING
                carry_over(held, folder / generation.MEANING, before.meaning)
            elif vectors is not None:
                vectors.save(folder / generation.MEANING)
            generation.commit(
                self._folder,
                folder,
                before,
                model=plan.model,
                vectors=vectors,
                waiting=waiting,
                dead=dead,
            )
        return Refreshed(
            changed=0,
            documents=len(plan.documents),
            passages=len(vectors.passages) if vectors is not None else 0,
            added=len(plan.added),
            removed=len(plan.removed),
            embedded=0,
            hinted=0,
            rebuilt=tuple(f"{fault} {ANEW}" for fault in found.faults),
            written=not untouched,
            seconds=0.0,
        )

    def _embed(self, plan: _Plan, progress: Progress) -> int:
        """Encode every text that has no vector, longest first; returns how many."""
        if self._embedder is None:
            return 0
        model = self._embedder.model
        waiting = sorted(self._missing(plan), key=lambda pair: (-len(pair[1]), pair[0]))
        for start in range(0, len(waiting), CHECKPOINT):
            part = waiting[start : start + CHECKPOINT]
            vectors = self._embedder.encode([text for _, text in part])
            rows = (row.astype("<f4").tobytes() for row in vectors)
            self._store.put_vectors(model, zip((sha for sha, _ in part), rows, strict=True))
            progress(start + len(part), len(waiting))
        return len(waiting)

    def _missing(self, plan: _Plan) -> Iterable[tuple[str, str]]:
        """Texts without a vector, with their hashes."""
        if plan.fresh is None:
            return self._store.missing(plan.model)
        passages = [passage for document in plan.fresh for passage in document.passages]
        held = dict(self._store.vectors(plan.model, [passage.id for passage in passages]))
        return {one.text_sha: one.text for one in passages if one.id not in held}.items()

    def _find(self, *, trusting: bool = False) -> _Found:
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
                vectors = now.open_vectors(self._folder, mapped=True, trusting=trusting)
            except DamagedError as error:
                faults.append(f"The index of meaning is damaged: {error}.")
        return _Found(now, words, vectors, tuple(faults))

    def _model(self, found: _Found) -> str:
        """Key of the model whose vectors are indexed; "" while there is none."""
        if self._embedder is not None:
            return self._embedder.model
        if found.generation is not None and found.generation.model:
            return found.generation.model
        return self._known if self._known and self._known_dimension else ""

    @cached_property
    def _known_dimension(self) -> int:
        """How many numbers the vectors of the known model have; 0 where there are none."""
        passages = self._pairs()[:, 0].tolist()
        for start in range(0, len(passages), _ROWS):
            some = passages[start : start + _ROWS]
            for _, row in self._store.vectors(self._known, some):
                return len(row) // 4
        return 0

    def _vectors(self, plan: _Plan) -> tuple[VectorIndex | None, bool, int]:
        """The index of meaning in step with the catalogue, whether it is another than what was
        found, and how many passages have no vector yet.
        """
        if not plan.model:
            return None, False, 0
        before = plan.found.generation
        vectors = plan.found.vectors
        if vectors is None:
            given = self._embedder or (before if before and before.model else None)
            vectors = VectorIndex(given.dimension if given else self._known_dimension)
        vectors.exact_up_to = self._exact_up_to
        if plan.fresh is not None:
            owned = [(one.id, document.id) for document in plan.fresh for one in document.passages]
            new = np.array(owned, np.int64).reshape(-1, 2)
            gone = vectors.pairs[np.isin(vectors.pairs[:, 1], plan.removed), 0]
        else:
            pairs = self._pairs()
            gone = _less(vectors.passages, pairs[:, 0])
            new = pairs[~np.isin(pairs[:, 0], vectors.passages)]
        if len(gone):
            vectors.remove(gone)
        put = 0
        for rows, values in self._stored(plan.model, vectors.dimension, new):
            vectors.add(rows, values)
            put += len(rows)
        waiting = len(new) - put
        moved = plan.found.vectors is None or before is None or len(gone) > 0 or put > 0
        if before is not None and not moved:
            moved = (vectors.kind, vectors.exact_up_to, waiting) != (
                before.vector_index,
                before.exact_up_to,
                before.waiting,
            )
        return vectors, moved, waiting

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

    def _write_words(self, folder: Path, plan: _Plan) -> int:
        """Write the index of words into `folder`; returns how many dead documents it counts."""
        words, found = folder / generation.WORDS, plan.found
        before = found.generation
        if before is not None and found.words is not None:
            held = before.folder(self._folder) / generation.WORDS
            dead = before.dead + len(plan.removed)
            if not len(plan.added) and not len(plan.removed):
                carry_over(held, words, before.words)
                return dead
            large = len(plan.documents) > _MADE_ANEW_UP_TO
            if not dead or (large and dead <= _MOST_DEAD * len(plan.documents)):
                added = self._store.documents(plan.added.tolist())
                lexical.write(words, held, plan.removed, plan.fresh or added)
                return dead
        lexical.write(words, None, _NONE, self._store.documents(plan.documents.tolist()))
        return 0

    def _documents(self) -> Ids:
        return np.asarray(self._store.ids(), np.int64)

    def _pairs(self) -> Pairs:
        return np.array(list(self._store.passages()), np.int64).reshape(-1, 2)


def _less(ids: Ids, others: Ids) -> Ids:
    """Ids that are not among the others, in order; each stands once in both."""
    return ids[~np.isin(ids, others, assume_unique=True)]
