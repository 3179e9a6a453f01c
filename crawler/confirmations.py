"""Visits that found nothing new, gathered: many are stored in one transaction.

Each keeps its lease until then, so a kill loses nothing: what was not stored is asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from catalogue.ingest import Outcome, PageVisit
from crawler.crawl import Crawl

MOST: Final = 64
"""Most visits that are stored together."""

PATIENCE: Final = 0.1
"""Seconds that a visit waits for others."""


@dataclass(eq=False)
class _Batch:
    visits: list[PageVisit] = field(default_factory=list)
    full: asyncio.Event = field(default_factory=asyncio.Event)
    stored: asyncio.Task[Sequence[Outcome]] | None = None


class Confirmations:
    """Stores the quiet visits of one crawl (`PageVisit.quiet`)."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._batch = _Batch()

    async def store(self, visit: PageVisit) -> Outcome:
        """Store a visit together with those that come within `PATIENCE`."""
        batch, place = self._batch, len(self._batch.visits)
        batch.visits.append(visit)
        if batch.stored is None:
            batch.stored = asyncio.ensure_future(self._when_full(batch))
        if len(batch.visits) == MOST:
            self._close(batch)
        outcomes = await asyncio.shield(batch.stored)
        return outcomes[place]

    async def _when_full(self, batch: _Batch) -> Sequence[Outcome]:
        with suppress(TimeoutError):
            await asyncio.wait_for(batch.full.wait(), PATIENCE)
        self._close(batch)
        return await self._crawl.aside(self._crawl.ingestor.confirm, batch.visits)

    def _close(self, batch: _Batch) -> None:
        """Let no more visits into a batch."""
        batch.full.set()
        if self._batch is batch:
            self._batch = _Batch()
