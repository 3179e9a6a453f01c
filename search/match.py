"""A match: which tools' passages say what is needed.

Whether a passage covers a need is a decision. Three things are looked at: how near they are in
meaning (standard deviations above any text of the trade, `search.yardstick`), which share of the
need's telling words stands close together in the passage, and whether the tool's use cases are
what the need is about - the vocabularies know that "who is on duty" is rostering. A logistic
regression weighs them; its constants are those of judged pairs (`benchmarks.search.needs`), and
what it gives is the share of such pairs that were judged to be covered.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from catalogue.documents import DocumentStore, Passage, SearchDocument
from catalogue.match_rows import Degree
from catalogue.text import one_line, quote, sentences
from catalogue.vocabularies import load
from search.analysis import stems
from search.embedder import Vectors
from search.lexical import Ids, WordIndex
from search.needs import Need
from search.vectors import VectorIndex
from search.yardstick import Yardstick

MEANING: Final = 0.9
WORDS: Final = 10.5
KIND: Final = 0.8
BIAS: Final = -8.2
"""The regression: fitted on all pairs of `benchmarks/search/needs.yml`, rounded."""

COVERED: Final = 0.3
PARTLY: Final = 0.1
"""From which chance on a need is covered, or partly."""

CANDIDATES: Final = 50
"""Tools looked at for each need, from each of the two indexes."""

MOST_OTHERS: Final = 3
"""Passages of other pages that are given beside the best."""

_PIECE: Final = 40
"""Most words that count as standing close together; a longer sentence is cut, half overlapping."""

_GLANCE: Final = 20
"""Words that are shown as they are; of more, those around what matched."""

_NOT = re.compile(
    r"\b(?:not|never|neither|nor|cannot|nobody|nothing|no)\b|n['\u2019]t\b", re.IGNORECASE
)
_ONLY_THEN = re.compile(r"\b(?:until|unless|before|without)\b", re.IGNORECASE)
"""After these, "nothing is sent until a person signs" says that a person signs."""

Kinds = Callable[[Sequence[int]], Mapping[int, Collection[str]]]
"""Gives the use cases of tools by id."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a tool's passages say of a need."""

    need: int
    """Place of the need in what was asked, from 0."""
    tool: int
    degree: Degree
    chance: float
    text: str
    """The words of the passage that say it: at most 300 characters."""
    url: str
    parts: tuple[tuple[str, float], ...]
    others: tuple[tuple[str, str], ...]
    """Words and addresses of passages of other pages that cover it, too."""
    doubt: str


@dataclass(frozen=True, slots=True)
class Sight:
    """One passage beside one need."""

    passage: Passage
    text: str
    meaning: float
    words: float
    score: float


class Matcher:
    """Compares needs with the tools of one state of the indexes."""

    def __init__(
        self,
        store: DocumentStore,
        words: WordIndex,
        vectors: VectorIndex | None,
        yardstick: Yardstick | None,
        kinds: Kinds,
    ) -> None:
        """Without vectors and yardstick words alone decide, and far fewer needs are covered."""
        self._store = store
        self._words = words
        self._vectors = vectors
        self._yardstick = yardstick
        self._kinds = kinds

    def covers(self, needs: Sequence[Need], asked: Vectors | None, allowed: Ids) -> list[Cover]:
        """What the allowed documents (ascending, tools) cover, by need, then chance.

        `asked` are the vectors of the needs' `asked`.
        """
        found = [
            self._found(need, None if asked is None else asked[at], allowed)
            for at, need in enumerate(needs)
        ]
        ids = sorted({one for some in found for one in some})
        documents = {one.id: one for one in self._store.documents(ids)}
        nearness = self._nearness(asked, documents.values())
        kinds = self._kind(asked, documents.values())
        covers = []
        for at, need in enumerate(needs):
            telling = self._telling(need)
            for document in (documents[one] for one in sorted(found[at]) if one in documents):
                kind = kinds[document.id][at] if kinds else 0.0
                sights = [
                    _sight(document, passage, telling, nearness.get(passage.id), at, kind)
                    for passage in document.passages
                ]
                if cover := _cover(at, need, telling, document, sights, kind):
                    covers.append(cover)
        return sorted(covers, key=lambda one: (one.need, -one.chance, one.tool))

    def _found(self, need: Need, vector: Vectors | None, allowed: Ids) -> set[int]:
        """The documents that are worth a look."""
        found = {match.document for match in self._words.search(need.asked, CANDIDATES, allowed)}
        if vector is not None and self._vectors is not None:
            found |= {one.document for one in self._vectors.nearest(vector, CANDIDATES, allowed)}
        return found

    def _nearness(
        self, asked: Vectors | None, documents: Collection[SearchDocument]
    ) -> dict[int, list[float]]:
        """For each passage that has a vector, its nearness to each need."""
        if asked is None or self._vectors is None or self._yardstick is None:
            return {}
        passages = np.array(
            [one.id for document in documents for one in document.passages], np.int64
        )
        passages = np.intersect1d(passages, self._vectors.passages)
        if not len(passages):
            return {}
        cosines = asked @ self._vectors.vectors(passages).T
        # Single precision tells no more, and its last digits depend on what is compared together.
        standing = self._yardstick.standing(cosines, asked).round(4)
        return dict(zip(passages.tolist(), standing.T.tolist(), strict=True))

    def _kind(
        self, asked: Vectors | None, documents: Collection[SearchDocument]
    ) -> dict[int, list[float]]:
        """For each document, how near each need is to what the tool is for."""
        if asked is None or self._yardstick is None:
            return {}
        known = self._kinds([one.subject_id for one in documents])
        scores = self._yardstick.kinds(asked)
        return {
            one.id: self._yardstick.of_kinds(scores, known.get(one.subject_id, ())).tolist()
            for one in documents
        }

    def _telling(self, need: Need) -> dict[str, float]:
        """The stems of a need and the share of its meaning that each carries: rare ones more."""
        weights = {stem: self._words.rarity(stem) for stem in stems(need.asked)}
        total = sum(weights.values()) or 1.0
        return {stem: weight / total for stem, weight in weights.items()}


def _sight(
    document: SearchDocument,
    passage: Passage,
    telling: Mapping[str, float],
    nearness: Sequence[float] | None,
    at: int,
    kind: float,
) -> Sight:
    near = nearness[at] if nearness else 0.0
    share, text = 0.0, ""
    for piece, its_stems in pieces(_of_page(passage.text, document.title)):
        if piece.rstrip(".") in _labels():
            continue
        held = sum(weight for stem, weight in telling.items() if stem in its_stems)
        if not text or held > share:
            share, text = held, piece
    return Sight(passage, text, near, share, MEANING * near + WORDS * share + KIND * kind + BIAS)


def _cover(
    at: int,
    need: Need,
    telling: Collection[str],
    document: SearchDocument,
    sights: Sequence[Sight],
    kind: float,
) -> Cover | None:
    """What the best passage makes of it; None where none comes near."""
    ordered = sorted(
        (one for one in sights if one.text), key=lambda one: (-one.score, one.passage.id)
    )
    if not ordered:
        return None
    best = ordered[0]
    chance = 1 / (1 + math.exp(-best.score))
    if chance < PARTLY:
        return None
    doubt = (
        "its words say \N{LEFT SINGLE QUOTATION MARK}not\N{RIGHT SINGLE QUOTATION MARK}"
        if _denies(best.text, need.asked)
        else ""
    )
    others: dict[str, str] = {}
    for one in ordered[1:]:
        if one.passage.url != best.passage.url and 1 / (1 + math.exp(-one.score)) >= COVERED:
            others.setdefault(one.passage.url, tight(one.text, telling))
    return Cover(
        need=at,
        tool=document.subject_id,
        degree="covered" if chance >= COVERED and not doubt else "partly",
        chance=chance,
        text=tight(_shortest(best, ordered), telling),
        url=best.passage.url,
        parts=(("kind", kind), ("meaning", best.meaning), ("words", best.words)),
        others=tuple((text, url) for url, text in others.items())[:MOST_OTHERS],
        doubt=doubt,
    )


def _shortest(best: Sight, sights: Sequence[Sight]) -> str:
    """The shortest words of the best passage's page that hold as much of the need."""
    same = [one.text for one in sights if _as_good(one, best)]
    return min(same, key=len)


def tight(words: str, wanted: Collection[str]) -> str:
    """The shortest stretch of words that holds as many of the wanted stems, with some words around
    it, as a quote. A page's table or list is one long sentence to whoever reads it as text.
    """
    every = words.split()
    if len(every) <= _GLANCE:
        return quote(words)
    held = [(at, stem) for at, word in enumerate(every) for stem in stems(word) if stem in wanted]
    if not held:
        return quote(" ".join(every[:_GLANCE]) + "\N{HORIZONTAL ELLIPSIS}")
    count = len({stem for _, stem in held})
    last: dict[str, int] = {}
    spans = []
    for at, stem in held:
        last[stem] = at
        if len(last) == count:
            spans.append((at - min(last.values()), min(last.values()), at))
    _, first, end = min(spans)
    around = max(4, (_GLANCE - (end - first)) // 2)
    start, stop = max(0, first - around), min(len(every), end + 1 + around)
    before = "\N{HORIZONTAL ELLIPSIS}" if start else ""
    after = "\N{HORIZONTAL ELLIPSIS}" if stop < len(every) else ""
    return quote(f"{before}{' '.join(every[start:stop])}{after}")


def _as_good(one: Sight, best: Sight) -> bool:
    more = one.passage.url == best.passage.url and one.words >= best.words > 0
    return more or one is best


def _denies(words: str, asked: str) -> bool:
    """Whether words speak of what is asked for only to say no."""
    return bool(_NOT.search(words) and not _ONLY_THEN.search(words) and not _NOT.search(asked))


def _of_page(text: str, name: str) -> str:
    """The text without the words that the catalogue put before a page's: "NAME, by SUPPLIER."."""
    return text.partition(". ")[2] if text.startswith(f"{name}, by ") else text


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    """Names of use cases: where one stands alone, the catalogue put it there."""
    return frozenset(term.label for term in load()["use_cases"])


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Sentences of a passage, long ones cut, each with its stems."""
    return tuple((piece, frozenset(stems(piece))) for piece in _cut(text))


def _cut(text: str) -> Iterator[str]:
    for _start, _end, sentence in sentences(text):
        words = one_line(sentence).split()
        if len(words) <= _PIECE:
            yield " ".join(words)
            continue
        for start in range(0, len(words) - _PIECE // 2, _PIECE // 2):
            yield " ".join(words[start : start + _PIECE])
