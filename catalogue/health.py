"""How the collection fares: rows about runs, sources and issues, and what to do about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of one source."""

    id: int
    source: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    """`running`, `finished`, `failed`."""
    reasons: str
    """What was not as expected."""
    pages: int
    changed: int
    unchanged: int
    gone: int
    faults: Mapping[str, int]
    """How many by kind."""
    signals: int


@dataclass(frozen=True, slots=True)
class HealthRow:
    """How one source fares."""

    source: str
    enabled: bool
    last_good: datetime | None
    """When the last sound run began."""
    last_run: datetime | None
    state: str = ""
    """Of the last run: `running`, `finished`, `failed`; empty before the first."""
    reasons: str = ""
    pages: int = 0
    changed: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)
    """Of the last run, by kind; refusals are among them."""
    issues: int = 0
    """How many are open."""
    due_at: datetime | None = None
    advice: str = ""
    """What to do; empty when there is nothing to be done."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something about a source that a person should look at."""

    id: int
    source: str
    kind: str
    subject: str
    note: str
    first_seen: datetime
    last_seen: datetime
    count: int
    state: str
    closed_by: str


REMEDIES: Final[Mapping[str, str]] = {
    "robots": "robots.txt forbids the pages: ask the owner, or leave them out with walk.deny.",
    "bot_wall": "The site keeps machines out: ask its owner for leave, or switch the source off.",
    "login": "The pages ask to sign in: leave them out with walk.deny.",
    "parked": "The domain is parked: look where the publisher went, and change walk.url.",
    "maintenance": "The site is closed for now: it is tried again by itself.",
    "soft_404": "Pages are missing though the site answers 200: look whether it was rebuilt.",
    "error_page": "The site shows errors: it is tried again by itself.",
    "empty": "The pages need scripts to show anything: look for a feed, sitemap or API.",
    "dns": "The name is not found: look whether the site has moved.",
    "address": "The address leads into a private network: look at walk.url.",
    "elsewhere": "The pages lead to another site: look whether it has moved.",
    "redirect": "The pages redirect in a circle: look whether the site has moved.",
    "listing": "The sitemap, feed or API answers otherwise than expected: look at walk.",
    "http_403": "The site refuses us: ask its owner for leave, or switch the source off.",
    "http_401": "The site asks for a key: see 'key' in docs/adding-a-source.md.",
    "http_429": "The site finds us too fast: give the source a longer walk.delay.",
    "too_large": "Pages are larger than crawl.max_bytes and crawl.max_html allow.",
    "content_type": "The addresses lead to other things than pages: leave them out with walk.deny.",
}
"""What to do about a kind of fault that most of a run ended in."""

UNEXPECTED: Final = (
    "Less came than is expected: look at the site, then at 'expect' in the source file."
)

OTHERWISE: Final = "The site does not answer as it should: it is tried again by itself."


def advice(row: HealthRow, now: datetime) -> str:
    """What to do about a source; empty when there is nothing to be done."""
    visit = f"'horizon crawl {row.source}'"
    overdue = row.due_at is not None and row.due_at < now
    cases = (
        (not row.enabled, ""),
        (row.last_run is None, f"Not visited yet: {visit}."),
        (row.state == "running", f"A run is under way or was cut off: {visit} goes on with it."),
        (row.state == "failed", _remedy(row)),
        (overdue, "Overdue: 'horizon crawl --due', or let 'horizon schedule install' see to it."),
        (row.issues > 0, f"Look at 'horizon issues list --source {row.source}'."),
    )
    return next((said for holds, said in cases if holds), "")


def _remedy(row: HealthRow) -> str:
    """What to do about a run that failed, by the fault that it met most often."""
    worst = max(row.faults, key=lambda kind: row.faults[kind], default="")
    return REMEDIES.get(worst, OTHERWISE) if worst else UNEXPECTED
