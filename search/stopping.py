"""When to stop screening: how many relevant records are likely left, and how sure that is.

Two things are told apart. `likely_left` is a guess: the yield goes on falling as it fell. The
bounds are statistics, each with its assumption:

- From the order alone. The half that was read last is taken as a random sample of what was unread
  when it began, as in Callaghan and Mueller-Hansen, "Statistical stopping criteria for automated
  screening in systematic reviews", Systematic Reviews 9:273, 2020. ASSUMPTION: the order put
  relevant records before others at least as well as chance, so that the unread hold relevant ones
  no more densely than the sample. Where that is so the bound is conservative, and mostly loose: to
  show that next to nothing is left takes about as many fruitless records as are unread. One window
  is looked at and not the best of many, so that the bound holds even if the order is no better than
  chance.
- From records drawn at random from the unread, where there are any. No assumption about the order
  is made: at each draw the chance of a relevant record is the share of relevant ones in what was
  unread then, which follows from the number of all relevant records and those found before. The
  number of hits in all draws bounds that number by the exact tails of its distribution
  (Poisson-binomial; with one run of draws nearly the hypergeometric elusion test of Cormack and
  Grossman, "Comments on 'The implications of rule 26(g) on the use of technology-assisted review'",
  Federal Courts Law Review 7, 2014).

Where both tell how many may be left, the lesser number holds; they share the doubt equally
(Bonferroni). The confidence is that of one look: who looks after every record and stops at the
first good one is a little less sure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

import numpy as np


@dataclass(frozen=True, slots=True)
class Stopping:
    """How far a screening has come."""

    screened: int
    found: int
    """Relevant records among the screened."""
    unscreened: int
    likely_left: float
    """Relevant records that the unscreened are likely to hold; a guess, between the bounds."""
    left_low: int
    """With the confidence, no fewer are left; 0 without a random sample."""
    left_high: int
    """With the confidence, no more are left."""
    sampled: int
    """How many of the screened were drawn at random."""
    confidence: float
    """That a bound holds, from 0 to 1; each is one-sided."""
    method: Literal["order", "order and sample"]

    @property
    def recall(self) -> float:
        """The share of all relevant records that is likely to be found."""
        return _recall(self.found, self.likely_left)

    @property
    def recall_low(self) -> float:
        """With the confidence, the share that is found is no less."""
        return _recall(self.found, self.left_high)

    @property
    def recall_high(self) -> float:
        """With the confidence, the share that is found is no more; 1 without a random sample."""
        return _recall(self.found, self.left_low)

    @property
    def assumption(self) -> str:
        """What must be true for the bounds to hold, in a sentence."""
        if self.method == "order":
            return "The order puts relevant records first at least as well as chance would."
        return (
            "The sample was drawn at random from what was unread, and the order puts relevant "
            "records first at least as well as chance would."
        )


def report(
    relevant: Sequence[bool],
    total: int,
    at_random: Collection[int] = (),
    confidence: float = 0.95,
) -> Stopping:
    """How many relevant records are likely left.

    Args:
        relevant: What was decided, in the order of reading; leave out what was known before.
        total: How many records there are, read and unread.
        at_random: Places in `relevant` of records that were drawn at random from what was unread
            at that time, and not by the order.
        confidence: That a bound holds, between 0 and 1.

    Raises:
        ValueError: more is read than there is, or the confidence is not between 0 and 1.
    """
    screened, found = len(relevant), sum(relevant)
    if screened > total:
        raise ValueError(f"{screened} records are screened of {total}.")
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence lies between 0 and 1, not at {confidence}.")
    doubt = 1 - confidence
    if at_random:
        low, most = _by_sample(relevant, total, sorted(at_random), doubt, doubt / 2)
        high = max(low, min(most, _high_by_order(relevant, total, doubt / 2)))
    else:
        low, high = 0, _high_by_order(relevant, total, doubt)
    return Stopping(
        screened,
        found,
        total - screened,
        min(max(_likely_left(relevant, total), low), high),
        low,
        high,
        len(at_random),
        confidence,
        "order and sample" if at_random else "order",
    )


def _recall(found: int, left: float) -> float:
    return found / (found + left) if found + left else 1.0


def _likely_left(relevant: Sequence[bool], total: int) -> float:
    """What the unread would yield if the yield goes on falling as it fell.

    The rate of finding is taken for a power of the number read, one of the shapes of Sneyd and
    Stevenson, "Modelling stopping criteria for search results using Poisson processes", EMNLP 2019,
    fitted to the last two doublings: while the number read doubles, `ratio` times as many are
    found as during the doubling before; never more, as the best come first.
    """
    read = len(relevant)
    if read < 4:  # noqa: PLR2004 -- two doublings
        return float(total - read)
    last = sum(relevant[read // 2 :])
    before = sum(relevant[read // 4 : read // 2])
    ratio = min(1.0, (last + 0.5) / (before + 0.5))
    doublings = math.log2(total / read)
    if ratio == 1.0:
        return float(last * doublings)
    return float(last * ratio * (1 - ratio**doublings) / (1 - ratio))


def _high_by_order(relevant: Sequence[bool], total: int, doubt: float) -> int:
    """Most that can be left, if what was read last is no poorer than the unread."""
    read = len(relevant)
    window = (read + 1) // 2
    hits = sum(relevant[read - window :])
    pool = total - read + window
    most = _greatest(
        lambda held: _hypergeometric_below(hits, pool, held, window) > doubt,
        hits,
        hits + total - read,
    )
    return most - hits


def _by_sample(
    relevant: Sequence[bool], total: int, drawn: Sequence[int], below: float, above: float
) -> tuple[int, int]:
    """Fewest and most that can be left, from draws at random; `below` and `above` are the doubts
    of the two.
    """
    before = [0, *accumulate(map(int, relevant))]
    found_then = np.array([before[place] for place in drawn])
    unread_then = np.array([total - place for place in drawn])
    hits = sum(relevant[place] for place in drawn)
    found, unread = before[-1], total - len(relevant)

    def fewer(hits: int, left: int) -> float:
        chances = np.clip((found + left - found_then) / unread_then, 0.0, 1.0)
        return _binomial_below(hits, [float(chance) for chance in chances])

    most = _greatest(lambda left: fewer(hits, left) > above, 0, unread)
    too_few = _greatest(lambda left: 1 - fewer(hits - 1, left) <= below, -1, unread) if hits else -1
    return min(too_few + 1, most), most


def _greatest(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The greatest number up to `high` for which something holds that holds for `low` and, once
    it does not, never again. `low` is not tried.
    """
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _hypergeometric_below(hits: int, pool: int, held: int, drawn: int) -> float:
    """Chance of at most so many hits when `drawn` are drawn from a pool that holds `held`."""
    whole = _log_choose(pool, drawn)
    fewest = max(0, drawn - (pool - held))
    return math.fsum(
        math.exp(_log_choose(held, some) + _log_choose(pool - held, drawn - some) - whole)
        for some in range(fewest, min(hits, held, drawn) + 1)
    )


def _log_choose(whole: int, part: int) -> float:
    return math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)


def _binomial_below(hits: int, chances: Sequence[float]) -> float:
    """Chance of at most so many hits in independent draws, each with its own chance."""
    if hits < 0:
        return 0.0
    counts = np.zeros(hits + 1)
    counts[0] = 1.0
    for chance in chances:
        missed = counts * (1 - chance)
        missed[1:] += counts[:-1] * chance
        counts = missed
    return float(counts.sum())
