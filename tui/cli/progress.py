"""Progress on standard error: drawn on a terminal, told in plain lines anywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Group

from tui.cli import render
from tui.state.wording import number, plural, remaining

if TYPE_CHECKING:
    from crawler.progress import CrawlProgress, SourceTally

EVERY = 5.0
"""Seconds between two plain lines about the same work."""

_STATES = {
    "running": "under way",
    "finished": "done",
    "failed": "FAILED",
    "postponed": "postponed",
}


@contextmanager
def counting(title: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to be called with (done, total); it also tells how long it will take."""
    console = render.narration()
    if console.is_terminal:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, transient=True) as drawn:
            task = drawn.add_task(title, total=None)
            yield lambda done, total: drawn.update(task, completed=done, total=total)
        return
    began = told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if done == total or now - told > EVERY:
            told = now
            left = (now - began) / max(done, 1) * (total - done)
            rest = f", {remaining(left)}" if done < total else ""
            render.say(f"{title}: {number(done)} of {number(total)}{rest}")

    yield tell


@contextmanager
def crawling() -> Iterator[Callable[[CrawlProgress], None]]:
    """Give a function to be called with the progress of a crawl."""
    console = render.narration()
    if console.is_terminal:
        from rich.live import Live

        with Live(console=console, transient=True, refresh_per_second=8) as drawn:
            yield lambda progress: drawn.update(tally_table(progress.sources))
        return
    told: dict[str, str] = {}

    def tell(progress: CrawlProgress) -> None:
        for tally in progress.sources:
            if told.get(tally.source) != tally.state:
                told[tally.source] = tally.state
                render.say(_sentence(tally))

    yield tell


def tally_table(tallies: tuple[SourceTally, ...]) -> Group:
    """What a crawl has done: a line for each source, and below them why one did not end."""
    drawn = render.table(
        [
            ("source", "left"),
            ("state", "left"),
            ("visited", "right"),
            ("left", "right"),
            ("new", "right"),
            ("changed", "right"),
            ("same", "right"),
            ("faults", "right"),
            ("signals", "right"),
            ("secs", "right"),
        ],
        [
            (
                tally.source,
                _STATES[tally.state],
                tally.visited,
                tally.pending,
                tally.new,
                tally.changed,
                tally.unchanged,
                tally.faults,
                tally.signals,
                f"{tally.seconds:.1f}",
            )
            for tally in tallies
        ],
    )
    notes = [render.text(f"{tally.source}: {tally.note}") for tally in tallies if tally.note]
    return Group(drawn, *notes)


def _sentence(tally: SourceTally) -> str:
    """A source in one line: `rotaflow: done, 14 visited, 12 new, 0 changed, 1 fault`."""
    if tally.state == "running":
        return f"{tally.source}: {_STATES[tally.state]}"
    return (
        f"{tally.source}: {_STATES[tally.state]}, {number(tally.visited)} visited, "
        f"{number(tally.new)} new, {number(tally.changed)} changed, "
        f"{plural(tally.faults, 'fault')}. {tally.note}"
    ).rstrip()
