"""When a source is due: its cadence, its quiet hours, and the time zone that both are told in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from catalogue.errors import nearest

WORDS: Final = {
    "hourly": "every 1 hour",
    "daily": "every 1 day",
    "weekly": "every 1 week",
    "monthly": "every 1 month",
    "quarterly": "every 3 months",
}
"""Cadences that have a name."""

DEFAULT_ZONE: Final = "Europe/London"

_EVERY: Final = re.compile(r"every ([1-9]\d{0,2}) (hour|day|week|month)s?")
_QUIET: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When one source is due."""

    count: int
    unit: str
    """`hour`, `day`, `week` or `month`: it is due every `count` of them."""
    quiet: tuple[time, time] | None
    """From when to when it is left alone, by the clock of its zone; may span midnight."""
    zone: ZoneInfo

    @classmethod
    def of(cls, cadence: str, quiet: str = "", timezone: str = DEFAULT_ZONE) -> Self:
        """Read a schedule as a source file gives it.

        Raises:
            ValueError: one of the three is not understood.
        """
        return cls(*rhythm(cadence), hours(quiet), zone(timezone))

    def after(self, moment: datetime) -> datetime:
        """When it is due next, once it was visited at `moment`. Days are counted by the clock
        of its zone, so a daily source keeps its hour when the clocks change.
        """
        local = moment.astimezone(self.zone)
        match self.unit:
            case "hour":
                due = moment + timedelta(hours=self.count)
            case "day":
                due = local + timedelta(days=self.count)
            case "week":
                due = local + timedelta(weeks=self.count)
            case _:
                due = _months_later(local, self.count)
        return self.open_from(due.astimezone(UTC))

    def open_from(self, moment: datetime) -> datetime:
        """The first moment, not before this one, that is not in its quiet hours."""
        if self.quiet is None:
            return moment
        begins, ends = self.quiet
        local = moment.astimezone(self.zone)
        now = local.time()
        quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
        if not quiet:
            return moment
        day = local.date() + timedelta(days=int(now >= ends))
        return datetime.combine(day, ends, self.zone).astimezone(UTC)


def rhythm(cadence: str) -> tuple[int, str]:
    """A cadence as a count and a unit of time: `every 3 days`, or a word of `WORDS`.

    Raises:
        ValueError: it is not understood.
    """
    found = _EVERY.fullmatch(WORDS.get(cadence, cadence))
    if found is None:
        raise ValueError(f"'{cadence}' is no cadence. {nearest(cadence, [*WORDS, 'every 3 days'])}")
    return int(found[1]), found[2]


def hours(quiet: str) -> tuple[time, time] | None:
    """Quiet hours, `22:00-06:30`; None for an empty text.

    Raises:
        ValueError: they are not understood, or last the whole day.
    """
    if not quiet:
        return None
    found = _QUIET.fullmatch(quiet)
    if found is None:
        raise ValueError(f"'{quiet}' are no hours: they look like '08:00-18:00'")
    begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if begins == ends:
        raise ValueError(f"'{quiet}' leaves no time to visit")
    return begins, ends


def zone(timezone: str) -> ZoneInfo:
    """A time zone by its name.

    Raises:
        ValueError: there is none of this name.
    """
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = nearest(timezone, available_timezones()) if timezone else ""
        hint = hint if hint.startswith("Did") else "They look like 'Europe/London'."
        raise ValueError(f"'{timezone}' is no time zone. {hint}") from error


def _months_later(local: datetime, count: int) -> datetime:
    """The same day and hour some months later, or the last day of a shorter month."""
    years, month = divmod(local.month - 1 + count, 12)
    year = local.year + years
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)
