"""How far a crawl has come: what the crawling process tells the one that started it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

TallyState = Literal["running", "finished", "failed", "postponed"]
"""postponed: stopped or asked to wait; the run goes on when the source is crawled again."""


@dataclass(frozen=True, slots=True)
class SourceTally:
    """What a crawl of one source has done so far."""

    source: str
    state: TallyState = "running"
    visited: int = 0
    """Addresses visited in this crawl, listings among them."""
    read: int = 0
    """Pages whose text is new or changed."""
    unchanged: int = 0
    """Pages fetched or asked for (304) that have not changed."""
    listed: int = 0
    gone: int = 0
    faults: int = 0
    refused: int = 0
    new: int = 0
    """Documents that were not known before."""
    changed: int = 0
    """Documents that say something else than before."""
    signals: int = 0
    pending: int = 0
    """Addresses of the run that are still to be visited."""
    seconds: float = 0.0
    note: str = ""
    """Why a run failed or was postponed; "" otherwise."""

    @property
    def documents(self) -> int:
        """Pages that are known to be there: read, or found unchanged."""
        return self.read + self.unchanged


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """What a crawl has done so far, source by source; the last one is the total."""

    sources: tuple[SourceTally, ...]
    ended: bool = False
    """Whether this is the last word."""

    @property
    def visited(self) -> int:
        """Addresses visited, over all sources."""
        return sum(tally.visited for tally in self.sources)

    @property
    def pending(self) -> int:
        """Addresses still to be visited, over all sources that have begun."""
        return sum(tally.pending for tally in self.sources)

    @property
    def failed(self) -> tuple[SourceTally, ...]:
        """The sources whose run failed."""
        return tuple(tally for tally in self.sources if tally.state == "failed")

    def to_line(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The inverse of `to_line`.

        Raises:
            ValueError: the line is something else.
        """
        try:
            tree: dict[str, Any] = json.loads(line)
            tallies: Iterable[dict[str, Any]] = tree["sources"]
            return cls(tuple(SourceTally(**tally) for tally in tallies), bool(tree["ended"]))
        except (TypeError, KeyError) as error:
            raise ValueError(f"not a line of progress: {line[:80]}") from error
