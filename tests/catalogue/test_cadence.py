from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalogue.cadence import Schedule


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("cadence", "due"),
    [
        ("hourly", "2026-10-24T10:30+01:00"),
        ("daily", "2026-10-25T09:30+00:00"),  # the clocks go back that night
        ("every 3 days", "2026-10-27T09:30+00:00"),
        ("weekly", "2026-10-31T09:30+00:00"),
        ("monthly", "2026-11-24T09:30+00:00"),
        ("quarterly", "2027-01-24T09:30+00:00"),
        ("every 36 hours", "2026-10-25T20:30+00:00"),
    ],
)
def test_a_source_keeps_its_hour_by_the_clock_on_the_wall(cadence: str, due: str) -> None:
    assert Schedule.of(cadence).after(at("2026-10-24T09:30+01:00")) == at(due)


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert Schedule.of("monthly").after(at("2026-01-31T12:00Z")) == at("2026-02-28T12:00Z")
    assert Schedule.of("every 13 months").after(at("2026-12-31T12:00Z")) == at("2028-01-31T12:00Z")


@pytest.mark.parametrize(
    ("quiet", "moment", "opens"),
    [
        ("08:00-18:00", "2026-11-05T07:59Z", "2026-11-05T07:59Z"),
        ("08:00-18:00", "2026-11-05T08:00Z", "2026-11-05T18:00Z"),
        ("08:00-18:00", "2026-11-05T18:00Z", "2026-11-05T18:00Z"),
        ("22:00-06:00", "2026-11-05T23:00Z", "2026-11-06T06:00Z"),
        ("22:00-06:00", "2026-11-05T05:00Z", "2026-11-05T06:00Z"),
        ("22:00-06:00", "2026-11-05T12:00Z", "2026-11-05T12:00Z"),
        ("", "2026-11-05T12:00Z", "2026-11-05T12:00Z"),
    ],
)
def test_quiet_hours_are_waited_out(quiet: str, moment: str, opens: str) -> None:
    assert Schedule.of("daily", quiet).open_from(at(moment)) == at(opens)


def test_quiet_hours_are_those_of_the_zone() -> None:
    abroad = Schedule.of("daily", "08:00-18:00", "Australia/Sydney")
    assert abroad.open_from(at("2026-11-04T22:00Z")) == at("2026-11-05T07:00Z")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("wekly",), "Did you mean 'weekly'"),
        (("every 0 days",), "no cadence"),
        (("every fortnight",), "no cadence"),
        (("daily", "8-18"), "look like"),
        (("daily", "25:00-26:00"), "look like"),
        (("daily", "08:00-08:00"), "leaves no time"),
        (("daily", "", "Europe/Lodnon"), "Did you mean 'Europe/London'"),
        (("daily", "", "../etc/passwd"), "no time zone"),
        (("daily", "", ""), "no time zone"),
    ],
)
def test_what_is_not_understood_is_refused(given: tuple[str, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Schedule.of(*given)
