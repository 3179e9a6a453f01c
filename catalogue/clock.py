"""The time at which the market is observed, which tests and the demonstration may set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present time, always with a time zone."""


def system_clock() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)


def fixed_clock(at: datetime) -> Clock:
    """A clock that always shows `at`: the demonstration market has a date of its own."""
    return lambda: at


def clock_at(at: datetime | None) -> Clock:
    """The clock of the settings: fixed where `today` is set, the system's otherwise."""
    return system_clock if at is None else fixed_clock(at)
