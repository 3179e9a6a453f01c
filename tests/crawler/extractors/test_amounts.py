from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.amounts import amounts, number


@pytest.mark.parametrize(
    ("words", "low", "high", "unit", "bound"),
    [
        ("saves up to 30% of the time", None, 30, "percent", "up to"),
        ("two to three minutes per letter", 2, 3, "minutes", ""),
        ("5-10 minutes", 5, 10, "minutes", ""),
        ("between 2 and 3 hours", 2, 3, "hours", ""),
        ("£1.2m a year", 1_200_000, 1_200_000, "gbp", ""),
        ("£1.5\u20132m a year", 1_500_000, 2_000_000, "gbp", ""),
        ("53 thousand pounds", 53_000, 53_000, "gbp", ""),
        ("one in five patients", 20, 20, "percent", ""),
        ("four out of five patients", 80, 80, "percent", ""),
        ("nearly a quarter more", None, 25, "percent", "nearly"),
        ("cut by two-thirds", 66.7, 66.7, "percent", ""),
        ("more than 1,500 patients", 1500, None, "count", "more than"),
        ("nearly fifteen hundred people", None, 1500, "count", "nearly"),
        ("at least ten hours", 10, None, "hours", "at least"),
        ("an average of 43 minutes", 43, 43, "minutes", ""),
        ("halved the wait", 50, 50, "percent", ""),
        ("4.5 WTE", 4.5, 4.5, "fte", ""),
        ("13.4 percentage points", 13.4, 13.4, "points", ""),
        ("a ten-minute reduction", 10, 10, "minutes", ""),
    ],
)
def test_an_amount_is_read_with_its_bounds(
    words: str, low: float | None, high: float | None, unit: str, bound: str
) -> None:
    (amount,) = amounts(words)

    assert (amount.low, amount.high, amount.unit, amount.bound) == (low, high, unit, bound)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("fell from 48 to 16 per cent", 48, 16),
        ("from 11 days in 2025 to 2 days", 11, 2),
        ("from twenty to under seven minutes", 20, 7),
    ],
)
def test_what_it_was_before_is_no_figure_of_its_own(
    words: str, before: float, after: float
) -> None:
    (amount,) = amounts(words)

    assert (amount.before, amount.high) == (before, after)


@pytest.mark.parametrize("words", ["a third party", "the second quarter", "version 2", "in 2024"])
def test_a_number_without_a_unit_is_no_amount(words: str) -> None:
    assert list(amounts(words)) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("twenty-five", 25), ("two hundred and six", 206), ("82,000", 82_000), ("ten of", None)],
)
def test_numbers_in_words_and_figures(words: str, value: float | None) -> None:
    assert number(words) == value


@given(st.text(max_size=200))
def test_any_text_is_searched_without_error(text: str) -> None:
    for amount in amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
