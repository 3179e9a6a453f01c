"""Prioritised screening: the undecided in the order in which they are worth reading.

Before anything is decided, texts are ranked by their likeness to the question, in words and in
meaning. As a reviewer includes and excludes, a classifier learns from the decisions and ranks what
is left by how sure it is that a text would be included: relevance sampling, the "maximum" strategy
of active learning.

The classifier of words is that of ASReview 3 (ELAS u4): a linear support vector machine with squared
hinge over TF-IDF of single words and pairs, in which exclusions together weigh about a tenth of the
inclusions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from search.embedder import Vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scores = npt.NDArray[np.float64]
"""One number for each text, higher is better."""

Vector = npt.NDArray[np.float32]

_COST: Final = 0.11
_RATIO: Final = 9.8
"""Cost of the support vector machine, and what all inclusions weigh for each one that all
exclusions weigh. ASReview's, optimised by its authors on the SYNERGY data sets.
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One text that is not decided yet, in the order in which to read."""

    place_in_texts: int
    score: float
    """Higher is better. Comparable within one order only."""
    by: str
    """What ranked it: `decisions`, `question`, or `place` where there is neither."""


class Prioritiser:
    """Ranks a fixed set of texts anew after each decision. Deterministic; nothing is stored."""

    def __init__(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        """Read the words of the texts; about 0.3 ms a text of the length of an abstract.

        Args:
            texts: Title and text of each record; may be empty.
            vectors: Unit vectors of the texts, shape (number of texts, dimension); None to rank by
                words alone.

        Raises:
            ValueError: there are not as many vectors as texts.
        """
        if vectors is not None and len(vectors) != len(texts):
            raise ValueError(f"{len(texts)} texts and {len(vectors)} vectors.")
        self._count = len(texts)
        self._vectors = vectors
        self._words = _Words(texts)

    def order(
        self,
        decided: Mapping[int, bool],
        question: str = "",
        question_vector: Vector | None = None,
        seed: int = 0,
    ) -> list[Ranked]:
        """The undecided, best first, ties by place.

        Args:
            decided: Places of the texts that a reviewer decided on, and whether they are included.
            question: What the review asks, in words.
            question_vector: The question's unit vector by the same model, shape (dimension,).
            seed: Of the solver. The same seed gives the same order.

        Raises:
            IndexError: a decided place is not one of a text.
        """
        beyond = [place for place in decided if not 0 <= place < self._count]
        if beyond:
            raise IndexError(f"There is no text {beyond[0]}; there are {self._count}.")
        left = np.setdiff1d(np.arange(self._count), np.fromiter(decided, np.int64, len(decided)))
        if len(set(decided.values())) == 2:  # noqa: PLR2004 -- both kinds are known
            scores, by = self._learned(decided, seed), "decisions"
        elif question.strip() or question_vector is not None:
            scores, by = self._likeness(question, question_vector), "question"
        else:
            scores, by = np.zeros(self._count), "place"
        best = left[np.lexsort((left, -scores[left]))]
        return [Ranked(int(place), float(scores[place]), by) for place in best]

    def _learned(self, decided: Mapping[int, bool], seed: int) -> Scores:
        from sklearn.svm import LinearSVC  # noqa: PLC0415 -- half a second to import

        places = np.array(sorted(decided))
        included = np.array([decided[int(place)] for place in places])
        weights = np.where(included, 1.0, included.sum() / (_RATIO * (~included).sum()))
        machine = LinearSVC(loss="squared_hinge", C=_COST, random_state=seed)
        machine.fit(
            self._words.matrix[places],
            included,
            sample_weight=weights * len(weights) / weights.sum(),
        )
        return machine.decision_function(self._words.matrix)

    def _likeness(self, question: str, vector: Vector | None) -> Scores:
        scores = ranks(self._words.likeness(question))
        if vector is not None and self._vectors is not None:
            scores += ranks(self._vectors @ vector)
        return scores


class _Words:
    """Texts as TF-IDF of their words and pairs of words."""

    def __init__(self, texts: Sequence[str]) -> None:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 -- with sklearn
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        self._vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)
        self.matrix: csr_matrix
        try:
            self.matrix = self._vectoriser.fit_transform(texts)
        except ValueError:  # There is no word at all.
            self.matrix = csr_matrix((len(texts), 1))

    def likeness(self, text: str) -> Scores:
        """Cosine of a text with each of the texts."""
        return np.asarray((self.matrix @ self._vectoriser.transform([text]).T).todense()).ravel()


def ranks(scores: npt.NDArray[np.floating]) -> Scores:
    """The share of texts that each is above, from 0 to 1; ties share their mean rank."""
    values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    del values
    below = np.cumsum(counts) - counts
    return (below + (counts - 1) / 2)[inverse] / max(1, len(scores) - 1)
