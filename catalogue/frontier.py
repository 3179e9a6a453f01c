"""The frontier: which addresses are to be fetched, kept in the catalogue and handed out by lease.

An address is leased to one crawl at a time. The lease is given back by `catalogue.ingest` in the
same transaction that stores what the page gave, so a kill at any moment loses nothing: what was
not stored is leased again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

RunState = Literal["running", "finished", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the catalogue keeps of a source file."""

    name: str
    title: str
    archetype: str
    publisher: str
    publisher_url: str
    publisher_kind: str
    """`supplier`, `network`, `publisher`, `regulator`, `buyer`, `research`, `funder`."""
    voice: str
    """VOICE_ code."""
    licence: str
    cadence: str
    definition: str
    """The whole source file, as JSON."""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl run of one source that is under way."""

    id: int
    source_id: int
    source: str
    resumed: bool
    """Whether it goes on with a run that was interrupted."""


@dataclass(frozen=True, slots=True)
class Task:
    """One leased address."""

    id: int
    url: str
    depth: int
    """How many links away from the start it was found."""
    kind: Literal["list", "page"]
    """`list`: a sitemap, feed or API page that only leads to others; `page`: to be read."""
    etag: str = ""
    last_modified: str = ""
    text_sha: str = ""
    """Chosen-text hash of the last reading; equal means unchanged."""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An address found on a page, to be fetched in the same run."""

    url: str
    depth: int
    kind: Literal["list", "page"] = "page"


class Frontier:
    """Hands out what to fetch. All methods are one short transaction each."""

    def register(self, sources: Sequence[SourceRecord]) -> None:
        """Make the sources known, or bring what is known of them up to date."""
        raise NotImplementedError

    def start(self, source: str, seeds: Iterable[Found], page_budget: int) -> Run:
        """Open a run of a source, or go on with one that was interrupted.

        A new run makes every address that the source knows due again, and the seeds; at most
        `page_budget` addresses of kind `page` are handed out in one run.
        """
        raise NotImplementedError

    def lease(self, run: Run, limit: int) -> list[Task]:
        """Take up to `limit` due addresses of the run, nearest to the start first."""
        raise NotImplementedError

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Return leases unused (a clean stop)."""
        raise NotImplementedError

    def pending(self, run: Run) -> int:
        """How many addresses of the run are still to be visited, leased ones included."""
        raise NotImplementedError

    def finish(self, run: Run, state: RunState, note: str = "") -> None:
        """Close the run."""
        raise NotImplementedError
