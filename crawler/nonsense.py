"""What a site answers to an address that cannot exist: pages that look like it are none."""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from catalogue.drafts import Reading
from crawler.address import host_of
from crawler.crawl import Crawl, Walk
from crawler.faults import of_exception
from crawler.middlewares import WALK
from crawler.page import Page
from crawler.reader import ReadFault

ALIKE: Final = 0.9
"""Share of words in common from which two pages say the same: the address may stand in one."""


class NonsensePages:
    """Asks each host once in a crawl, and only when it matters: when a page that was known says
    something else.
    """

    def __init__(self, crawler: Crawler, crawl: Crawl) -> None:
        self._crawler = crawler
        self._crawl = crawl
        self._words: dict[str, asyncio.Task[frozenset[str]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with access to the engine."""
        return cls(crawler, Crawl.of(crawler.spider))

    async def is_like(self, walk: Walk, url: str, reading: Reading) -> bool:
        """Whether a page says what its site says of pages that never were."""
        host = host_of(url)
        if host not in self._words:
            self._words[host] = asyncio.ensure_future(self._ask(walk, url))
        nonsense = await asyncio.shield(self._words[host])
        words = _words(reading)
        either = nonsense | words
        return bool(nonsense) and len(nonsense & words) >= ALIKE * len(either)

    async def _ask(self, walk: Walk, url: str) -> frozenset[str]:
        """The words of the answer; none where the site says that there is no such page."""
        place = urljoin(url, f"/no-such-page-{secrets.token_hex(6)}")
        request = Request(place, callback=NO_CALLBACK, meta={WALK: walk}, dont_filter=True)
        try:
            answer = await self._crawler.engine.download_async(request)
        except IgnoreRequest:  # robots.txt, a budget, or a host that asked for peace
            return frozenset()
        except Exception as error:  # noqa: BLE001 (of_exception raises again what it does not know)
            of_exception(error)
            return frozenset()
        if answer.status != HTTPStatus.OK:
            return frozenset()
        kind = (answer.headers.get("Content-Type") or b"").decode("latin-1")
        page = Page(answer.url, answer.body, kind, self._crawl.clock())
        reading = await self._crawl.reader.read(page, walk.source.read_request(""))
        return frozenset() if isinstance(reading, ReadFault) else _words(reading)


def _words(reading: Reading) -> frozenset[str]:
    return frozenset(f"{reading.title} {reading.text}".casefold().split())
