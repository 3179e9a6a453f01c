"""Hints: the door through which the model of meaning says what it makes of tools and terms.

The catalogue asks no model. It gives the words of each tool that nobody has held against the terms
yet, keeps what comes back, and shows it as suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from catalogue.tagging import Suggestion


@dataclass(frozen=True, slots=True)
class Described:
    """The words of one tool that its tags are read from."""

    tool: int
    title: str
    """Its name and summary."""
    text: str
    """Its features and the beginnings of its own pages."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What people decided of one term on one tool."""

    tool: int
    vocabulary: str
    code: str
    accepted: bool


Suggested = Mapping[str, Iterable[Suggestion]]
"""Suggestions by vocabulary."""


class HintStore(Protocol):
    """What a tagger reads and writes."""

    def waiting(self, tagger: str, after: int, limit: int) -> Sequence[Described]:
        """The first tools with numbers beyond `after` that have no hints of their present words
        by this tagger.
        """

    def put(self, tagger: str, hints: Mapping[Described, Suggested]) -> None:
        """Keep the hints of tools in the place of their old ones, and bring their tags in step."""

    def corrected(self) -> Sequence[Corrected]:
        """All that people decided of terms on tools and that holds, in a fixed order."""

    def described(self, tools: Sequence[int]) -> Iterator[Described]:
        """The words of these tools, by number."""

    def held(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Vectors that are stored of texts, by the text's hash, as little-endian float32."""

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Store vectors, pairs (text hash, little-endian float32 bytes), in one transaction."""
