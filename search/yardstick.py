"""A yardstick: how near is near, for a text of any kind.

Every text about hospitals is near to every other. So a cosine is counted in standard deviations
from the mean over all terms of the vocabularies: what any text of this trade would have. The terms
do not change with the catalogue, and so neither does the measure.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from catalogue.tagging import offered
from catalogue.vocabularies import load
from search.embedder import Vectors
from search.nearness import Encode, description

_VOCABULARIES: Final = (
    *("use_cases", "settings", "user_groups"),
    *("integrations", "benefits", "assurance_artefacts"),
)

Scores = npt.NDArray[np.float64]


class Yardstick:
    """The terms of the vocabularies as vectors; encoded once, when first used."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._terms = [term for name in _VOCABULARIES for term in offered(load()[name])]
        self._use_cases = [term.code for term in offered(load()["use_cases"])]

    def standing(self, cosines: Vectors, texts: Vectors) -> Scores:
        """Cosines of texts to anything (rows: texts) in standard deviations above their mean over
        all terms.
        """
        over = (texts @ self._vectors.T).astype(np.float64)
        spread = np.maximum(over.std(axis=1, keepdims=True), 1e-6)
        scores: Scores = (cosines - over.mean(axis=1, keepdims=True)) / spread
        return scores

    def kinds(self, texts: Vectors) -> Scores:
        """How near each text is to each use case, in standard deviations from the mean over the
        use cases; columns as `of_kinds` reads them.
        """
        over = (texts @ self._vectors[: len(self._use_cases)].T).astype(np.float64)
        spread = np.maximum(over.std(axis=1, keepdims=True), 1e-6)
        scores: Scores = (over - over.mean(axis=1, keepdims=True)) / spread
        return scores

    def of_kinds(self, scores: Scores, codes: Collection[str]) -> Scores:
        """For each text, how near it is to the nearest of some use cases; 0 where there is none."""
        columns = [at for at, code in enumerate(self._use_cases) if code in codes]
        if not columns:
            return np.zeros(len(scores))
        best: Scores = scores[:, columns].max(axis=1)
        return best

    @cached_property
    def _vectors(self) -> Vectors:
        # The use cases come first: `kinds` takes them from there.
        return self._encode([description(term) for term in self._terms])
