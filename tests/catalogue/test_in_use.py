"""How a place of use is put in words."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.in_use import supplier_paid, when


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 3, 1), None, "from March 2026"),
        (date(2026, 3, 4), date(2026, 6, 1), "from 4 March 2026 to June 2026"),
        (None, date(2026, 6, 1), "until June 2026"),
        (None, None, ""),
    ],
)
def test_dates_are_told_no_more_exactly_than_they_were_said(
    start: date | None, end: date | None, words: str
) -> None:
    assert when(start, end) == words


@pytest.mark.parametrize(
    ("phase", "funding", "words"),
    [
        ("PH_FREE_TRIAL", "SUPPLIER_FREE", "free trial, paid by the supplier"),
        ("PH_BETA_PILOT", "SUPPLIER_FREE", "free trial, paid by the supplier"),
        ("PH_PRODUCTION", "SUPPLIER_FREE", "given free by the supplier"),
        ("PH_PRODUCTION", "SUPPLIER_DISCOUNT", "at a discount from the supplier"),
        ("PH_FREE_TRIAL", "UNKNOWN", "free trial"),
        ("PH_BETA_PILOT", "GRANT", ""),
        ("PH_PRODUCTION", "UNKNOWN", ""),
    ],
)
def test_what_the_supplier_bore_is_told_in_plain_words(
    phase: str, funding: str, words: str
) -> None:
    assert supplier_paid(phase, f"TRIAL_FUND_{funding}") == words
