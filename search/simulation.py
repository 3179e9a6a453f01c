"""A simulated reviewer: what prioritised screening would have saved on records already decided.

The reviewer reads in the order that the prioritiser gives, decides as the labels say, and the rest
is ranked anew. Measures leave out what was known before the first ranking, as ASReview does.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from search.embedder import Progress, quiet
from search.prioritise import Prioritiser, Vector

GROWTH = 20
"""The rest is ranked anew after each decision at first, and always after one for each so many
decisions made: a handful of rankings for a file that doubles, at little loss.
"""


@dataclass(frozen=True, slots=True)
class Screened:
    """One simulated screening of all records."""

    order: tuple[int, ...]
    """Places of the records as they were read, without those known at first."""
    relevant: tuple[bool, ...]
    """What was decided, in that order."""
    known: tuple[bool, ...] = ()
    """Decisions known before the first ranking."""
    rankings: tuple[int, ...] = ()
    """How many of `order` had been read at each ranking."""
    seconds: tuple[float, ...] = field(default=(), compare=False)
    """What each ranking took."""


def batch(decided: int) -> int:
    """How many records are read before the rest is ranked anew."""
    return max(1, decided // GROWTH)


def prior(labels: Sequence[bool], seed: int) -> tuple[int, int]:
    """Places of one relevant and one irrelevant record, drawn at random.

    Raises:
        ValueError: there is none of the one or the other.
    """
    kinds = [
        [place for place, label in enumerate(labels) if label is kind] for kind in (True, False)
    ]
    if not all(kinds):
        raise ValueError("Both relevant and irrelevant records are needed.")
    chooser = np.random.default_rng(seed)
    relevant, irrelevant = (int(chooser.choice(places)) for places in kinds)
    return relevant, irrelevant


def screen(
    prioritiser: Prioritiser,
    labels: Sequence[bool],
    known: Sequence[int],
    question: str = "",
    question_vector: Vector | None = None,
    seed: int = 0,
    progress: Progress = quiet,
) -> Screened:
    """Read all records in the order of the prioritiser.

    Once the last relevant record is found, the order of the rest changes no measure, so the rest is
    read as it was ranked last.

    Args:
        prioritiser: Over the texts of the records.
        labels: Whether each record is relevant.
        known: Places of the records that are known at first.
        question: What to rank by while only one kind is known.
        question_vector: Its vector, shape (dimension,).
        seed: Given to the prioritiser.
        progress: Told how many of the relevant records are found.
    """
    decided = {place: labels[place] for place in known}
    order: list[int] = []
    rankings: list[int] = []
    seconds: list[float] = []
    relevant = sum(labels)
    found = sum(decided.values())
    while len(decided) < len(labels):
        began = time.perf_counter()
        ranked = prioritiser.order(decided, question, question_vector, seed)
        seconds.append(time.perf_counter() - began)
        rankings.append(len(order))
        size = batch(len(decided)) if found < relevant else len(ranked)
        for one in ranked[:size]:
            place = one.place_in_texts
            decided[place] = labels[place]
            found += labels[place]
            order.append(place)
        progress(found, relevant)
    return Screened(
        tuple(order),
        tuple(labels[place] for place in order),
        tuple(labels[place] for place in known),
        tuple(rankings),
        tuple(seconds),
    )


def work_saved(relevant: Sequence[bool], recall: float = 0.95) -> float:
    """Work saved over sampling at a recall (WSS@95): the share of records that need not be read
    once the recall is reached, less the share that chance would have saved. NaN where none is
    relevant.

    Cohen, Hersh, Peterson and Yen, "Reducing workload in systematic review preparation using
    automated citation classification", JAMIA 13(2), 2006.
    """
    places = np.flatnonzero(relevant)
    if not len(places):
        return math.nan
    read = int(places[math.ceil(recall * len(places)) - 1]) + 1
    return (len(relevant) - read) / len(relevant) - (1 - recall)


def average_time(relevant: Sequence[bool]) -> float:
    """Average time to discovery (ATD): over the relevant records, the mean share of all records
    that is read when each is found. NaN where none is relevant.

    Ferdinands et al., "Performance of active learning models for screening prioritization in
    systematic reviews", Systematic Reviews 12, 2023.
    """
    places = np.flatnonzero(relevant)
    return float((places + 1).mean() / len(relevant)) if len(places) else math.nan


def recall_after(relevant: Sequence[bool], share: float) -> float:
    """The share of the relevant that is found when this share of all records, rounded down, is
    read. NaN where none is relevant.
    """
    total = sum(relevant)
    return sum(relevant[: int(share * len(relevant))]) / total if total else math.nan
