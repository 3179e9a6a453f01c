"""Visits that found nothing new, gathered: many are stored in one transaction.

Each keeps its lease until then, so a kill loses nothing: what was not stored is asked for again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from catalogue.ingest import Outcome, PageVisit

MOST: Final = 64
"""Most visits that are stored together."""

PATIENCE: Final = 1.0
"""Seconds that a visit waits for others."""


@dataclass(eq=False)
class _Batch:
    visits: list[PageVisit] = field(default_factory=list)
    full: asyncio.Event = field(default_factory=asyncio.Event)
    stored: asyncio.Task[Sequence[Outcome]] | None = None


class Confirmations:
    """Stores the quiet visits of one crawl (`PageVisit.quiet`) by `store`, a batch at a time."""

    def __init__(
        self, store: Callable[[Sequence[PageVisit]], Awaitable[Sequence[Outcome]]]
    ) -> None:
        self._store = store
        self._batch = _Batch()

    async def stored(self, visit: PageVisit) -> Outcome:
        """Store a visit together with those that come within `PATIENCE`."""
        batch, place = self._batch, len(self._batch.visits)
        batch.visits.append(visit)
        if batch.stored is None:
            batch.stored = asyncio.ensure_future(self._when_full(batch))
        if len(batch.visits) == MOST:
            self.hurry()
        outcomes = await asyncio.shield(batch.stored)
        return outcomes[place]

    def hurry(self) -> None:
        """Let the visits that wait be stored now: no more will come soon."""
        self._batch.full.set()
        self._batch = _Batch()

    async def _when_full(self, batch: _Batch) -> Sequence[Outcome]:
        with suppress(TimeoutError):
            await asyncio.wait_for(batch.full.wait(), PATIENCE)
        if self._batch is batch:
            self.hurry()
        return await self._store(batch.visits)
