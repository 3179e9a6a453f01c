"""Figures in words are never more precise than what was said."""

from __future__ import annotations

import pytest

from catalogue.figures import figure, figure_from


@pytest.mark.parametrize(
    ("low", "high", "unit", "per", "hedge", "expected"),
    [
        (2, 2, "hours", "week", "", "2 hours per week"),
        (None, 2, "hours", "week", "up to", "up to 2 hours per week"),
        (None, 2, "hours", "NOT_STATED", "", "up to 2 hours"),
        (2, 3, "minutes", "consultation", "", "2 to 3 minutes per consultation"),
        (23.5, 23.5, "percent", "NOT_STATED", "", "23.5%"),
        (1200, 1200, "gbp", "year", "around", "around £1,200 per year"),
        (None, 1, "hours", "day", "as much as", "as much as 1 hour per day"),
        (40, None, "percent", "NOT_STATED", "or more", "40% or more"),
        (None, 40, "hours", "week", "could, or so", "could 40 hours per week or so"),
        (9, 9, "count", "NOT_STATED", "", "9"),
        (None, None, "", "NOT_STATED", "could", "could"),
        (None, None, "", "NOT_STATED", "", ""),
    ],
)
def test_a_figure_reads_as_it_was_said(
    low: float | None, high: float | None, unit: str, per: str, hedge: str, expected: str
) -> None:
    assert figure(low, high, unit, per, hedge) == expected


@pytest.mark.parametrize(
    ("baseline", "said", "expected"),
    [
        ("9 percent", "6%", "from 9% to 6%"),
        ("92 minutes", "77 minutes per day", "from 92 minutes to 77 minutes per day"),
        ("the winter before", "11%", "11%"),
        ("", "11%", "11%"),
        ("9 percent", "", ""),
    ],
)
def test_a_level_says_what_it_changed_from(baseline: str, said: str, expected: str) -> None:
    assert figure_from(baseline, said) == expected
