"""Learned: what people's corrections teach about a term.

Once enough tools were decided on, a logistic regression over the vector of the text and the
confidence of the untaught tagger judges the term. It is fitted anew from the corrections at each
refresh, always to the same result, and is never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Final

import numpy as np
import numpy.typing as npt

ENOUGH: Final = 8
"""Tools that people gave a term, and tools that they did not give it, before it is learned."""

_SOFT: Final = 1.0
"""Inverse strength of the regularisation: with few corrections a mild teacher."""
_SURE: Final = 0.02
"""No confidence is taken for nearer to 0 or 1 than this."""

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Correction:
    """A tool that people decided on, and one term."""

    vocabulary: str
    code: str
    accepted: bool
    confidence: float
    """What the untaught tagger makes of it."""
    vector: Vector
    """Of the text as a whole."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a learned term makes of a text."""

    confidence: float
    after: int
    """Corrections that it was learned from."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One fitted regression."""

    intercept: float
    score: float
    vector: npt.NDArray[np.float64]
    after: int


@dataclass(frozen=True, slots=True)
class Learned:
    """The terms that people taught."""

    lines: Mapping[tuple[str, str], _Line] = field(default_factory=dict)

    def judge(self, vocabulary: str, code: str, confidence: float, vector: Vector) -> Judged | None:
        """What was learned of a term makes of a text; None where nothing was."""
        line = self.lines.get((vocabulary, code))
        if line is None:
            return None
        score = line.intercept + line.score * _score(confidence) + float(line.vector @ vector)
        return Judged(1 / (1 + exp(-score)), line.after)


NOTHING: Final = Learned()


def learn(corrections: Iterable[Correction]) -> Learned:
    """Fit every term that ENOUGH corrections of both kinds speak of."""
    by_term: defaultdict[tuple[str, str], list[Correction]] = defaultdict(list)
    for one in corrections:
        by_term[one.vocabulary, one.code].append(one)
    return Learned({term: _fit(some) for term, some in sorted(by_term.items()) if _enough(some)})


def _enough(some: list[Correction]) -> bool:
    given = sum(one.accepted for one in some)
    return min(given, len(some) - given) >= ENOUGH


def _fit(some: list[Correction]) -> _Line:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- half a second to import

    seen = np.array([[_score(one.confidence), *one.vector] for one in some], np.float64)
    marks = np.array([one.accepted for one in some])
    model = LogisticRegression(C=_SOFT, max_iter=1000).fit(seen, marks)
    weights = model.coef_[0]
    return _Line(float(model.intercept_[0]), float(weights[0]), weights[1:], len(some))


def _score(confidence: float) -> float:
    """The log of the odds."""
    held = min(1 - _SURE, max(_SURE, confidence))
    return log(held / (1 - held))
