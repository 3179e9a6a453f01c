"""A figure is the same figure however a person writes it."""

from __future__ import annotations

import pytest

from catalogue.errors import HorizonError
from tui.cli.evaluate.labelled_claims import ClaimLabel, Ends, kinds, read_label, same_value


@pytest.mark.parametrize(
    ("words", "ends", "unit"),
    [
        ("82,000 hours saved on registration", (4_920_000, 4_920_000), "minutes"),
        ("48% -> 16%", (16, 16), "percent"),
        ("20 \u2192 6.7 minutes per case", (6.7, 6.7), "minutes"),
        ("from 500 to 50 letters", (50, 50), ""),
        ("GBP 53k in year 1", (53_000, 53_000), "gbp"),
        ("\u00a31.5-2m", (1_500_000, 2_000_000), "gbp"),
        ("two to three minutes", (2, 3), "minutes"),
        ("10-15%", (10, 15), "percent"),
        ("a third", (100 / 3, 100 / 3), "percent"),
        ("nearly two-thirds", (200 / 3, 200 / 3), "percent"),
        ("one in five", (20, 20), "percent"),
        ("halved", (50, 50), "percent"),
        ("threefold", (200, 200), "percent"),
        ("3x", (200, 200), "percent"),
        ("half an hour", (30, 30), "minutes"),
        ("two and a half hours", (150, 150), "minutes"),
        ("90 seconds", (1.5, 1.5), "minutes"),
        ("7 FTE", (7, 7), "fte"),
    ],
)
def test_words_become_ends_in_a_unit(words: str, ends: Ends, unit: str) -> None:
    read = read_label(words)

    assert read is not None
    assert read.ends == pytest.approx(ends)
    assert read.unit == unit


@pytest.mark.parametrize(
    ("label", "per", "kind"),
    [
        ({"value": 2, "unit": "hours per clinician per day"}, {"clinician", "day"}, None),
        ({"value": 2, "unit": "hrs", "per": "clinicians/day"}, {"clinician", "day"}, None),
        ({"value": 2, "unit": "h", "per": "a week", "hedge": "up to"}, {"week"}, {"upper"}),
        ({"value": 2, "unit": "%", "per": "NOT_STATED", "hedge": ""}, set(), set()),
        ({"value": 2, "unit": "%", "per": None, "hedge": False}, set(), set()),
        ({"value": "~2", "unit": "days", "per": "annum"}, {"year"}, {"approximate"}),
        ({"value": 2, "hedge": "lower bound"}, None, {"lower"}),
        ({"value": 2, "hedge": "upper_bound"}, None, {"upper"}),
        ({"value": 2, "per": ("clinician", "week"), "hedge": None}, {"clinician", "week"}, set()),
        ({"value": 2, "hedge": "could, up to"}, None, {"possible", "upper"}),
    ],
)
def test_denominators_and_hedges_are_compared_by_what_they_mean(
    label: dict[str, object], per: set[str] | None, kind: set[str] | None
) -> None:
    read = read_label(ClaimLabel.model_validate(label))

    assert read is not None
    assert read.per == per
    assert (None if read.hedge is None else read.kinds) == kind


def test_a_label_without_a_figure_is_none() -> None:
    assert read_label(ClaimLabel(value=None, unit="minutes")) is None
    assert read_label("saves time") is None


def test_a_value_in_which_there_is_no_figure_is_refused() -> None:
    with pytest.raises(HorizonError, match="no figure in the value 'lots'"):
        read_label(ClaimLabel(value="lots"))


def test_thousands_may_stand_in_the_unit() -> None:
    read = read_label(ClaimLabel(value=1.2, unit="\u00a3m"))

    assert read is not None
    assert (read.ends, read.unit) == ((1_200_000, 1_200_000), "gbp")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("33%", "a third", True),
        ("66%", "two thirds", True),
        ("98%", "99%", False),
        ("2 hours", "2.5 hours", False),
        ("10-15%", "15%", False),
        ("0.5 hours", "30 minutes", True),
    ],
)
def test_figures_are_the_same_up_to_rounding(one: str, other: str, same: bool) -> None:
    left, right = read_label(one), read_label(other)

    assert left is not None
    assert right is not None
    assert same_value(left, right) is same


def test_an_open_end_agrees_with_the_end_that_is_given() -> None:
    left = read_label(ClaimLabel(value=(None, 40), unit="%"))
    right = read_label(ClaimLabel(value=40, unit="%"))

    assert left is not None
    assert right is not None
    assert same_value(left, right)


def test_a_hedge_of_no_known_kind_still_is_one() -> None:
    assert kinds("so they hope") == {"possible"}
    assert kinds("none") == frozenset()
