"""The hinter: holds the tools whose words changed against the terms, and hands over what it finds.

It is a step of the index's refresh. Every vector is kept with those of search, by the hash of its
text: a text is embedded once, ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

import numpy as np

from catalogue.hints import Corrected, Described, HintStore
from catalogue.tagging import TAGGED
from catalogue.vocabularies import load
from search import calibration
from search.embedder import Embedder, Progress, Vectors, quiet
from search.learned import ENOUGH, NOTHING, Correction, Learned, learn
from search.nearness import parts, whole
from search.tagger import Tagger

BATCH: Final = 32
"""Tools that one transaction takes up."""

_VERSION: Final = "1"
"""Raised when the way in which a tagger reads changes, so that every tool is read anew."""


class StoredVectors:
    """Vectors of texts, taken from the catalogue where it has them, else encoded and kept."""

    def __init__(self, store: HintStore, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, in order."""
        by_hash = {sha256(text.encode()).hexdigest(): text for text in texts}
        rows = self._store.held(self._embedder.model, list(by_hash))
        held = {sha: np.frombuffer(row, "<f4") for sha, row in rows.items()}
        if new := [sha for sha in by_hash if sha not in held]:
            made = self._embedder.encode([by_hash[sha] for sha in new])
            held |= dict(zip(new, made, strict=True))
            kept = ((sha, held[sha].astype("<f4").tobytes()) for sha in new)
            self._store.put_vectors(self._embedder.model, kept)
        return np.stack([held[sha256(text.encode()).hexdigest()] for text in texts])


class Hinter:
    """Keeps the hints of all tools in step with their words, the model and people's corrections."""

    def __init__(self, store: HintStore, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._encode = StoredVectors(store, embedder)

    def refresh(self, progress: Progress = quiet) -> int:
        """Hint every tool that is not in step; returns how many were.

        All tools are read anew when the model, a vocabulary or the weights changed, and when the
        corrections of a term reached ENOUGH or doubled since.
        """
        corrected = _complete(self._store.corrected())
        key = self._key(corrected)
        done = last = 0
        tagger: Tagger | None = None
        while some := self._store.waiting(key, last, BATCH):
            tagger = tagger or self.tagger(corrected)
            self._encode([text for one in some for text in _texts(one)])
            self._store.put(key, {one: tagger.suggest_all(one.title, one.text) for one in some})
            done, last = done + len(some), some[-1].tool
            progress(done, done)
        return done

    def tagger(self, corrected: Sequence[Corrected] | None = None) -> Tagger:
        """A tagger that has learned from people's corrections."""
        ruled = _complete(self._store.corrected()) if corrected is None else corrected
        counts = _counts(ruled)
        enough = {term for term, both in counts.items() if min(both) >= ENOUGH}
        taught = [one for one in ruled if (one.vocabulary, one.code) in enough]
        return Tagger(self._encode, self._learn(taught))

    def _learn(self, corrected: Sequence[Corrected]) -> Learned:
        if not corrected:
            return NOTHING
        untaught = Tagger(self._encode)
        tools = sorted({one.tool for one in corrected})
        weighed = {
            one.tool: {
                name: untaught.weigh(
                    load()[name], one.title, one.text, untaught.usual(name, one.title, one.text)
                )
                for name in {some.vocabulary for some in corrected}
            }
            for one in self._store.described(tools)
        }
        return learn(
            Correction(one.vocabulary, one.code, one.accepted, sure[one.code], vector)
            for one in corrected
            if one.tool in weighed
            for sure, vector in [weighed[one.tool][one.vocabulary]]
            if one.code in sure
        )

    def _key(self, corrected: Sequence[Corrected]) -> str:
        """What the hints depend on beside the words."""
        versions = [(name, load()[name].version) for name, _ in TAGGED]
        learned = sorted(
            (term, given.bit_length(), left.bit_length())
            for term, (given, left) in sorted(_counts(corrected).items())
            if min(given, left) >= ENOUGH
        )
        parts_of = (_VERSION, self._embedder.model, versions, calibration.written(), learned)
        return sha256(repr(parts_of).encode()).hexdigest()[:16]


def _texts(one: Described) -> Iterator[str]:
    yield whole(one.title, one.text)
    yield from parts(one.title, one.text)


def _complete(ruled: Sequence[Corrected]) -> list[Corrected]:
    """Rulings, and what goes without saying: a person who gave a tool terms of a vocabulary did
    not give it the others.
    """
    decided = {(one.tool, one.vocabulary, one.code) for one in ruled}
    given = sorted({(one.tool, one.vocabulary) for one in ruled if one.accepted})
    taught = sorted({(one.vocabulary, one.code) for one in ruled})
    return [
        *ruled,
        *(
            Corrected(tool, vocabulary, code, accepted=False)
            for tool, vocabulary in given
            for name, code in taught
            if name == vocabulary and (tool, vocabulary, code) not in decided
        ),
    ]


def _counts(corrected: Sequence[Corrected]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Tools that were given each term, and tools that were not."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in corrected:
        counts[one.vocabulary, one.code][not one.accepted] += 1
    return {term: (given, left) for term, (given, left) in counts.items()}
