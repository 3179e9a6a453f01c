"""Runs a crawl: in this process (`run`), and as a short child process (`python -m`).

Twisted's reactor cannot be started twice, so a process runs one crawl and ends. Programs that
live longer start a child with `crawler.child.crawl_in_child`.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

gc.disable()  # modules stay: to look for garbage while they load takes a tenth of the start

from scrapy.core.downloader.handlers import http11  # noqa: F401 (it looks at all modules: few yet)
from scrapy.crawler import AsyncCrawlerProcess

from catalogue.clock import Clock, clock_at
from catalogue.errors import CrawlError, HorizonError
from catalogue.settings import Settings, load
from crawler.address import host_of
from crawler.crawl import Crawl, FrontierDoor, IngestorDoor, PageReader
from crawler.garbage import look_for_garbage_rarely
from crawler.keys import require_key
from crawler.progress import CrawlProgress
from crawler.reach import is_loopback
from crawler.reader import Reader
from crawler.replay import ReplayDoor, catch_up
from crawler.settings import scrapy_settings
from crawler.source import Source, load_source
from crawler.spider import HorizonSpider

gc.freeze()  # they need not be looked through once more
gc.enable()

MAX_READERS: Final = 4
"""Most child processes that read pages: one for every two cores."""

GRACE: Final = 10.0
"""Seconds that a crawl whose parent is gone takes to end by itself, before it is cut off."""

_LOG_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


class _CrawlProcess(AsyncCrawlerProcess):
    """Scrapy's process, which leaves promptly when it is told to stop."""

    async def stop(self) -> None:
        """Stop the crawl; what is under way is finished."""
        for crawler in self.crawlers:
            if isinstance(crawler.spider, HorizonSpider):
                crawler.spider.leave()
        await super().stop()


def run(
    sources: Sequence[Source],
    settings: Settings,
    *,
    ingestor: IngestorDoor,
    frontier: FrontierDoor,
    clock: Clock,
    progress: Callable[[CrawlProgress], None],
    reader: PageReader | None = None,
    replay: ReplayDoor | None = None,
) -> CrawlProgress:
    """Crawl sources to their end, and return what came of them; `progress` is told meanwhile.
    With `replay`, what something else has read of them is first read again from what was kept.

    SIGINT and SIGTERM stop the crawl cleanly: what was leased and not stored is given back. A
    second signal stops it at once. Can be called once in the life of a process.

    Raises:
        CrawlError: the crawl may not be made, or was ended by a defect or a catalogue that
            cannot be written.
    """
    if len({source.name for source in sources}) < len(sources):
        raise CrawlError("Two of the sources to be crawled have the same name.")
    require_contact(sources, settings)
    for source in sources:
        require_key(source)
    frontier.register([source.record() for source in sources])
    if replay is not None:
        _catch_up(sources, replay, settings)
    own = Reader(
        settings.crawl.read_timeout,
        settings.crawl.read_memory,
        workers=min(MAX_READERS, max(1, (os.cpu_count() or 1) // 2)),
        max_html=settings.crawl.max_html,
    )
    crawl = Crawl(sources, settings, frontier, ingestor, reader or own, clock, progress)
    process = _CrawlProcess(scrapy_settings(settings, sources))
    logging.getLogger("scrapy").setLevel(logging.INFO)  # Scrapy wants a record of each request
    crawling = process.crawl(HorizonSpider, crawl=crawl)
    loop = crawling.get_loop()
    try:
        process.start()
    finally:
        loop.run_until_complete(own.__aexit__(None, None, None))
        loop.close()
        crawl.close()
    if crawling.done() and not crawling.cancelled():
        crawl.failure = crawl.failure or crawling.exception()
    if crawl.failure is not None:
        raise _error_of(crawl.failure) from crawl.failure
    crawl.report(ended=True)
    return CrawlProgress(tuple(walk.tally() for walk in crawl.walks), ended=True)


def _catch_up(sources: Sequence[Source], replay: ReplayDoor, settings: Settings) -> None:
    """Read again what something else has read, and log what came of it."""
    came_to = catch_up(sources, replay, settings)
    if came_to.changed or came_to.unchanged:
        logger.info(
            "Read %d pages again, as other extractors had read them: %d differ",
            came_to.changed + came_to.unchanged,
            came_to.changed,
        )
    for url, why in came_to.left:
        logger.warning("%s cannot be read again: %s", url, why)


def require_contact(sources: Sequence[Source], settings: Settings) -> None:
    """Refuse to visit anybody's site without saying who is visiting.

    Machines of this computer need no contact address, nor do names that only a proxy of this
    computer can answer for (`.example`): that is the demonstration.

    Raises:
        CrawlError: a contact address is needed.
    """
    if settings.crawl.contact:
        return
    invented = is_loopback(host_of(settings.crawl.proxy))
    for source in sources:
        for host in sorted(source.walk.hosts):
            if not (is_loopback(host) or (invented and host.endswith(".example"))):
                raise CrawlError(
                    f"{host} is not crawled without a contact address: its owner must be able to "
                    "reach you.",
                    'Set it in horizon.toml, contact = "you@your-trust.nhs.uk" under [crawl], or '
                    "as HORIZON_CRAWL__CONTACT.",
                )


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl the source files that are named; progress goes to standard output."""
    options = _parser().parse_args(arguments)
    look_for_garbage_rarely()
    try:
        overrides = {"crawl": {"proxy": options.proxy}} if options.proxy else {}
        settings = load(options.home, overrides=overrides)
        _log_to(options.log or settings.logs / "crawl.log")
        if options.attached:
            threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
        totals = _crawl(options, settings)
    except HorizonError as error:
        logger.error("%s", error)  # noqa: TRY400 (it is a sentence for a person)
        if options.progress == "jsonl":
            told = json.dumps({"error": error.message, "hint": error.hint})
            print(told, flush=True)  # noqa: T201 (the child's last word)
        else:
            print(error, file=sys.stderr)  # noqa: T201 (the child's last word)
        return error.exit_code
    print(totals.to_line(), flush=True)  # noqa: T201 (the child's answer)
    return 0


def _crawl(options: argparse.Namespace, settings: Settings) -> CrawlProgress:
    from catalogue.database import open_database  # noqa: PLC0415 (only a process of its own)
    from catalogue.frontier import Frontier  # noqa: PLC0415
    from catalogue.ingest import Ingestor  # noqa: PLC0415
    from catalogue.replay import Replay  # noqa: PLC0415

    sources = [load_source(path) for path in options.source]
    clock = clock_at(settings.today)
    database = open_database(settings)
    try:
        return run(
            sources,
            settings,
            ingestor=Ingestor(database, clock),
            frontier=Frontier(database, clock, settings.crawl.lease),
            clock=clock,
            progress=_print_line if options.progress == "jsonl" else _print_nothing,
            replay=Replay(database),
        )
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawler.runner", description=main.__doc__)
    parser.add_argument("--home", type=Path, help="home folder of Horizonscan")
    parser.add_argument("--source", type=Path, nargs="+", required=True, help="source files")
    parser.add_argument("--progress", choices=("jsonl", "none"), default="jsonl")
    parser.add_argument("--proxy", default="", help="in place of crawl.proxy")
    parser.add_argument("--log", type=Path, help="log file; default: crawl.log in the home's logs")
    parser.add_argument("--attached", action="store_true", help="end when standard input closes")
    return parser


def _print_line(progress: CrawlProgress) -> None:
    if not progress.ended:
        print(progress.to_line(), flush=True)  # noqa: T201 (the child's progress)


def _print_nothing(progress: CrawlProgress) -> None:
    del progress


def _log_to(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_LOG_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def _end_with_parent() -> None:
    """Wait for the end of standard input, which comes when the parent is gone; then stop."""
    while os.read(sys.stdin.fileno(), 4096):  # not sys.stdin, whose lock would outlive us
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE)
    os._exit(1)


def _error_of(failure: BaseException) -> CrawlError:
    if isinstance(failure, HorizonError):
        return CrawlError(f"The crawl was ended: {failure.message}", failure.hint)
    return CrawlError(f"The crawl was ended by a defect: {type(failure).__name__}: {failure}")


if __name__ == "__main__":
    sys.exit(main())
