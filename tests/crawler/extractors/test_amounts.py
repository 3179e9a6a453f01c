from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.amounts import amounts
from crawler.extractors.numbers import number


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
        ("half an hour", 0.5, 0.5, "hours", ""),
        ("almost half of them", None, 50, "percent", "almost"),
        ("two and a half hours", 2.5, 2.5, "hours", ""),
        ("an hour and a half", 1.5, 1.5, "hours", ""),
        ("saves a day a week", 1, 1, "days", ""),
        ("90 seconds", 90, 90, "seconds", ""),
        ("a threefold increase", 3, 3, "times", ""),
        ("5x faster", 5, 5, "times", ""),
        ("have doubled", 2, 2, "times", ""),
        ("no fewer than 500 bed days", 500, None, "count", "no fewer than"),
        ("~40%", None, 40, "percent", "~"),
        ("30+ hours", 30, None, "hours", "or more"),
        ("20 minutes or so", None, 20, "minutes", "or so"),
        ("about 10 to 15 minutes", 10, 15, "minutes", "about"),
        ("fell by 4,300.", 4300, 4300, "count", ""),
        ("3.5 whole time equivalents", 3.5, 3.5, "fte", ""),
        ("2.4 tonnes of CO2", 2.4, 2.4, "tonnes", ""),
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
        ("from 25 minutes to an average of 9 minutes", 25, 9),
        ("from 14 weeks to 9.", 14, 9),
        ("from £8,000 to £5,000", 8000, 5000),
        ("fell to 94% from 100%", 100, 94),
        ("fell from 48 to 16 per cent", 48, 16),
        ("from 11 days in 2025 to 2 days", 11, 2),
        ("from twenty to under seven minutes", 20, 7),
    ],
)
def test_what_it_was_before_is_no_figure_of_its_own(
    words: str, before: float, after: float
) -> None:
    amount = next(amounts(words))

    assert (amount.before, amount.high) == (before, after)


def test_what_it_was_before_keeps_its_own_unit() -> None:
    (amount,) = amounts("from five days to under four hours")

    assert (amount.before, amount.before_unit, amount.high, amount.unit) == (5, "days", 4, "hours")


@pytest.mark.parametrize(
    "words",
    [
        "a third party",
        "the second quarter",
        "version 2",
        "in 2024",
        "grew by 2030",
        "the doubles title",
        "from 9 to 5pm",
        "from 2019 to 2024",
        "about a third party",
    ],
)
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


@pytest.mark.parametrize("words", ["two-", "1,", "from 1 to ", "one ", "1 minute of the ", "1 in "])
def test_repetition_costs_little(words: str) -> None:
    started = time.process_time()

    list(amounts(words * 150))

    assert time.process_time() - started < 1
