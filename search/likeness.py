"""Likeness of two tools by aspect: what they do, whom they serve, what is claimed of them.

The vector of an aspect is the mean of its passages' vectors, at unit length. Tools are found by
the nearest passages to each of them and compared aspect by aspect; an aspect of which one of the
two says nothing counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from catalogue.documents import Aspect, DocumentStore, SearchDocument
from search.embedder import Vectors
from search.lexical import Ids
from search.vectors import VectorIndex

WEIGHTS: Final[Mapping[Aspect, float]] = MappingProxyType(
    {"does": 0.6, "serves": 0.25, "claims": 0.15, "": 1.0}
)
"""How much each aspect counts: what a tool does makes it comparable, whom it serves narrows that,
and what is claimed varies most with who writes. A judgement, not a measurement; `by` asks for one
alone. Documents have one aspect, ""."""

CANDIDATES: Final = 50
"""Tools that each aspect brings in, at least."""

_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Alike:
    """One tool (or document) that is like another."""

    id: int
    score: float
    """Weighted mean of the parts, -1 to 1."""
    parts: tuple[tuple[Aspect, float], ...]
    """Cosine by aspect."""
    missing: tuple[Aspect, ...]
    """Aspects that one of the two lacks."""
    pairs: tuple[tuple[Aspect, str, str], ...]
    """For each aspect its two passages that are nearest, the asked tool's first."""


def likenesses(
    store: DocumentStore,
    vectors: VectorIndex,
    document: int,
    others: Ids,
    limit: int,
    by: Aspect | None = None,
) -> list[Alike]:
    """Those of the other documents that are likest, best first; ties by document.

    `others` (ascending) are compared; `by` ranks by one aspect and leaves out what lacks it.
    """
    own = next(iter(store.documents([document])), None)
    if own is None or limit <= 0:
        return []
    mine = _Aspects(own, vectors)
    sought = [by] if by is not None else list(mine.means)
    found: set[int] = set()
    for aspect in sought:
        if aspect in mine.means:
            near = vectors.nearest(mine.means[aspect], max(CANDIDATES, 2 * limit), others)
            found.update(one.document for one in near)
    alike = []
    for other in store.documents(sorted(found)):
        theirs = _Aspects(other, vectors)
        shared = [aspect for aspect in mine.means if aspect in theirs.means]
        if shared and (by is None or by in shared):
            alike.append((other.id, _alike(other, mine, theirs, shared, by)))
    alike.sort(key=lambda one: (-one[1].score, one[0]))
    return [one for _, one in alike[:limit]]


class _Aspects:
    """A document's passages and vectors by aspect."""

    def __init__(self, document: SearchDocument, vectors: VectorIndex) -> None:
        ids = np.array([passage.id for passage in document.passages], np.int64)
        held = set(np.intersect1d(ids, vectors.passages).tolist())
        self.texts: dict[Aspect, list[str]] = {}
        self.vectors: dict[Aspect, Vectors] = {}
        self.means: dict[Aspect, npt.NDArray[np.float32]] = {}
        # A tool's whole pages tell of several aspects at once, and of none well.
        told = [one for one in WEIGHTS if one or document.kind == "document"]
        for aspect in told:
            passages = [one for one in document.passages if one.aspect == aspect and one.id in held]
            if passages:
                rows = vectors.vectors(np.array([one.id for one in passages], np.int64))
                middle = rows.mean(axis=0)
                self.texts[aspect] = [one.text for one in passages]
                self.vectors[aspect] = rows
                self.means[aspect] = middle / np.linalg.norm(middle)


def _alike(
    other: SearchDocument,
    mine: _Aspects,
    theirs: _Aspects,
    shared: Sequence[Aspect],
    by: Aspect | None,
) -> Alike:
    parts = [
        (aspect, round(float(mine.means[aspect] @ theirs.means[aspect]), _DECIMALS))
        for aspect in shared
    ]
    counted = [(aspect, part) for aspect, part in parts if by is None or aspect == by]
    total = sum(WEIGHTS[aspect] for aspect, _ in counted)
    score = sum(WEIGHTS[aspect] * part for aspect, part in counted) / total
    missing = (mine.means.keys() | theirs.means.keys()) - set(shared)
    return Alike(
        id=other.subject_id,
        score=round(score, _DECIMALS),
        parts=tuple(parts),
        missing=tuple(aspect for aspect in WEIGHTS if aspect in missing),
        pairs=tuple((aspect, *_nearest(mine, theirs, aspect)) for aspect in shared),
    )


def _nearest(mine: _Aspects, theirs: _Aspects, aspect: Aspect) -> tuple[str, str]:
    cosines = mine.vectors[aspect] @ theirs.vectors[aspect].T
    row, column = np.unravel_index(int(cosines.round(_DECIMALS).argmax()), cosines.shape)
    return mine.texts[aspect][int(row)], theirs.texts[aspect][int(column)]
