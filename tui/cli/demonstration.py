"""The demonstration: an invented market is served on this computer, crawled and indexed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.errors import CatalogueError
from catalogue.query import Query
from catalogue.rows import SignalRow, SourceRow, Totals
from catalogue.settings import Settings, load
from crawler.progress import CrawlProgress
from demo import observed_at, source_files
from demo.market import Day
from demo.server import MarketServer
from tui.cli import progress, render
from tui.cli.apart import keep_apart
from tui.cli.crawling import crawl_files
from tui.live import Live
from tui.state.wording import day as written

ALL_SIGNALS = 100_000
"""More than any demonstration has."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What came of it."""

    day: Day
    observed: datetime
    home: Path
    crawl: CrawlProgress
    totals: Totals
    news: tuple[SignalRow, ...]
    """What this visit found to have changed, oldest first."""
    seconds: dict[str, float]
    """Seconds by step, in order, and their `total`."""
    example: str
    """Name of a tool with good evidence, to try commands on."""

    @property
    def pages(self) -> int:
        """Pages that were read or found unchanged."""
        return sum(tally.documents for tally in self.crawl.sources)

    @property
    def unchanged(self) -> int:
        """Those of them that had not changed."""
        return sum(tally.unchanged for tally in self.crawl.sources)


def settings_for(day: Day, home: Path, proxy: str = "") -> Settings:
    """The settings of a demonstration: its own date, its own way to the market, no waiting."""
    return load(
        home, overrides={"today": observed_at(day), "crawl": {"proxy": proxy, "delay": 0.0}}
    )


def demonstrate(day: Day, home: Path) -> Demonstration:
    """Crawl and index the market as it stands on a day, into the catalogue of a home.

    Raises:
        CatalogueError: the home holds real sources, or has seen a later day.
        CrawlError: the crawl could not be made.
    """
    seconds: dict[str, float] = {}
    with (
        MarketServer(day) as market,
        closing(Live(settings_for(day, home, market.address))) as live,
    ):
        files = source_files(day)
        _may_be_used(live.sources(), day, files, home)
        before = {signal.id for signal in live.signals(ALL_SIGNALS)}
        render.say(f"Visiting {len(files)} sources of an invented market.")
        with ThreadPoolExecutor(1) as aside:
            # Preparing the model takes a process of its own about ten seconds: meanwhile, crawl.
            model = aside.submit(live.embedder)
            with _timed("crawl", seconds):
                crawl = crawl_files(live.settings, files)
            render.say("Indexing; the first time the embedding model is prepared.")
            with _timed("model", seconds):
                model.result()
                indexer = live.indexer()
        with progress.counting("Reading for meaning") as count, _timed("index", seconds):
            indexer.refresh(count)
        news = [signal for signal in live.signals(ALL_SIGNALS) if signal.id not in before]
        return Demonstration(
            day=day,
            observed=observed_at(day),
            home=home,
            crawl=crawl,
            totals=live.totals(),
            news=tuple(reversed(news)),
            seconds={**seconds, "total": round(sum(seconds.values()), 2)},
            example=_example(live),
        )


def _may_be_used(known: Sequence[SourceRow], day: Day, files: Sequence[Path], home: Path) -> None:
    keep_apart([row.name for row in known], [path.stem for path in files], home)
    later = [row.last_run for row in known if row.last_run and row.last_run > observed_at(day)]
    if later:
        raise CatalogueError(
            f"The demonstration in {home} has seen {written(max(later))} already; day {day} is "
            "before that.",
            "Give another folder with --home to begin again.",
        )


@contextmanager
def _timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    began = time.monotonic()
    yield
    seconds[step] = round(time.monotonic() - began, 2)


def _example(live: Live) -> str:
    """Name of the tool with the strongest evidence; "" when there is none."""
    ids = live.browse(Query(), "evidence")[:1]
    return "".join(row.name for row in live.rows(ids).values())
