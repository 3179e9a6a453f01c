"""The days that words on a certificate give."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extractors.validity import Validity, validity

MAY = date(2027, 5, 3)


@pytest.mark.parametrize(
    ("words", "stated_on"),
    [
        ("DTAC assessed March 2026", date(2026, 3, 1)),
        ("DTAC v2 (12 March 2026)", date(2026, 3, 12)),
        ("Cyber Essentials Plus, renewed 12/03/2026", date(2026, 3, 12)),
        ("accredited on 2025-03-12", date(2025, 3, 12)),
        ("Last tested September 3rd, 2026", date(2026, 9, 3)),
        ("Penetration tested in 2023", date(2023, 1, 1)),
        ("First certified in 2019, recertified May 2025", date(2025, 5, 1)),
        ("ISO 27001:2022, certificate issued 4 May 2025", date(2025, 5, 4)),
    ],
)
def test_the_day_of_a_certificate(words: str, stated_on: date) -> None:
    assert validity(words) == Validity(stated_on=stated_on)


@pytest.mark.parametrize(
    ("words", "valid_until"),
    [
        ("certificate valid until 3 May 2027", MAY),
        ("Certificate expires on 03/05/2027.", MAY),
        ("expiry date: 2027-05-03", MAY),
        ("certificate to 3 May 2027", MAY),
        ("renewal due in May 2027", date(2027, 5, 31)),
        ("valid until 2027", date(2027, 12, 31)),
        ("Our certificate ran until 30 June 2026.", date(2026, 6, 30)),
    ],
)
def test_the_last_day_of_a_certificate(words: str, valid_until: date) -> None:
    assert validity(words) == Validity(valid_until=valid_until)


def test_the_first_and_the_last_day() -> None:
    both = Validity(date(2026, 5, 3), date(2027, 5, 2))
    assert validity("valid from 3 May 2026 to 2 May 2027") == both
    assert validity("3 May 2026 - 2 May 2027") == both
    assert validity("issued 3 May 2026, expires 2 May 2027") == both


@pytest.mark.parametrize(
    "words",
    [
        "DTAC compliant",
        "ISO/IEC 27001:2022",
        "WCAG 2.2 AA",
        "DSPT Standards Met 2025-26",
        "DSPT 2025/26",
        "certified since 2019",
        "certified since March 2019",
        "We expect DTAC by March 2027",
        "on 31 February 2026",
        "expires 99/99/2027",
        "used by 2024 practices",
    ],
)
def test_what_is_no_day_of_a_certificate(words: str) -> None:
    assert validity(words) == Validity()


def test_a_certificate_never_ends_before_it_was_given() -> None:
    assert validity("issued 3 May 2027, expires 2 May 2026") == Validity(
        valid_until=date(2026, 5, 2)
    )
