"""How many relevant records are likely left, and how sure that is."""

from __future__ import annotations

from dataclasses import astuple
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import stopping

FRUITLESS = (True,) * 5 + (False,) * 95


def tail(pool: int, held: int, drawn: int) -> float:
    """Chance that none of those drawn is among those held."""
    return comb(pool - held, drawn) / comb(pool, drawn)


def test_the_bound_is_that_of_the_window_read_last() -> None:
    report = stopping.report(FRUITLESS, 200)
    # The last 50 of 100 are a fruitless sample of the 150 unread before them.
    assert tail(150, report.left_high, 50) > 0.05 >= tail(150, report.left_high + 1, 50)
    assert (report.left_low, report.likely_left, report.method) == (0, 0.0, "order")
    assert (report.screened, report.found, report.unscreened) == (100, 5, 100)
    assert report.recall == report.recall_high == 1
    assert report.recall_low == 5 / (5 + report.left_high)


def test_a_random_sample_bounds_what_is_left_by_the_hypergeometric_tail() -> None:
    report = stopping.report((True,) * 20 + (False,) * 40, 500, range(20, 60))
    # Order and sample share the doubt; the order alone would allow for more.
    assert tail(480, report.left_high, 40) > 0.025 >= tail(480, report.left_high + 1, 40)
    assert report.left_high < stopping.report((True,) * 20 + (False,) * 40, 500).left_high
    assert (report.sampled, report.method) == (40, "order and sample")


def test_hits_in_the_sample_bound_from_below() -> None:
    report = stopping.report((False,) * 20 + (True, False) * 20, 500, range(20, 60))
    assert 140 < report.left_low <= report.likely_left <= report.left_high < 300
    assert report.recall_low < report.recall <= report.recall_high < 1


def test_the_guess_goes_on_falling_as_the_yield_fell() -> None:
    half = (
        (True,) * 25 + (True, False) * 12 + (False,) + ((True,) + (False,) * 7) * 6 + (False,) * 2
    )
    assert len(half) == 100
    # 12 found in the doubling from 25, 6 in that from 50: one more doubling finds about half of 6.
    assert stopping.report(half, 200).likely_left == pytest.approx(6 * 6.5 / 12.5)


@pytest.mark.parametrize("relevant", [(), (True,), (True, False, True)])
def test_next_to_nothing_read_leaves_everything_possible(relevant: tuple[bool, ...]) -> None:
    report = stopping.report(relevant, 10)
    assert report.left_high == 10 - len(relevant)
    assert report.likely_left == report.left_high


def test_all_read_leaves_nothing() -> None:
    report = stopping.report((False, True, False, False), 4, [2])
    assert (report.left_low, report.left_high, report.likely_left) == (0, 0, 0)
    assert report.recall_low == 1
    assert stopping.report((), 0).recall == 1


@pytest.mark.parametrize(("total", "confidence"), [(3, 0.95), (9, 0.0), (9, 1.0)])
def test_nonsense_is_refused(total: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"screened of 3|confidence lies"):
        stopping.report((True,) * 4, total, confidence=confidence)


def test_says_what_is_assumed() -> None:
    assert "chance" in stopping.report(FRUITLESS, 200).assumption
    assert "sample" in stopping.report(FRUITLESS, 200, [99]).assumption


@given(
    st.lists(st.booleans(), max_size=40),
    st.integers(0, 40),
    st.sets(st.integers(0, 39)),
    st.floats(0.5, 0.98),
)
def test_bounds_enclose_the_guess_and_widen_with_the_confidence(
    relevant: list[bool], unread: int, drawn: set[int], confidence: float
) -> None:
    total = len(relevant) + unread
    at_random = [place for place in drawn if place < len(relevant)]
    report = stopping.report(relevant, total, at_random, confidence)
    assert 0 <= report.left_low <= report.likely_left <= report.left_high <= unread
    surer = stopping.report(relevant, total, at_random, 0.99)
    assert surer.left_low <= report.left_low
    assert report.left_high <= surer.left_high
    assert all(value == value for value in astuple(report))  # noqa: PLR0124 -- no NaN


@pytest.mark.parametrize(("every", "better"), [(0, 0.0), (5, 0.0), (5, 1.5)])
def test_the_bounds_hold_as_often_as_they_say(every: int, better: float) -> None:
    """In an order that is no better than chance, and in one that is, with draws mixed in."""
    chooser = np.random.default_rng(7)
    none_more, none_fewer = [], []
    for _ in range(300):
        score = chooser.normal(size=200)
        score[:30] += better
        unread = list(np.argsort(-score))
        relevant: list[bool] = []
        drawn: list[int] = []
        for at in range(100):
            draws = every and at % every == 0
            drawn += [at] if draws else []
            relevant.append(int(unread.pop(chooser.integers(len(unread)) if draws else 0)) < 30)
        report = stopping.report(relevant, 200, drawn)
        none_more.append(30 - sum(relevant) <= report.left_high)
        none_fewer.append(report.left_low <= 30 - sum(relevant))
    assert np.mean(none_more) >= 0.94
    assert np.mean(none_fewer) >= 0.94
