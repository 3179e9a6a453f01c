"""Search documents: what the search engine is given to index, and nothing more.

A `SearchDocument` is one thing that can be found: a tool, or a document that no tool claims. It
is immutable: when what it says changes, a new one with a new id takes its place, so an index is
in step with the catalogue exactly when both hold the same ids.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from catalogue.filters import Filters

Aspect = Literal["does", "serves", "claims", ""]
"""What a passage tells of a tool: what it does, whom it serves, what is claimed; "" where it tells
of several at once, as whole pages do, or is a document's."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that is embedded and shown as the reason for a hit."""

    id: int
    text: str
    text_sha: str
    """SHA-256 of the text: with the model, the key of its embedding."""
    url: str
    """Address of the document it stands in."""
    aspect: Aspect = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found."""

    id: int
    """Never reused, also not after deletion."""
    kind: Literal["tool", "document"]
    subject_id: int
    """Id of the tool or the document."""
    title: str
    url: str
    body: str
    """All its words, for the lexical index."""
    passages: tuple[Passage, ...]


class DocumentStore(Protocol):
    """The door through which search reaches the catalogue."""

    def refresh(self) -> int:
        """Make new search documents for all subjects that changed; returns how many."""

    def ids(self) -> array[int]:
        """Ids of all current search documents, ascending."""

    def passages(self) -> Iterator[tuple[int, int]]:
        """Pairs (passage id, document id) of all current passages, ascending."""

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """The search documents with these ids, in the order of the ids; unknown ids are left
        out.
        """

    def missing(self, model: str) -> Iterator[tuple[str, str]]:
        """Distinct pairs (text hash, text) of passages that have no vector of this model yet."""

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Store vectors, pairs (text hash, little-endian float32 bytes), in one transaction."""

    def vectors(self, model: str, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """Pairs (passage id, vector bytes) for those of the passages that have a vector."""

    def allowed(self, filters: Filters) -> array[int] | None:
        """Ids of the search documents that pass the filters; None when all do."""

    def of_subject(self, kind: Literal["tool", "document"], subject_id: int) -> int | None:
        """Id of the current search document of a tool or document."""
