"""A simulated reviewer: what prioritised screening would have saved on records already decided.

The reviewer reads in the order that the prioritiser gives, decides as the labels say, and the rest
is ranked anew. Measures leave out what was known before the first ranking, as ASReview does.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from search import stopping
from search.embedder import Progress, quiet
from search.prioritise import Prioritiser, Vector

GROWTH: Final = 20
"""The rest is ranked anew after each decision at first, and once for each so many decisions made
later: fifteen rankings while the number of decisions doubles, at little loss.
"""

TARGET: Final = 0.95
"""The recall that a reviewer wants to be sure of before stopping."""


_ROUNDING: Final = 1e-9
"""A share of a whole number that is nearer to another than this is that one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the records are ranked by while nothing, or one kind alone, is known."""

    words: str = ""
    vector: Vector | None = None
    """Of the words; shape (dimension,)."""


NO_QUESTION: Final = Question()


@dataclass(frozen=True, slots=True)
class Screened:
    """One simulated screening of all records."""

    order: tuple[int, ...]
    """Places of the records as they were read, without those known at first."""
    relevant: tuple[bool, ...]
    """What was decided, in that order."""
    at_random: tuple[int, ...] = ()
    """Places in `order` of records that were drawn at random."""
    known: int = 0
    """How many records were known at first."""
    seconds: tuple[float, ...] = field(default=(), compare=False)
    """What each ranking took."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a screening saved, and how far its stopping reports were to be trusted."""

    work_saved: float
    """WSS@95, see `work_saved`."""
    average_time: float
    """ATD, see `average_time`."""
    recall_10: float
    """After 10 % of the records."""
    recall_25: float
    """After 25 % of the records."""
    seconds: float
    """Mean of what a ranking took."""
    held: float
    """Share of the looks at the stopping report at which no more were left than it said."""
    stopped: float
    """Share of the records that was read when the report first promised `TARGET`; 1 if never."""
    recall_stopped: float
    """What had then been found."""


def batch(decided: int) -> int:
    """How many records are read before the rest is ranked anew."""
    return max(1, decided // GROWTH)


def prior(labels: Sequence[bool], seed: int) -> tuple[int, int]:
    """Places of one relevant and one irrelevant record, drawn at random.

    Raises:
        ValueError: there is none of the one or the other.
    """
    kinds = [[place for place, one in enumerate(labels) if one is kind] for kind in (True, False)]
    if not all(kinds):
        raise ValueError("Both relevant and irrelevant records are needed.")
    chooser = np.random.default_rng(seed)
    relevant, irrelevant = (int(chooser.choice(places)) for places in kinds)
    return relevant, irrelevant


def screen(
    prioritiser: Prioritiser,
    labels: Sequence[bool],
    known: Sequence[int] = (),
    question: Question = NO_QUESTION,
    random_every: int = 0,
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
        question: What to rank by at first.
        random_every: Each so-many-th record is drawn at random from the unread; 0 for none.
        seed: Of the draws and of the prioritiser.
        progress: Told how many records are read.
    """
    chooser = np.random.default_rng(seed)
    decided = {place: labels[place] for place in known}
    order: list[int] = []
    at_random: list[int] = []
    seconds: list[float] = []
    relevant, found = sum(labels), sum(decided.values())
    while len(decided) < len(labels):
        began = time.perf_counter()
        ranked = prioritiser.order(decided, question.words, question.vector, seed)
        seconds.append(time.perf_counter() - began)
        unread = [one.place_in_texts for one in ranked]
        size = batch(len(decided)) if found < relevant else len(unread)
        for _ in range(min(size, len(unread))):
            if random_every and (len(order) + 1) % random_every == 0:
                at_random.append(len(order))
                place = unread.pop(int(chooser.integers(len(unread))))
            else:
                place = unread.pop(0)
            decided[place] = labels[place]
            found += labels[place]
            order.append(place)
        progress(len(decided), len(labels))
    return Screened(
        tuple(order),
        tuple(labels[place] for place in order),
        tuple(at_random),
        len(known),
        tuple(seconds),
    )


def measure(screened: Screened) -> Measured:
    """Measure a screening; its stopping report is looked at whenever the rest is ranked anew."""
    relevant = screened.relevant
    held: list[bool] = []
    stopped = len(relevant)
    for read in looks(screened):
        drawn = [place for place in screened.at_random if place < read]
        report = stopping.report(relevant[:read], len(relevant), drawn)
        held.append(sum(relevant[read:]) <= report.left_high)
        if report.recall_low >= TARGET:
            stopped = min(stopped, read)
    return Measured(
        work_saved(relevant),
        average_time(relevant),
        recall_after(relevant, 0.1),
        recall_after(relevant, 0.25),
        float(np.mean(screened.seconds)),
        float(np.mean(held)),
        stopped / len(relevant),
        recall_after(relevant, stopped / len(relevant)),
    )


def looks(screened: Screened) -> Iterator[int]:
    """How many records are read at each look, all of them at the last."""
    read = 0
    while read < len(screened.order):
        read = min(read + batch(read + screened.known), len(screened.order))
        yield read


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
    read = int(places[math.ceil(recall * len(places) - _ROUNDING) - 1]) + 1
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
    return sum(relevant[: int(share * len(relevant) + _ROUNDING)]) / total if total else math.nan
