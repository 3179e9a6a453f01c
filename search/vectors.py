"""The index of meaning: FAISS, one vector for each passage.

Up to `exact_up_to` passages - all there are, or those that pass a filter - are compared one by one;
where more would have to be, the likeliest by their sketches are, as many as it takes until no
other can be expected to be nearer. A passage's score is the same whichever way it was found and
however the index came about.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from search.embedder import Vectors
from search.manifest import DamagedError
from search.part import NOBODY, Ids, Pairs, Part
from search.sketch import spread

EXACT_UP_TO: Final = 30_000
"""Passages that are compared one by one, unless the settings say otherwise: from about here on
sketches take less time (`benchmarks/search/scale.py`)."""

LARGE: Final = "large"
SMALL: Final = "small"
REMOVED_FILE: Final = "removed.npy"
"""Rows of the large part that do not count any more."""

_DECIMALS: Final = 6
"""Similarities nearer than this are ties: single precision tells no more."""
_FEWEST: Final = 256
_BREADTH: Final = 4
"""Passages asked for at first, at least, and how many are compared for each that is asked for."""
_MARGIN: Final = 2.0
"""Standard deviations of an estimate by which a passage that was left out must stay behind."""
_MOST: Final = 20_000
"""Passages compared by a search by sketches, after which it takes what it has."""
_NARROW: Final = 8
"""Of a filter that leaves less than one in so many, each passage is compared: to find those among
the sketches takes longer."""
_AT_ONCE: Final = 65_536
"""Rows written at a time."""
_TOGETHER: Final = 2048
"""Rows out of order that are compared at a time: 3 MB, which a processor's cache holds."""
_SCATTERED: Final = 4
"""To compare a row out of order takes as long as so many in order."""
_WHOLE_UP_TO: Final = 10_000
_MOST_LOOSE: Final = 0.1
"""Up to so many passages the index is written as one part each time; beyond, its large part is
carried on until what was put in and taken out since comes to this share of it."""


class Near(NamedTuple):
    """One document, and which of its passages is nearest."""

    document: int
    score: float
    """Cosine similarity of that passage, -1 to 1."""
    passage: int


class _Rows(NamedTuple):
    """What the rows of all parts hold, counted through."""

    passages: Ids
    slots: Ids
    """Id of the document and 1; 0 in a row that does not count any more."""
    pairs: Pairs
    """Those that count, ascending."""
    places: Ids
    """The row of each of the pairs."""
    starts: Ids
    """Where each part begins, and where the last one ends."""


class VectorIndex:
    """An index of passages by meaning. Searching is safe from several threads; changing is not."""

    def __init__(self, dimension: int, exact_up_to: int = EXACT_UP_TO) -> None:
        """Make an empty index for vectors of this many numbers."""
        self.dimension = dimension
        self.exact_up_to = exact_up_to
        self._parts: list[Part] = []
        self._counts: list[npt.NDArray[np.bool_]] = []

    @classmethod
    def load(cls, folder: Path, exact_up_to: int = EXACT_UP_TO, *, mapped: bool = False) -> Self:
        """Read the index in `folder`; `mapped` leaves vectors on the disk until they are needed.

        Raises:
            DamagedError: it cannot be read, or its files do not belong together.
        """
        parts = [Part.load(folder / LARGE, mapped=mapped)]
        if (folder / SMALL).exists():
            parts.append(Part.load(folder / SMALL, mapped=mapped))
        index = cls(parts[0].dimension, exact_up_to)
        index._parts, index._counts = parts, [np.ones(len(part.pairs), bool) for part in parts]
        try:
            index._counts[0][np.load(folder / REMOVED_FILE, allow_pickle=False)] = False
        except (OSError, ValueError, IndexError, EOFError) as error:
            raise DamagedError(f"{REMOVED_FILE} cannot be read ({error})") from error
        if parts[-1].dimension != index.dimension or (np.diff(index.passages) <= 0).any():
            raise DamagedError(f"{LARGE} and {SMALL} do not belong together")
        return index

    def save(self, folder: Path) -> None:
        """Write the index into the new folder `folder`; not atomic, so that must not be in use."""
        folder.mkdir()
        kept, removed = self._keeps_large(), np.empty(0, np.int64)
        if kept:
            self._parts[0].carry_over(folder / LARGE)
            removed = np.flatnonzero(~self._counts[0])
        np.save(folder / REMOVED_FILE, removed, allow_pickle=False)
        rest = Part.of(self.dimension, self._counting(kept))
        if len(rest.pairs) or not kept:
            rest.save(folder / (SMALL if kept else LARGE), sketched=self._is_sketched())

    @property
    def kind(self) -> str:
        """How vectors are compared, in words for the manifest."""
        return "sketched" if self._is_sketched() else "exact"

    @property
    def passages(self) -> Ids:
        """Ids of all passages, ascending."""
        return self._rows.pairs[:, 0]

    @property
    def pairs(self) -> Pairs:
        """Passages and their documents, ascending."""
        return self._rows.pairs

    def remove(self, passages: Ids) -> None:
        """Take passages out; unknown ids are passed over."""
        for part, counts in zip(self._parts, self._counts, strict=True):
            counts[np.isin(part.pairs[:, 0], passages)] = False
        self.__dict__.pop("_rows", None)

    def add(self, pairs: Pairs, vectors: Vectors) -> None:
        """Put passages in, taking out what had their ids."""
        self.remove(pairs[:, 0])
        self._parts.append(Part.of(self.dimension, [(pairs, vectors)]))
        self._counts.append(np.ones(len(pairs), bool))

    def vectors(self, passages: Ids) -> Vectors:
        """Vectors of these passages, in order; all must be held."""
        places = self._rows.places[np.searchsorted(self.passages, passages)]
        found = np.empty((len(places), self.dimension), np.float32)
        for part, its, within in self._by_part(places):
            found[its] = part.rows[within]
        return found

    def of_document(self, document: int) -> Vectors:
        """Vectors of a document's passages, shape (number of passages, dimension)."""
        return self.vectors(self.pairs[self.pairs[:, 1] == document, 0])

    def nearest(
        self, vector: npt.NDArray[np.float32], limit: int, allowed: Ids | None = None
    ) -> list[Near]:
        """Documents by their nearest passage, nearest first; ties by id.

        `vector` has shape (dimension,) and unit length; `allowed` are the documents that may be
        found, None means all.
        """
        selected = self._selected(allowed)
        count = len(self._rows.slots) if selected is None else len(selected)
        if count == 0 or limit <= 0:
            return []
        fetch = max(_FEWEST, 4 * limit)
        while True:
            fetch = min(fetch, count)
            scores, passages, below = self._best(vector, fetch, selected)
            found = self._by_document(passages, scores)
            # What was not fetched may come up to `below`, and tie with it.
            if below is None or (len(found) >= limit and found[limit - 1].score > below):
                return found[:limit]
            fetch *= 4

    def _selected(self, allowed: Ids | None) -> Ids | None:
        """Rows of the allowed documents, ascending; None when that is all rows."""
        slots = self._rows.slots
        if allowed is None:
            passes = slots > 0
        else:
            table = np.zeros(int(slots.max(initial=0)) + 1, bool)
            table[allowed[allowed < len(table) - 1] + 1] = True
            passes = table[slots]
        return None if passes.all() else np.flatnonzero(passes)

    def _best(
        self, vector: npt.NDArray[np.float32], fetch: int, selected: Ids | None
    ) -> tuple[npt.NDArray[np.float32], Ids, float | None]:
        """Scores and ids of the `fetch` best of the selected passages, in any order; and up to
        which score there may be others, None when there are none.
        """
        count = len(self._rows.slots) if selected is None else len(selected)
        below: float | None = None
        wide = count > max(self.exact_up_to, len(self._rows.slots) // _NARROW)
        if wide and all(part.sketch for part in self._parts):
            places, below = self._likeliest(vector, fetch, selected)
        else:
            places = np.arange(count) if selected is None else selected
        scores = self._scores(vector, places).round(_DECIMALS)
        if fetch < len(places):
            best = np.argpartition(scores, len(places) - fetch)[len(places) - fetch :]
            places, scores = places[best], scores[best]
            least = float(scores.min())
            below = least if below is None else max(below, least)
        return scores, self._rows.passages[places], below

    def _likeliest(
        self, vector: npt.NDArray[np.float32], fetch: int, selected: Ids | None
    ) -> tuple[Ids, float | None]:
        """Rows that are likely among the `fetch` best, ascending; and the score that none of the
        others can be expected to pass, None when no more are to be looked at.
        """
        total = len(self._rows.slots)
        share = 1.0 if selected is None else len(selected) / total
        breadth = min(total, int(min(_BREADTH * fetch, _MOST) / share))
        found = [part.sketch.likeliest(vector, breadth) for part in self._parts if part.sketch]
        estimates = np.concatenate([each for each, _ in found])
        starts = self._rows.starts[: len(found)]
        places = np.concatenate([at + start for (_, at), start in zip(found, starts, strict=True)])
        if len(places) > breadth:
            first = np.argpartition(-estimates, breadth - 1)[:breadth]
            estimates, places = estimates[first], places[first]
        if selected is not None:
            passes = np.zeros(total, bool)
            passes[selected] = True
            places = places[passes[places]]
        enough = breadth == total or _BREADTH * fetch >= _MOST
        margin = _MARGIN * spread(self.dimension)
        return np.sort(places), None if enough else float(estimates.min()) + margin

    def _scores(self, vector: npt.NDArray[np.float32], places: Ids) -> npt.NDArray[np.float32]:
        """Cosines of these rows, ascending. Each is the product of its row alone, so it does not
        depend on which others are compared.
        """
        if _SCATTERED * len(places) >= len(self._rows.slots):
            scores = np.concatenate([np.vecdot(part.rows, vector) for part in self._parts])
            return scores if len(places) == len(scores) else scores[places]
        scores = np.empty(len(places), np.float32)
        for start in range(0, len(places), _TOGETHER):
            some = scores[start : start + _TOGETHER]
            for part, its, within in self._by_part(places[start : start + _TOGETHER]):
                some[its] = np.vecdot(part.rows[within], vector)
        return scores

    def _by_part(self, places: Ids) -> Iterator[tuple[Part, Ids, Ids]]:
        """Each part that holds some of these rows, which of them, and their numbers within it."""
        owners = np.searchsorted(self._rows.starts, places, side="right") - 1
        for number, part in enumerate(self._parts):
            its = np.flatnonzero(owners == number)
            if len(its):
                yield part, its, places[its] - self._rows.starts[number]

    @cached_property
    def _rows(self) -> _Rows:
        pairs = np.concatenate([part.pairs for part in self._parts] or [NOBODY])
        counts = np.concatenate([*self._counts, np.empty(0, bool)])
        slots = np.where(counts, pairs[:, 1] + 1, 0)
        places = np.flatnonzero(counts)
        places = places[np.argsort(pairs[places, 0], kind="stable")]
        sizes = [len(part.pairs) for part in self._parts]
        return _Rows(pairs[:, 0], slots, pairs[places], places, np.cumsum([0, *sizes]))

    def _is_sketched(self) -> bool:
        return len(self.passages) > self.exact_up_to

    def _keeps_large(self) -> bool:
        """Whether the large part can be carried on."""
        if not self._parts or self._parts[0].folder is None:
            return False
        large, counts = self._parts[0], self._counts[0]
        loose = int((~counts).sum()) + sum(int(some.sum()) for some in self._counts[1:])
        return (
            len(counts) > _WHOLE_UP_TO
            and loose <= _MOST_LOOSE * len(counts)
            and (large.sketch is not None) == self._is_sketched()
        )

    def _counting(self, first: int) -> Iterator[tuple[Pairs, Vectors]]:
        """What counts in the parts from this one on, some rows at a time."""
        for part, counts in zip(self._parts[first:], self._counts[first:], strict=True):
            for start in range(0, len(counts), _AT_ONCE):
                some = slice(start, start + _AT_ONCE)
                yield part.pairs[some][counts[some]], part.rows[some][counts[some]]

    def _by_document(self, passages: Ids, scores: npt.NDArray[np.float32]) -> list[Near]:
        documents = self.pairs[np.searchsorted(self.passages, passages), 1]
        best: dict[int, Near] = {}
        for at in np.lexsort((passages, -scores)):
            document = int(documents[at])
            best.setdefault(document, Near(document, float(scores[at]), int(passages[at])))
        return sorted(best.values(), key=lambda near: (-near.score, near.document))
