"""Windows of time: the stretches of the past that a service is asked about, one by one.

A window's address depends on its ends alone, and its ends lie on a grid: a run that was cut off
asks for the same windows again, and a later run goes on where the last one ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

LAG: Final = timedelta(hours=1)
"""A window is taken for over this long after its end: notices appear a little late."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def windows(
    since: datetime, until: datetime, step: timedelta, unit: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """The windows from `since` until `until`, oldest first, without gap or overlap.

    Each is at most `step` long and ends where the grid of `step` has a line; the first and the
    last may be shorter, but begin and end on multiples of `unit`.
    """
    start, end = _floor(since, unit), _floor(until - LAG, unit)
    while start < end:
        line = min(_floor(start, step) + step, end)
        yield start, line
        start = line


def months(since: datetime, until: datetime) -> Iterator[tuple[int, int]]:
    """Year and month of every month from `since` to `until`, the present one included."""
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004


def month_over(year: int, month: int, now: datetime) -> bool:
    """Whether nothing will be added to a month any more."""
    following = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return following + timedelta(days=1) <= now


def _floor(moment: datetime, unit: timedelta) -> datetime:
    return _EPOCH + ((moment - _EPOCH) // unit) * unit
