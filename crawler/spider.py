"""The one spider: it leases addresses, requests them, and says what each answer came to.

All sources of a crawl are walked by one spider in one engine, because a host's polite slot
belongs to an engine: two sources on one host share it by themselves.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from catalogue.frontier import Task
from crawler.address import clean
from crawler.crawl import Crawl, Walk
from crawler.faults import Fault, PostponedError, of_exception, of_status
from crawler.middlewares import TASK, WALK
from crawler.pipelines import Fetched
from crawler.settings import IN_FLIGHT

TICK: Final = 0.5
"""Seconds between two reports of progress."""

_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class HorizonSpider(Spider):
    """Walks the sources of a crawl, several at once."""

    name = "horizon"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:  # noqa: ANN401 (Scrapy's signature)
        super().__init__(**kwargs)
        self.crawl = crawl
        self._reported = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Build it, and let it hear of defects: they end the crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.defect, signals.spider_error)
        crawler.signals.connect(spider.defect, signals.item_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Walk all sources to their end. Every request goes to the engine as its address is leased:
        of what this would give, the engine takes one in each of its rounds.
        """
        await self._walk()
        requests: tuple[Request, ...] = ()
        for request in requests:
            yield request

    async def _walk(self) -> None:
        """Lease and request until nothing is left of any source."""
        crawl = self.crawl
        waiting = deque(crawl.sources)
        walking: list[Walk] = []
        try:
            while not crawl.stopping.is_set():
                while waiting and len(walking) < crawl.settings.crawl.hosts:
                    walking.append(await self._begin(waiting.popleft().name))
                if not walking:
                    break
                crawl.moved.clear()
                for walk in tuple(walking):
                    for task in await self._lease(walk):
                        self.crawler.engine.crawl(self._request(walk, task))
                    if await self._over(walk):
                        walking.remove(walk)
                await self._wait()
        except Exception as error:
            crawl.fail(error)
            raise
        finally:
            self.leave()

    def leave(self) -> None:
        """Make no more requests, and drop those that wait for their host's turn."""
        self.crawl.stopping.set()
        for slot in self.crawler.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(PostponedError("The crawl is stopping."))

    async def answered(self, response: Response) -> AsyncIterator[Fetched]:
        """Say what an answer came to, as far as its status tells."""
        fetched = self._fetched(response)
        task = fetched.task
        optional = task.kind == "list" and fetched.walk.source.walk.optional(task.url)
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield fetched.came_to("not_modified")
        elif response.status in _GONE and optional:
            yield replace(fetched, body=b"")
        elif response.status in _GONE and not fetched.has_another:
            yield fetched.came_to("gone", note=of_status(response.status).note)
        elif response.status in fetched.walk.source.walk.busy:
            yield fetched.failed(replace(of_status(response.status), passing=True))
        elif response.status != HTTPStatus.OK:
            yield fetched.failed(of_status(response.status))
        elif not (response.body.strip() or optional):
            yield fetched.failed(Fault("empty", "The page is empty."))
        else:
            yield fetched

    async def failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        """Say what a request came to that got no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        walk: Walk = request.meta[WALK]
        error = _error(failure)
        if isinstance(error, PostponedError):
            walk.postpone(str(error), error.seconds)
            self.crawl.moved.set()
            return
        fault = of_exception(error)
        yield Fetched(walk, request.meta[TASK], self.crawl.clock()).failed(fault)

    def defect(self, failure: Failure) -> None:
        """End the crawl because of a defect of ours."""
        self.crawl.fail(_error(failure))

    async def _begin(self, name: str) -> Walk:
        source = next(source for source in self.crawl.sources if source.name == name)
        reached = await self.crawl.aside(self.crawl.frontier.reached, name)
        seeds = (*source.walk.seeds(), *source.walk.seeds_at(self.crawl.clock(), reached))
        if scheme := source.walk.looks_up:
            known = await self.crawl.aside(self.crawl.frontier.identifiers, scheme)
            seeds += source.walk.seeds_of(known)
        run = await self.crawl.aside(
            self.crawl.frontier.start, name, seeds, source.walk.page_budget
        )
        walk = Walk(source, run)
        self.crawl.walks.append(walk)
        return walk

    async def _lease(self, walk: Walk) -> list[Task]:
        """New addresses for a source, as many as it may have under way."""
        most = IN_FLIGHT if self.crawl.settings.crawl.delay == 0 else IN_FLIGHT // 2
        room = most - walk.under_way
        if room <= 0 or walk.state != "running" or walk.gave_up:
            return []

        def take() -> None:  # holds them even if nobody waits for the answer any more
            wanted = walk.wanted(room)
            tasks = self.crawl.frontier.lease(walk.run, wanted)
            walk.dry = len(tasks) < wanted
            walk.hold(tasks)

        if not (walk.ready or walk.dry):
            await self.crawl.aside(take)
        return walk.next_tasks(room)

    async def _over(self, walk: Walk) -> bool:
        """Whether a source has nothing more to do; its run is closed when it is complete."""
        if walk.state == "postponed":
            if self._under_way(walk):
                return False
            if walk.rest:
                until = self.crawl.clock() + timedelta(seconds=walk.rest)
                await self.crawl.aside(self.crawl.frontier.postpone, walk.run, until)
            return True
        if walk.gave_up and walk.ready:
            await self.crawl.aside(self.crawl.frontier.give_back, walk.drop_ready())
        if walk.idle:
            self.crawl.confirmations.hurry()
        if walk.held:
            return False
        walk.pending = await self.crawl.aside(self.crawl.frontier.pending, walk.run)
        if walk.pending and not walk.gave_up:
            return False
        walk.concluded(await self.crawl.aside(self.crawl.ingestor.conclude, walk.run, walk.gave_up))
        return True

    def _under_way(self, walk: Walk) -> bool:
        """Whether requests of a source are on their way."""
        active = self.crawler.engine.downloader.active
        return any(request.meta.get(WALK) is walk for request in active)

    async def _wait(self) -> None:
        """Wait until something has moved, and report from time to time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(TICK):
                await self.crawl.moved.wait()
        if time.monotonic() - self._reported >= TICK:
            self._reported = time.monotonic()
            for walk in self.crawl.walks:
                if walk.state == "running":
                    walk.dry = False  # another process may have found something
                    walk.pending = await self.crawl.aside(self.crawl.frontier.pending, walk.run)
            self.crawl.report()

    def _request(self, walk: Walk, task: Task) -> Request:
        return Request(
            task.url,
            callback=self.answered,
            errback=self.failed,
            meta={WALK: walk, TASK: task},
            dont_filter=True,
        )

    def _fetched(self, response: Response) -> Fetched:
        assert response.request is not None  # noqa: S101 (the engine sets it)
        meta = response.request.meta
        task: Task = meta[TASK]
        return Fetched(
            walk=meta[WALK],
            task=task,
            fetched_at=self.crawl.clock(),
            url=task.url if response.url == task.url else clean(response.url) or response.url,
            status=response.status,
            body=response.body,
            content_type=_header(response, "Content-Type"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            headers=_headers(response) if task.kind == "list" else {},
        )


def _error(failure: Failure) -> BaseException:
    return failure.value if failure.value is not None else RuntimeError(str(failure))


def _header(response: Response, name: str) -> str:
    text = (response.headers.get(name) or b"").decode("latin-1")
    if not text.isprintable():
        text = "".join(character for character in text if character.isprintable())
    return text[:500]


def _headers(response: Response) -> dict[str, str]:
    """The first of each header, by its name in lower case."""
    names = (name.decode("latin-1") for name in response.headers)
    return {name.lower(): _header(response, name) for name in names}
