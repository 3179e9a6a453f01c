"""Evaluation: how good rankings are, on queries whose answers people have judged.

A judgement is a whole number for a query and a text: 0 or less is not relevant, and a text that
nobody judged counts as 0. The figures are those of trec_eval and BEIR.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.embedder import Progress, quiet

CUT = 10
"""Places of a ranking that nDCG looks at."""
DEPTH = 100
"""Places of a ranking among which recall counts."""

Judged = Mapping[str, int]
"""Grades of texts for one query, by the text's name."""

Ranker = Callable[[str], Sequence[str]]
"""From the words of a query to names of texts, best first, each once."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How one way of ranking did: a number for each query, in the order they were asked."""

    ndcg: tuple[float, ...]
    recall: tuple[float, ...]
    seconds: tuple[float, ...]

    @property
    def mean_ndcg(self) -> float:
        """Mean nDCG@10."""
        return float(np.mean(self.ndcg))

    @property
    def mean_recall(self) -> float:
        """Mean recall@100."""
        return float(np.mean(self.recall))

    def milliseconds(self, percentile: float) -> float:
        """Time that this share of the queries stayed below."""
        return milliseconds(self.seconds, percentile)


def measure(
    rank: Ranker,
    queries: Mapping[str, str],
    judged: Mapping[str, Judged],
    progress: Progress = quiet,
    clock: Callable[[], float] = time.perf_counter,
) -> Measured:
    """Ask all queries (words by name) and hold the answers against the judgements; times, in
    seconds, by `clock`.

    A text that has the name of the query is left out, as BEIR does: in some collections the
    queries are texts of the corpus themselves. Every query needs a relevant text.
    """
    gains, found, seconds = [], [], []
    for name, words in queries.items():
        began = clock()
        ranked = rank(words)
        seconds.append(clock() - began)
        others = [text for text in ranked if text != name]
        gains.append(ndcg(others, judged[name]))
        found.append(recall(others, judged[name]))
        progress(len(gains), len(queries))
    return Measured(tuple(gains), tuple(found), tuple(seconds))


def ndcg(ranked: Sequence[str], judged: Judged, cut: int = CUT) -> float:
    """Normalised discounted cumulative gain: gains are the grades themselves (linear, and not
    2^grade - 1), discounted by log2(rank + 1), as trec_eval does by default.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 2002.
    """
    best = sorted((grade for grade in judged.values() if grade > 0), reverse=True)
    return _discounted(max(judged.get(text, 0), 0) for text in ranked[:cut]) / _discounted(
        best[:cut]
    )


def recall(ranked: Sequence[str], judged: Judged, depth: int = DEPTH) -> float:
    """Share of the relevant texts that stand among the first `depth`."""
    relevant = {text for text, grade in judged.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant)


def chance(gains: Sequence[float], others: Sequence[float], rounds: int = 10_000) -> float:
    """How often two means differ as much when each query's pair of figures is swapped at random:
    the p of a two-sided paired randomisation test, seed 0.

    Smucker, Allan and Carterette, "A comparison of statistical significance tests for information
    retrieval evaluation", CIKM 2007.
    """
    differences = np.array(gains) - np.array(others)
    signs = np.random.default_rng(0).choice([-1, 1], size=(rounds, len(differences)))
    as_far = np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12
    return float((as_far.sum() + 1) / (rounds + 1))


def milliseconds(seconds: Sequence[float], percentile: float) -> float:
    """A percentile of times that are given in seconds."""
    return 1000 * float(np.percentile(seconds, percentile))


def _discounted(gains: Iterable[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
