"""How a place of use is put in words: since when, and what the supplier bore of it."""

from __future__ import annotations

from datetime import date
from typing import Final

_TRIED: Final = frozenset({"PH_FREE_TRIAL", "PH_BETA_PILOT", "PH_PRIVATE_BETA", "PH_PUBLIC_BETA"})


def when(start: date | None, end: date | None) -> str:
    """From when to when, no more exactly than it was said: "from March 2026 to 14 June 2026"."""
    parts = [f"from {_day(start)}"] if start is not None else []
    if end is not None:
        parts.append(f"{'to' if parts else 'until'} {_day(end)}")
    return " ".join(parts)


def supplier_paid(phase: str, funding: str) -> str:
    """What the supplier bore, in plain words; "" where the words tell of no such thing.

    Args:
        phase: PH_ code.
        funding: TRIAL_FUND_ code.
    """
    if funding == "TRIAL_FUND_SUPPLIER_FREE":
        tried = phase in _TRIED
        return "free trial, paid by the supplier" if tried else "given free by the supplier"
    if funding == "TRIAL_FUND_SUPPLIER_DISCOUNT":
        return "at a discount from the supplier"
    return "free trial" if phase == "PH_FREE_TRIAL" else ""


def _day(day: date) -> str:
    """A day; the first of a month stands for a month of which no day was said."""
    return f"{day:%B %Y}" if day.day == 1 else f"{day.day} {day:%B %Y}"
