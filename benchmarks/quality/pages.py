"""The labelled pages that tags and scope are tuned on, and what of the vocabularies they vouch for.

Phrases of the vocabularies were written with these pages in sight. A figure on them would praise
itself, so where it is said to be held out, a page is read without the names and cues that stand in
it alone and speak for a term it is labelled with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir

import numpy as np

from benchmarks.quality.real import rows
from catalogue.phrases import Phrases
from catalogue.tagging import offered
from catalogue.vocabularies import Vocabulary
from search import model
from search.embedder import Vectors

PAGES = "nhs-pages-dev.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and what a person gave it."""

    title: str
    text: str
    codes: frozenset[str]
    """Of all vocabularies."""
    is_clinical: bool
    borderline: bool


class Encoder:
    """The default model; a text is encoded once."""

    def __init__(self) -> None:
        prepared = Path(gettempdir()) / "horizonscan-benchmarks" / "models"
        self._embedder = model.load("", prepared, threads=1)
        self._held: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._held]
        if new:
            self._held |= dict(zip(new, self._embedder.encode(new), strict=True))
        return np.stack([self._held[text] for text in texts])


def labelled_pages() -> list[LabelledPage]:
    """The pages, in the order of the file."""
    return [
        LabelledPage(
            row["title"],
            row["abstract"],
            frozenset([*row["use_cases"], *row["settings"]]),
            row["is_clinical"],
            row["borderline"],
        )
        for row in rows(PAGES)
    ]


def held_out(vocabulary: Vocabulary, pages: Sequence[LabelledPage]) -> list[Vocabulary]:
    """For each page the vocabulary as it might be had nobody seen that page."""
    lone: list[set[tuple[str, str]]] = [set() for _ in pages]
    for term in offered(vocabulary):
        for phrase in (*term.aliases, *term.cues):
            alone = Phrases([(term.code, phrase)])
            where = [
                at
                for at, page in enumerate(pages)
                if next(alone.find(f"{page.title}\n{page.text}"), None) is not None
            ]
            if len(where) == 1 and term.code in pages[where[0]].codes:
                lone[where[0]].add((term.code, phrase))
    return [_without(vocabulary, phrases) for phrases in lone]


def _without(vocabulary: Vocabulary, phrases: set[tuple[str, str]]) -> Vocabulary:
    terms = tuple(
        replace(
            term,
            aliases=tuple(one for one in term.aliases if (term.code, one) not in phrases),
            cues=tuple(one for one in term.cues if (term.code, one) not in phrases),
        )
        for term in vocabulary.terms
    )
    return replace(vocabulary, terms=terms)
