"""Quality: how far what was found agrees with what a person marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of findings. Scores add up: the sum over lines or labels is the micro average.

    A share of nothing is 0.
    """

    tp: int = 0
    """Found and marked."""
    fp: int = 0
    """Found and not marked."""
    fn: int = 0
    """Marked and not found."""

    def __add__(self, other: Score) -> Score:
        return Score(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was found that is marked."""
        return _share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of what is marked that was found."""
        return _share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def score(found: Collection[object], marked: Collection[object]) -> Score:
    """Score two sets of labels with each other; how often one stands in either does not count."""
    ours, theirs = set(found), set(marked)
    return Score(len(ours & theirs), len(ours - theirs), len(theirs - ours))


def by_label(
    pairs: Iterable[tuple[Collection[str], Collection[str]]],
) -> dict[str, Score]:
    """Score each label over lines of (found, marked), in the order of the labels.

    A label that is neither found nor marked anywhere has no score.
    """
    scores: defaultdict[str, Score] = defaultdict(Score)
    for found, marked in pairs:
        for label in {*found, *marked}:
            scores[label] += score({label} & {*found}, {label} & {*marked})
    return dict(sorted(scores.items()))


def micro(scores: Iterable[Score]) -> Score:
    """All scores added up: each finding counts the same."""
    return sum(scores, Score())


def macro_f1(scores: Collection[Score]) -> float:
    """The mean F1: each label counts the same, however rare it is."""
    return sum(one.f1 for one in scores) / len(scores) if scores else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
