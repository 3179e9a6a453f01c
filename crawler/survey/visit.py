"""Visiting a site for a look: in a child process of its own, with the manners of any crawl."""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from catalogue.clock import clock_at
from catalogue.errors import CrawlError, HorizonError
from catalogue.ingest import Outcome, PageVisit
from catalogue.settings import Settings, load
from crawler.address import clean, host_of
from crawler.child import environment
from crawler.runner import run
from crawler.source import Publisher, Source, load_source
from crawler.survey.look import Look, Seen, read_seen
from crawler.survey.probe import Probe

PAGES: Final = 20
"""How many pages a look visits where nobody says."""


def look_at(
    url: str,
    settings: Settings,
    folder: Path,
    pages: int = PAGES,
    tell: Callable[[str], None] = print,
) -> list[Seen]:
    """Look at an address that nobody has described, and return what was seen.

    Args:
        url: Where to begin: a front page, a feed, a page of results.
        settings: Those in force; a contact address is needed as for any crawl.
        folder: An empty folder for what is seen.
        pages: Most pages that are visited.
        tell: Is told each address that was asked for.

    Raises:
        CrawlError: the address is none, or it may not be visited.
    """
    if not clean(url):
        raise CrawlError(f"{url} is not an address that starts with http:// or https://.")
    return _in_child(["--url", clean(url), "--pages", str(pages)], settings, folder, tell)


def walk_briefly(
    path: Path,
    settings: Settings,
    folder: Path,
    pages: int,
    preferred: Sequence[str] = (),
    tell: Callable[[str], None] = print,
) -> list[Seen]:
    """Walk the source in a file, a few pages far, and return what was seen; `preferred` pages
    come first.

    Raises:
        CrawlError: it may not be visited.
        SourceError: the file is wrong.
    """
    load_source(path)
    chosen = [part for url in preferred for part in ("--prefer", url)]
    order = ["--source", str(path), "--pages", str(pages), *chosen]
    return _in_child(order, settings, folder, tell)


def _in_child(
    order: Sequence[str], settings: Settings, folder: Path, tell: Callable[[str], None]
) -> list[Seen]:
    command = [sys.executable, "-m", "crawler.survey.visit", "--folder", str(folder), *order]
    child = subprocess.Popen(  # noqa: S603 (our own module)
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment(settings)
    )
    said = ""
    try:
        assert child.stdout is not None  # noqa: S101 (it is a pipe)
        for said in child.stdout:
            if not said.startswith(_ERROR):
                tell(said.rstrip("\n"))
        code = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()
    if code:
        told = said.removeprefix(_ERROR).strip() if said.startswith(_ERROR) else ""
        raise CrawlError(told or f"The look failed (exit code {code}).")
    return read_seen(folder)


_ERROR: Final = "error: "


class _ToldLook(Look):
    """A look that says where it is."""

    def ingest(self, visit: PageVisit) -> Outcome:
        """Say so, and write it down."""
        print(f"{visit.state} {visit.task.url}", flush=True)  # noqa: T201 (told to the parent)
        return super().ingest(visit)


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at an address, or walk a source briefly."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.survey.visit", description=main.__doc__
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--prefer", action="append", default=[])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--url")
    what.add_argument("--source", type=Path)
    given = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, filename=given.folder / "look.log", encoding="utf-8", force=True
    )
    try:
        settings = load(given.folder)
        source = load_source(given.source) if given.source else _unknown(given.url, given.pages)
        look = _ToldLook(given.folder, given.prefer, given.pages)
        run(
            [source],
            settings,
            ingestor=look,
            frontier=look,
            clock=clock_at(settings.today),
            progress=lambda _: None,
        )
    except HorizonError as error:
        print(f"{_ERROR}{' '.join(str(error).split())}", flush=True)  # noqa: T201 (the last word)
        return error.exit_code
    return 0


def _unknown(url: str, pages: int) -> Source:
    return Source(
        name="look", publisher=Publisher(name=host_of(url)), walk=Probe(url=url, pages=pages)
    )


if __name__ == "__main__":
    sys.exit(main())
