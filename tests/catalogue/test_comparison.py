"""What figures a claim amounts to, and when two are the same but for rounding."""

from __future__ import annotations

import pytest

from catalogue.comparison import Measure, apart, near, pairs, same_matter
from tests.catalogue.claims import claim


def test_hours_are_minutes_and_nothing_else_is_converted() -> None:
    (measure,) = claim("Saves 2 hours a week.", 2.0, "hours", per="week").measures
    assert measure == Measure("minutes", "week", 120.0, 120.0)
    (days,) = claim("3 days sooner.", 3.0, "days").measures
    assert days == Measure("days", "", 3.0, 3.0)


def test_a_change_of_level_is_its_gap_and_its_share() -> None:
    travel = claim("From 92 to 77 minutes.", 77.0, "minutes", baseline="92 minutes")
    assert travel.measures == (
        Measure("minutes", "", 15.0, 15.0),
        Measure("percent", "", 16.3, 16.3),
    )
    missed = claim("From 9% to 6%.", 6.0, baseline="9 percent")
    assert missed.measures == (Measure("points", "", 3.0, 3.0), Measure("percent", "", 33.3, 33.3))
    from_nothing = claim("From 0% to 6%.", 6.0, baseline="0 percent")
    assert from_nothing.measures == (Measure("points", "", 6.0, 6.0),)


def test_a_baseline_in_words_is_no_level() -> None:
    (measure,) = claim("11% down on last winter.", 11.0, baseline="the winter before").measures
    assert measure.unit == "percent"


def test_no_figure_amounts_to_nothing() -> None:
    assert claim("Saves time.", None, low=None).measures == ()


@pytest.mark.parametrize(
    ("one", "hedge", "other", "same"),
    [
        (23.5, "", 23.5, True),
        (24.0, "nearly", 23.5, True),
        (25.0, "", 23.5, True),
        (25.0, "up to", 23.5, True),
        (30.0, "", 23.5, False),
        (41.0, "", 44.0, False),
        (24.0, "", 23.5, True),
        (24.0, "", 22.9, False),
    ],
)
def test_figures_are_near_but_for_rounding_and_hedging(
    one: float, hedge: str, other: float, *, same: bool
) -> None:
    assert near(claim(high=one, hedge=hedge), claim(high=other)) is same
    assert near(claim(high=other), claim(high=one, hedge=hedge)) is same


def test_what_goes_up_is_not_what_goes_down() -> None:
    up, down = claim(direction="up"), claim(direction="down")
    assert list(pairs(up, down)) == []
    assert apart(up, down) is None
    assert list(pairs(up, claim(direction="none"))) != []


def test_minutes_a_day_are_no_minutes_a_letter_but_a_share_is_a_share() -> None:
    day = claim(high=6.0, unit="minutes", per="day")
    assert apart(day, claim(high=6.0, unit="minutes", per="letter")) is None
    assert apart(claim(per="nurse"), claim()) == 0


def test_words_about_the_same_matter_share_more_than_their_figures() -> None:
    cancelled = claim("Operations cancelled for lack of a bed fell 11%.")
    assert same_matter(cancelled, claim("11% fewer cancellations."))
    assert not same_matter(claim("Staff save 25% of their time."), claim("25% less time."))


@pytest.mark.parametrize(
    ("quote", "hedge", "found"),
    [
        ("Letters took 25% less time.", "", True),
        ("Letters could take 25% less time.", "could", False),
        ("Its maker has said that letters take 25% less time.", "", False),
        ("According to the supplier, letters take 25% less time.", "", False),
        ("The practice manager said that letters take 25% less time.", "", True),
    ],
)
def test_what_was_found_is_told_from_what_is_said_or_hoped(
    quote: str, hedge: str, *, found: bool
) -> None:
    assert claim(quote, hedge=hedge).found is found
