"""A document store in memory, and an embedder without a model: what the tests of search run on."""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from catalogue.documents import Aspect, Passage, SearchDocument
from catalogue.rows import Filters
from search.embedder import Embedder, Vectors
from search.lexical import Kind


class Shelf:
    """A `DocumentStore`: subjects are put on it and taken off it; `refresh` makes documents."""

    def __init__(self) -> None:
        self._subjects: dict[tuple[Kind, int], tuple[str, str, str]] = {}
        self._stale: set[tuple[Kind, int]] = set()
        self._documents: dict[int, SearchDocument] = {}
        self._settings: dict[int, str] = {}
        self._last_document = self._last_passage = 0
        self.kept: dict[tuple[str, str], bytes] = {}

    def put(
        self, subject: int, title: str, body: str, kind: Kind = "tool", setting: str = ""
    ) -> None:
        """Say what a subject says now; sentences of the body become its passages."""
        if self._subjects.get((kind, subject)) != (title, body, setting):
            self._subjects[kind, subject] = (title, body, setting)
            self._stale.add((kind, subject))

    def take(self, subject: int, kind: Kind = "tool") -> None:
        if self._subjects.pop((kind, subject), None):
            self._stale.add((kind, subject))

    def refresh(self) -> int:
        count = len(self._stale)
        for kind, subject in sorted(self._stale):
            old = self.of_subject(kind, subject)
            if old is not None:
                del self._documents[old]
            if (kind, subject) in self._subjects:
                self._make(kind, subject, *self._subjects[kind, subject])
        self._stale.clear()
        return count

    def _make(self, kind: Kind, subject: int, title: str, body: str, setting: str) -> None:
        self._last_document += 1
        url = f"http://www.supplier.example/{kind}/{subject}"
        passages: list[Passage] = []
        for text in re.findall(r"[^.]+\.?", body):
            self._last_passage += 1
            sha = hashlib.sha256(text.encode()).hexdigest()
            aspect = _aspect(text.strip()) if kind == "tool" else ""
            where = f"{url}#{len(passages)}"
            passages.append(Passage(self._last_passage, text.strip(), sha, where, aspect))
        self._documents[self._last_document] = SearchDocument(
            self._last_document, kind, subject, title, url, body, tuple(passages)
        )
        self._settings[self._last_document] = setting

    def ids(self) -> array[int]:
        return array("q", sorted(self._documents))

    def passages(self) -> Iterator[tuple[int, int]]:
        return iter(sorted((p.id, d.id) for d in self._documents.values() for p in d.passages))

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        return (self._documents[id_] for id_ in ids if id_ in self._documents)

    def missing(self, model: str) -> Iterator[tuple[str, str]]:
        texts = {p.text_sha: p.text for d in self._documents.values() for p in d.passages}
        return ((sha, text) for sha, text in texts.items() if (model, sha) not in self.kept)

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        self.kept.update({(model, sha): row for sha, row in list(vectors)})

    def vectors(self, model: str, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        shas = {p.id: p.text_sha for d in self._documents.values() for p in d.passages}
        for id_ in passage_ids:
            if id_ in shas and (model, shas[id_]) in self.kept:
                yield id_, self.kept[model, shas[id_]]

    def allowed(self, filters: Filters) -> array[int] | None:
        chosen = filters.of("setting")
        if not chosen:
            return None
        return array("q", [id_ for id_ in self.ids() if self._settings[id_] in chosen])

    def of_subject(self, kind: Kind, subject_id: int) -> int | None:
        for document in self._documents.values():
            if (document.kind, document.subject_id) == (kind, subject_id):
                return document.id
        return None


def _aspect(text: str) -> Aspect:
    """Whom it serves where it begins with "For", what is claimed where with "Saves"."""
    if text.startswith("For "):
        return "serves"
    return "claims" if text.startswith("Saves ") else "does"


class HashingEmbedder(Embedder):
    """Adds one fixed random direction for each word: texts that share words are near."""

    def __init__(self, model: str = "hashing", dimension: int = 32) -> None:
        super().__init__(model, dimension)
        self.seen: list[str] = []

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        rows: Vectors = np.stack([self._row(text) for text in texts])
        return rows

    def _row(self, text: str) -> Vectors:
        row = np.zeros(self.dimension)
        for word in re.findall(r"\w+", text.casefold()) or [""]:
            row += np.random.default_rng(zlib.crc32(word.encode())).normal(size=self.dimension)
        return (row / np.linalg.norm(row)).astype(np.float32)
