"""The pool of a project: the tools that its query finds now, and the words and vectors of each.

New tools join by themselves, and nothing of a pool is stored.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from catalogue.errors import CatalogueError
from catalogue.queries import tools
from catalogue.query import Query
from search.embedder import Vectors
from search.prioritise import Prioritiser

if TYPE_CHECKING:
    from tui.live import Live


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What an order is made from."""

    texts: tuple[str, ...]
    """What each tool says, in the order in which they were asked for."""
    vectors: Vectors | None
    """Unit vectors, zeros for a tool that is not in the index yet; None without an index of
    meaning."""
    model: str
    """The model of the vectors; empty without."""
    prioritiser: Prioritiser


class Pools:
    """Finds the pools of projects, and gathers what their tools say."""

    def __init__(self, live: Live, mend: Callable[[], None]) -> None:
        """`mend` makes a missing index of words again."""
        self._live = live
        self._mend = mend
        self._last: tuple[object, Material] | None = None

    def passing(self, query: Query) -> array[int]:
        """Numbers of the tools that pass the filters of a query and, where it has words, are found
        by them, by name.

        Raises:
            CatalogueError: it has words, and there is no index of words.
            NotFoundError: the filters name a supplier or shortlist that there is not.
        """
        passing = self._live.browse(Query(filters=query.filters), "name")
        if not query.text and not query.without:
            return passing
        self._mend()
        engine = self._live.engine
        if engine.broken():
            raise CatalogueError("The words of the query cannot be searched.", engine.state())
        if query.text:
            held = set(engine.words(query, limit=max(1, len(passing))))
        else:
            without = engine.without(query.without)
            held = set() if without is None else set(without.tolist())
        return array("q", [one for one in passing if one in held])

    def material(self, ids: tuple[int, ...]) -> Material:
        """What these tools say, as search holds it; kept until that changes."""
        documents = self._live.shelf.entries(ids)
        kept = tuple(documents.get(one, 0) for one in ids)
        model, vectors = self._live.engine.middles([one for one in kept if one])
        key = ids, kept, model
        if self._last is None or self._last[0] != key:
            self._last = key, self._gathered(ids, documents, model, vectors)
        return self._last[1]

    def _gathered(
        self, ids: tuple[int, ...], documents: dict[int, int], model: str, vectors: Vectors
    ) -> Material:
        bodies = {
            one.subject_id: f"{one.title}. {one.body}"
            for one in self._live.shelf.documents(sorted(documents.values()))
        }
        with self._live.database.read() as session:
            for one in tools.listed(session, [one for one in ids if one not in bodies]):
                bodies[one.id] = f"{one.title}. {one.passage}"
        texts = tuple(bodies.get(one, "") for one in ids)
        placed: Vectors | None = None
        if model:
            placed = np.zeros((len(ids), vectors.shape[1]), np.float32)
            placed[[place for place, one in enumerate(ids) if one in documents]] = vectors
        return Material(texts, placed, model, Prioritiser(texts, placed))
