"""Nearness: how near a text is in meaning to each term of a vocabulary.

A text is held against a term in two ways: the sentence that is nearest to any of the term's names,
and the whole against the term's description. How near is near depends on the text (every text
about hospitals is near to every term about them), so each is counted in standard deviations from
the mean over all terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt

from catalogue.tagging import offered
from catalogue.text import one_line, quote, sentences
from catalogue.vocabularies import Term, Vocabulary
from search.embedder import Vectors

Encode = Callable[[Sequence[str]], Vectors]
"""Gives the vectors of texts, in order; a text that was encoded before need not be again."""

Scores = npt.NDArray[np.float64]

_SENTENCES: Final = 8
"""Sentences of the text that are looked at one by one, after the title."""
_WHOLE: Final = 1200
"""Characters that are read as a whole: some 256 word pieces, what the default model reads."""


@dataclass(frozen=True, slots=True)
class Near:
    """A text beside a term."""

    score: float
    """Standard deviations above the mean over all terms."""
    name: str
    """The term's name that is nearest to a sentence of the text."""
    cosine: float
    sentence: str
    """That sentence: one line, at most 300 characters."""


class Nearness:
    """Compares texts with the terms of one vocabulary; the terms are encoded once."""

    def __init__(self, vocabulary: Vocabulary, encode: Encode) -> None:
        self.terms: tuple[Term, ...] = tuple(offered(vocabulary))
        self._encode = encode

    def of(self, title: str, text: str) -> tuple[dict[str, Near], npt.NDArray[np.float32]]:
        """How near a text is to each term, by code; and the vector of the text as a whole."""
        said = [whole(title, text), *parts(title, text)]
        vectors = self._encode(said)
        if not self.terms:
            return {}, vectors[0]
        names, owners = self._names
        cosines = vectors[1:] @ self._name_vectors.T
        best = cosines.max(axis=0)
        near: list[int] = [
            int(at[best[at].argmax()])
            for at in (np.flatnonzero(owners == term) for term in range(len(self.terms)))
        ]
        described = (vectors[0] @ self._descriptions.T).astype(np.float64)
        scores = (_standard(best[near].astype(np.float64)) + _standard(described)) / 2
        return {
            term.code: Near(
                float(scores[at]),
                names[near[at]],
                float(best[near[at]]),
                quote(said[1 + int(cosines[:, near[at]].argmax())]),
            )
            for at, term in enumerate(self.terms)
        }, vectors[0]

    @cached_property
    def _names(self) -> tuple[list[str], npt.NDArray[np.int64]]:
        pairs = [(name, at) for at, term in enumerate(self.terms) for name in term.names]
        return [name for name, _ in pairs], np.array([at for _, at in pairs], np.int64)

    @cached_property
    def _name_vectors(self) -> Vectors:
        return self._encode(self._names[0])

    @cached_property
    def _descriptions(self) -> Vectors:
        return self._encode([description(term) for term in self.terms])


def description(term: Term) -> str:
    """What a term means, as one text."""
    aliases = f" {', '.join(term.aliases)}." if term.aliases else ""
    return f"{term.label}: {term.definition}{aliases}"


def whole(title: str, text: str) -> str:
    """The beginning of a text, with its title."""
    return one_line(f"{title}\n{text}"[:_WHOLE]) or "."


def parts(title: str, text: str) -> Sequence[str]:
    """The title and the first sentences of a text."""
    return list(_parts(title, text)) or ["."]


def _parts(title: str, text: str) -> Iterator[str]:
    if title.strip():
        yield one_line(title)
    beginning = text[: _SENTENCES * _WHOLE]
    yield from islice((one_line(said) for _, _, said in sentences(beginning)), _SENTENCES)


def _standard(values: Scores) -> Scores:
    """Values in standard deviations from their mean."""
    spread = values.std()
    return (values - values.mean()) / spread if spread else np.zeros_like(values)
