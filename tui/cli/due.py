"""Crawling what is due: taking sources on, crawling them, making what is new searchable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import opening

if TYPE_CHECKING:
    from datetime import datetime

    from catalogue.due import Timetable
    from catalogue.settings import Settings
    from crawler.progress import CrawlProgress
    from tui.live import Live


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sources that a waking may crawl, and when."""

    settings: Settings
    files: Mapping[str, Path]
    """Source files by name: those that are switched on and have the key they need."""

    def upcoming(self) -> list[tuple[datetime, str]]:
        """When each source may be visited next, soonest first."""
        with opening.services(self.settings) as services:
            return _timetable(services).upcoming(self.files)

    def crawl(self) -> CrawlProgress | None:
        """Crawl all that is due and that nobody else has taken on; None when there is nothing.

        Raises:
            CrawlError: the crawl was refused or broke off; its sources are tried again later.
            KeyboardInterrupt: it was stopped by Ctrl-C; what was stored is kept.
        """
        from tui.cli.crawling import crawl_files

        with opening.services(self.settings) as services:
            timetable = _timetable(services)
            taken = timetable.claim(self.files)
            if not taken:
                return None
            try:
                return crawl_files(self.settings, [self.files[name] for name in taken])
            finally:
                timetable.release(taken)


def calendar(settings: Settings) -> Calendar:
    """Read all source files, and let the catalogue know of those that may be crawled.

    Raises:
        SourceError: a source file is wrong.
        CatalogueError: the catalogue is a demonstration.
    """
    from catalogue.frontier import Frontier
    from crawler.keys import missing_key
    from crawler.source import load_source
    from tui.cli.apart import keep_apart
    from tui.cli.sources import files

    known = {name: (load_source(path), path) for name, path in files(settings).items()}
    ready = {
        name: (source, path)
        for name, (source, path) in known.items()
        if source.enabled and not missing_key(source)
    }
    with opening.services(settings) as services:
        keep_apart([row.name for row in services.sources()], ready, settings.home)
        frontier = Frontier(services.database, services.clock)
        frontier.register([source.record() for source, _ in ready.values()])
    return Calendar(settings, {name: path for name, (_, path) in ready.items()})


def when(upcoming: Sequence[tuple[datetime, str]]) -> str:
    """Which source is due next, and when, as a sentence."""
    if not upcoming:
        return "No source can be crawled: 'horizon sources list' says why."
    moment, name = upcoming[0]
    return f"Next is {name}, {moment.astimezone():%a %d %b %H:%M}."


def _timetable(services: Live) -> Timetable:
    from catalogue.due import Timetable

    return Timetable(services.database, services.clock)
