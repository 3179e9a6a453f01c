"""Visits that found nothing new wait a moment for others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from catalogue.frontier import Run, Task
from catalogue.ingest import Outcome, PageVisit
from crawler import confirmations
from crawler.confirmations import Confirmations


@dataclass
class Ingestor:
    """Remembers which visits came together."""

    batches: list[list[int]] = field(default_factory=list)

    async def confirm(self, visits: Sequence[PageVisit]) -> list[Outcome]:
        if any(visit.task.id < 0 for visit in visits):
            raise OSError("no space left on device")
        self.batches.append([visit.task.id for visit in visits])
        return [Outcome(signals=visit.task.id) for visit in visits]


def visit(number: int) -> PageVisit:
    task = Task(number, f"http://www.rota.example/{number}", 1, "page")
    run = Run(1, 1, "rota", resumed=False)
    return PageVisit(run, task, "not_modified", datetime.now(UTC), status=304)


def stored(*rounds: Sequence[int]) -> tuple[list[list[int]], list[int]]:
    """Store visits, round after round; which came together, and what each was told."""
    ingestor = Ingestor()

    async def run() -> list[int]:
        stored = Confirmations(ingestor.confirm).stored
        told: list[Outcome] = []
        for numbers in rounds:
            told += await asyncio.gather(*(stored(visit(number)) for number in numbers))
        return [outcome.signals for outcome in told]

    told = asyncio.run(run())
    return ingestor.batches, told


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmations, "PATIENCE", 0.01)


def test_visits_that_come_together_are_stored_together() -> None:
    assert stored([1, 2, 3], [4]) == ([[1, 2, 3], [4]], [1, 2, 3, 4])


def test_a_full_batch_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmations, "MOST", 2)
    assert stored([1, 2, 3, 4, 5]) == ([[1, 2], [3, 4], [5]], [1, 2, 3, 4, 5])


def test_those_that_wait_need_not_where_no_more_will_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmations, "PATIENCE", 600)
    ingestor = Ingestor()

    async def run() -> Outcome:
        waiting = Confirmations(ingestor.confirm)
        told = asyncio.ensure_future(waiting.stored(visit(1)))
        await asyncio.sleep(0)
        waiting.hurry()
        return await told

    assert asyncio.run(run()).signals == 1


def test_each_hears_of_a_catalogue_that_cannot_be_written() -> None:
    with pytest.raises(OSError, match="no space left"):
        stored([1, -1])
