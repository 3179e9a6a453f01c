"""`horizon watch`: crawl what is due, whenever it is due, in the foreground."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand

if TYPE_CHECKING:
    from rich.table import Table

    from tui.cli.due import Calendar

LONGEST: Final = 900.0
"""Seconds after which source files and the catalogue are looked at again, in any case."""

NEXT: Final = 12
"""How many of the sources that are due next are shown."""


@click.command(cls=HorizonCommand, example="horizon watch")
@click.option("--once", is_flag=True, help="End after the first crawl.")
def watch(*, once: bool) -> None:
    """Crawl what is due, whenever it is due.

    Ctrl-C ends it. A table shows what is under way, and what is due next. Whatever else wakes a
    crawl meanwhile, each source is crawled by one of them.
    """
    from catalogue.errors import CrawlError
    from tui.cli import progress, render
    from tui.cli.crawl import index_new
    from tui.cli.due import calendar, when
    from tui.cli.index import tell

    settings = opening.settings()
    try:
        while True:
            ours = calendar(settings)
            try:
                done = ours.crawl()
            except CrawlError as error:
                render.say(str(error))
                done = None
            if done is not None:
                render.put(progress.tally_table(done.sources))
                tell(index_new(settings))
                if once:
                    return
            render.say(when(ours.upcoming()))
            _wait(ours)
    except KeyboardInterrupt:
        render.say("Stopped watching. What was stored is kept.")


def _wait(ours: Calendar) -> None:
    """Wait until a source is due, and show on a terminal which ones come next."""
    from rich.live import Live

    from tui.cli import render

    began = time.monotonic()
    upcoming = ours.upcoming()
    seconds = min(LONGEST, *(_left(moment) for moment, _ in upcoming[:1])) if upcoming else LONGEST
    console = render.narration()
    if not console.is_terminal:
        time.sleep(max(1.0, seconds))
        return
    with Live(console=console, transient=True, auto_refresh=False) as drawn:
        while time.monotonic() - began < max(1.0, seconds):
            drawn.update(_table(upcoming), refresh=True)
            time.sleep(1.0)


def _table(upcoming: list[tuple[datetime, str]]) -> Table:
    """What is due next, and in how long."""
    from tui.cli import render

    return render.table(
        [("due next", "left"), ("at", "left"), ("in", "right")],
        [
            (name, f"{moment.astimezone():%a %d %b %H:%M}", _clock(_left(moment)))
            for moment, name in upcoming[:NEXT]
        ],
    )


def _left(moment: datetime) -> float:
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _clock(seconds: float) -> str:
    """`2 d 03:04:05`, without the days where there are none."""
    days, rest = divmod(int(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    clock = f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return f"{days} d {clock}" if days else clock
