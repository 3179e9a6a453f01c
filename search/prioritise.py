"""Prioritised screening: the undecided in the order in which they are worth reading.

Before anything is decided, texts are ranked by their likeness to the question, in words and in
meaning. As a reviewer includes and excludes, classifiers learn from the decisions and rank what is
left by how sure they are that a text would be included: relevance sampling, the "maximum" strategy
of active learning.

There are two classifiers, and their ranks are fused. That of words is ASReview's default since
version 2 (ELAS u4): a linear support vector machine with squared hinge over TF-IDF of single words
and pairs, in which all exclusions together weigh about a tenth of all inclusions. That of meaning
is the same machine over the vectors of the texts. Abstracts are judged better by words, short
descriptions far better by meaning; as equals the two do well on both, and no weight is tuned.

The question, where there is one, is learned as one more included text, and while nothing is
excluded some undecided texts are presumed to be irrelevant, both as in AutoTAR: Cormack and
Grossman, "Autonomy and reliability of continuous active learning for technology-assisted review",
arXiv:1504.06868, 2015.
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

Places = npt.NDArray[np.int64]

Vector = npt.NDArray[np.float32]

_COST: Final = 0.11
_RATIO: Final = 9.8
"""Cost of the support vector machine, and what all inclusions weigh for each one that all
exclusions weigh. ASReview's, optimised by its authors on the SYNERGY data sets.
"""

_PRESUMED: Final = 100
"""So many undecided texts are presumed irrelevant while nothing is excluded, as in AutoTAR."""

_K: Final = 60
"""Of reciprocal rank fusion, as in `search.fusion`."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One text that is not decided yet, in the order in which to read."""

    place_in_texts: int
    score: float
    """Higher is better. Comparable within one order only."""
    by: str
    """What ranked it: `decisions`, `question`, or `place` where there is nothing to rank by."""


@dataclass(frozen=True, slots=True)
class _View:
    """The texts as one classifier sees them."""

    rows: csr_matrix
    """Of the texts; shape (number of texts, features)."""
    question: csr_matrix | None
    """Its row, shape (1, features)."""


class Prioritiser:
    """Ranks a fixed set of texts anew after each decision. Deterministic; nothing is stored."""

    def __init__(self, texts: Sequence[str], vectors: Vectors | None) -> None:
        """Read the words of the texts; a text of the length of an abstract takes about 1 ms.

        Args:
            texts: Title and text of each record; may be empty.
            vectors: Unit vectors of the texts, shape (number of texts, dimension); None to rank by
                words alone.

        Raises:
            ValueError: there are not as many vectors as texts.
        """
        from scipy.sparse import csr_matrix  # noqa: PLC0415 -- with sklearn, half a second
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        if vectors is not None and len(vectors) != len(texts):
            raise ValueError(f"{len(texts)} texts and {len(vectors)} vectors.")
        self._count = len(texts)
        self._meaning = None if vectors is None else csr_matrix(vectors)
        self._words: csr_matrix | None
        self._vectoriser = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)
        try:
            self._words = self._vectoriser.fit_transform(texts)
        except ValueError:  # No word tells the texts apart.
            self._words = None

    def order(
        self,
        decided: Mapping[int, bool],
        question: str = "",
        question_vector: Vector | None = None,
        seed: int = 0,
    ) -> list[Ranked]:
        """The undecided, best first, ties by place. Takes under a second for 10,000 texts.

        Args:
            decided: Places of the texts that a reviewer decided on, and whether they are included.
            question: What the review asks, in words.
            question_vector: The question's unit vector by the same model, shape (dimension,).
            seed: Of the solver, and of what is presumed to be irrelevant. The same seed gives the
                same order.

        Raises:
            IndexError: a decided place is not one of a text.
        """
        places = np.array(sorted(decided), dtype=np.int64)
        if len(places) and not 0 <= places[0] <= places[-1] < self._count:
            raise IndexError(f"Not all decided places lie below the {self._count} texts.")
        left = np.setdiff1d(np.arange(self._count), places)
        included = np.array([decided[int(place)] for place in places], dtype=bool)
        views = self._views(question.strip(), question_vector)
        asked = [view for view in views if view.question is not None]
        if not len(places) and asked:
            by, scores = "question", _fused([_likeness(view, left) for view in asked])
        elif len(left) and views and (included.any() or (len(places) and asked)):
            if included.all():
                chooser = np.random.default_rng(seed)
                presumed = chooser.choice(left, min(_PRESUMED, len(left)), replace=False)
                places = np.concatenate([places, presumed])
                included = np.concatenate([included, np.zeros(len(presumed), bool)])
            judging = views if included.any() else asked
            learned = [_learned(view, places, included, left, seed) for view in judging]
            by, scores = "decisions", _fused(learned)
        else:
            by, scores = "place", np.zeros(len(left))
        best = np.lexsort((left, -scores))
        return [Ranked(int(left[at]), float(scores[at]), by) for at in best]

    def _views(self, question: str, vector: Vector | None) -> list[_View]:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 -- imported already

        views = []
        if self._words is not None:
            asked = self._vectoriser.transform([question]) if question else None
            views.append(_View(self._words, asked))
        if self._meaning is not None:
            row = None if vector is None else csr_matrix(vector.reshape(1, -1))
            views.append(_View(self._meaning, row))
        return views


def _likeness(view: _View, left: Places) -> Scores:
    """Cosine of each undecided text with the question; without one, nothing is like it."""
    if view.question is None:
        return np.zeros(len(left))
    likeness: Scores = (view.rows[left] @ view.question.T).toarray().ravel()
    return likeness


def _learned(
    view: _View, places: Places, included: npt.NDArray[np.bool_], left: Places, seed: int
) -> Scores:
    """How far each undecided text lies on the side of the included."""
    from scipy.sparse import vstack  # noqa: PLC0415 -- imported already
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    rows = view.rows[places]
    if view.question is not None:
        rows = vstack([rows, view.question], format="csr")
        included = np.append(included, True)
    weights = np.where(included, 1.0, included.sum() / (_RATIO * (~included).sum()))
    machine = LinearSVC(loss="squared_hinge", C=_COST, random_state=seed)
    machine.fit(rows, included, sample_weight=weights * len(weights) / weights.sum())
    return machine.decision_function(view.rows[left])


def _fused(several: Sequence[Scores]) -> Scores:
    """Sum of reciprocal ranks: Cormack, Clarke and Buettcher, SIGIR 2009; ties rank alike."""
    fused: Scores = np.sum([1 / (_K + _ranks(scores)) for scores in several], axis=0)
    return fused


def _ranks(scores: Scores) -> Scores:
    """Ranks from 1, the highest first; equal scores share the best of their ranks."""
    return np.searchsorted(np.sort(-scores), -scores).astype(np.float64) + 1.0
