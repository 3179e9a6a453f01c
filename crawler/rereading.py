"""Reading the kept body of a page again, without a visit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from catalogue.errors import CrawlError
from catalogue.settings import Settings
from crawler.page import Page, ReadRequest
from crawler.reader import Reader, ReadFault
from crawler.view.fingerprint import steady_text


def steady_texts(pages: Sequence[Page], settings: Settings) -> list[str]:
    """The main texts of pages, line by line, with what changes by itself (counters, "2 hours
    ago") as `~`. They are read in a child process that can be killed.

    Raises:
        CrawlError: a page cannot be read.
    """
    return asyncio.run(_read(pages, settings))


async def _read(pages: Sequence[Page], settings: Settings) -> list[str]:
    crawl = settings.crawl
    texts = []
    reader = Reader(crawl.read_timeout, crawl.read_memory, max_html=crawl.max_html)
    async with reader:
        for page in pages:
            reading = await reader.read(page, ReadRequest((), "", "", page.url))
            if isinstance(reading, ReadFault):
                raise CrawlError(
                    f"The page of {page.fetched_at:%Y-%m-%d} cannot be read: {reading.note}"
                )
            lines = [reading.title, *reading.text.splitlines()]
            texts.append("\n".join(filter(None, map(steady_text, lines))))
    return texts
