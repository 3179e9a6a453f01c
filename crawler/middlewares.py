"""What stands between the spider and a site, each piece with one job.

A middleware lets a request or an answer through, or raises `RefusedError` (never to be fetched
or read) or `PostponedError` (not now). Their order stands in `crawler.settings`.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    NotConfigured,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK

from catalogue.clock import Clock, system_clock
from crawler.address import host_of
from crawler.crawl import Crawl, Walk
from crawler.encodings import unknown, whole
from crawler.faults import PostponedError, RefusedError, of_exception
from crawler.page import HTML_TYPES
from crawler.reach import GuardedResolver, Reach
from crawler.robots import Robots
from crawler.settings import HOST_REQUESTS, PROXY

WALK: Final = "horizon_walk"
"""Key of `request.meta`: the `Walk` that a request is made for."""

TASK: Final = "horizon_task"
"""Key of `request.meta`: the `Task` that a request is made for."""

FOR_ROBOTS: Final = "horizon_robots"
"""Key of `request.meta`: whether it is our own request for robots.txt."""

MAX_WAIT: Final = 60.0
"""Longest time a request waits for a host that asked us to wait, in seconds; if it asked for
more, the source is left for another time."""

DAY: Final = 86_400.0
"""How long a source is left alone whose host has had its share of requests, in seconds."""

DEFAULT_WAIT: Final = 30.0
"""How long a host is left alone that answers 429 and does not say how long."""

ROBOTS_AGE: Final = 24 * 3600.0
"""How long a robots.txt is used, in seconds (RFC 9309 section 2.4)."""

_PAGE_TYPES: Final = HTML_TYPES | {"application/json", "text/plain", "application/octet-stream", ""}
_NEVER_LISTS: Final = ("image/", "audio/", "video/", "font/", "application/pdf")


class ReachGuard:
    """Lets requests through to public machines, to those that the source names, and no further
    than the source itself; every redirect comes by here again.
    """

    def __init__(self, proxied: bool) -> None:
        self._proxied = proxied
        self._looked_up: dict[tuple[str, str], str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the settings."""
        return cls(bool(crawler.settings.get(PROXY)))

    async def process_request(self, request: Request) -> None:
        """Raise RefusedError for an address that may not be reached."""
        walk: Walk = request.meta[WALK]
        archetype = walk.source.walk
        reach = Reach(archetype.hosts, self._proxied)
        said = reach.refusal(request.url) or await self._look_up(reach, walk, request.url)
        if said:
            raise RefusedError("address", said)
        if FOR_ROBOTS not in request.meta and archetype.elsewhere(request.url):
            raise RefusedError("elsewhere", f"The address leads away from the site: {request.url}")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that was found to be private from one that is not found."""
        if isinstance(exception, CannotResolveHostError):
            from twisted.internet import reactor  # noqa: PLC0415 (importing it installs one)

            host = host_of(request.url)
            resolver = getattr(reactor, "resolver", None)
            if isinstance(resolver, GuardedResolver) and host in resolver.refused:
                number = resolver.refused[host]
                raise RefusedError("address", f"{host} has the private address {number}.")

    async def _look_up(self, reach: Reach, walk: Walk, url: str) -> str:
        """What is said of a name when a proxy will resolve it; once for each source and host."""
        if not self._proxied:
            return ""
        key = (walk.source.name, host_of(url))
        if key not in self._looked_up:
            self._looked_up[key] = await asyncio.to_thread(reach.refusal_by_lookup, url)
        return self._looked_up[key]


class RobotsGuard:
    """Obeys robots.txt (RFC 9309), which is fetched once for each host and crawl, and again
    when a day is over.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robots: dict[str, asyncio.Task[tuple[Robots, Response | None]]] = {}
        self._asked: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with access to the engine."""
        return cls(crawler)

    async def process_request(self, request: Request) -> Response | None:
        """Raise RefusedError for what robots.txt forbids. A request for robots.txt itself is
        answered with the copy that was fetched for this purpose.
        """
        if FOR_ROBOTS in request.meta:
            return None
        place = urljoin(request.url, "/robots.txt")
        if place not in self._robots or time.monotonic() - self._asked[place] > ROBOTS_AGE:
            self._asked[place] = time.monotonic()
            self._robots[place] = asyncio.ensure_future(self._fetch(place, request))
        robots, answer = await asyncio.shield(self._robots[place])
        if answer is not None and request.url == place:
            return answer.replace(url=place, request=request)
        if said := robots.refusal(request.url):
            raise RefusedError("robots", said)
        return None

    async def _fetch(self, place: str, cause: Request) -> tuple[Robots, Response | None]:
        request = Request(
            place,
            callback=NO_CALLBACK,
            meta={WALK: cause.meta[WALK], FOR_ROBOTS: True},
            dont_filter=True,
        )
        try:
            answer = await self._crawler.engine.download_async(request)
        except PostponedError:
            del self._robots[place]
            raise
        except Exception as error:  # noqa: BLE001 (of_exception raises again what it does not know)
            return Robots.unreachable(of_exception(error).note.rstrip(".")), None
        robots = Robots.of_answer(answer.status, answer.body)
        self._slow_down(urlsplit(place).hostname or "", robots.delay)
        return robots, answer

    def _slow_down(self, host: str, delay: float) -> None:
        """Keep a Crawl-delay that is longer than ours, now and for slots made anew."""
        downloader = self._crawler.engine.downloader
        ours = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        if delay <= downloader.per_slot_settings.get(host, {}).get("delay", ours):
            return
        downloader.per_slot_settings[host] = {"delay": delay}
        if slot := downloader.slots.get(host):
            slot.delay = delay


class Patience:
    """Leaves a host alone for as long as it asks with 429 or 503 and Retry-After, or as the
    archetype knows that it wants.
    """

    def __init__(self, crawl: Crawl, clock: Clock) -> None:
        self._crawl = crawl
        self._clock = clock
        self._until: dict[str, float] = {}
        self._longest: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for the crawl that the spider works on."""
        return cls(Crawl.of(crawler.spider), system_clock)

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked again; raise PostponedError when that is too long, or
        when the crawl stops meanwhile.
        """
        host = host_of(request.url)
        while (left := self._until.get(host, 0.0) - time.monotonic()) > 0:
            if left > self._longest.get(host, MAX_WAIT):
                raise PostponedError(f"{host} asks to be left alone for {left:.0f} seconds.", left)
            try:
                await asyncio.wait_for(self._crawl.stopping.wait(), left)
            except TimeoutError:
                continue
            break
        if self._crawl.stopping.is_set():
            raise PostponedError("The crawl is stopping.")

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember what the host asked for."""
        wait = self._wait(request, response.status)
        if wait is not None:
            asked = retry_after(response.headers, self._clock())
            seconds = asked if asked is not None else wait
            host = host_of(request.url)
            self._longest[host] = max(self._longest.get(host, MAX_WAIT), wait)
            self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + seconds)
        return response

    @staticmethod
    def _wait(request: Request, status: int) -> float | None:
        """Seconds to wait after a status unless the host says how long; None when it is no sign
        of being asked too often.
        """
        walk: Walk | None = request.meta.get(WALK)
        if walk is not None and FOR_ROBOTS not in request.meta and status in walk.source.walk.busy:
            return walk.source.walk.busy[status]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            return 0.0
        return DEFAULT_WAIT if status == HTTPStatus.TOO_MANY_REQUESTS else None


class HostBudget:
    """Makes no more requests to one host in one crawl than the settings allow, however many
    sources live there; they go on a day later.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the settings."""
        return cls(crawler.settings.getint(HOST_REQUESTS))

    def process_request(self, request: Request) -> None:
        """Raise PostponedError when the host has had its share."""
        host = host_of(request.url)
        if self._made[host] >= self._most:
            note = f"{host} has had the {self._most} requests of crawl.host_requests."
            raise PostponedError(note, DAY)
        self._made[host] += 1


class ConditionalGet:
    """Asks for a page only if it has changed since it was last read."""

    def process_request(self, request: Request) -> None:
        """Send the validators that the catalogue keeps."""
        task = request.meta.get(TASK)
        if task is None or (task.kind == "page" and not task.text_sha):
            return
        if task.etag:
            request.headers["If-None-Match"] = task.etag.encode("latin-1", "ignore")
        if task.last_modified:
            request.headers["If-Modified-Since"] = task.last_modified.encode("latin-1", "ignore")


class BodyGuard:
    """Refuses bodies of a type that is not read, before they are downloaded, and packed ones
    that were cut off.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it, and let it see the headers as they come."""
        guard = cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))
        crawler.signals.connect(guard.look, signals.headers_received)
        return guard

    def look(self, headers: Headers, request: Request) -> None:
        """Stop the download of what will be refused."""
        if not _readable(request, headers):
            raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise RefusedError for a page of a type that is not read or packed in an unknown way,
        ResponseDataLossError for one that is packed and ends too early.
        """
        if response.status == HTTPStatus.OK and not _readable(request, response.headers):
            kind = media_type(response.headers)
            raise RefusedError("content_type", f"Pages of type {kind} are not read.")
        packed = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if name := unknown(packed):
            raise RefusedError("encoding", f"Bodies packed as {name[:40]} are not read.")
        if not whole(response.body, packed, self._max_bytes):
            raise ResponseDataLossError(f"{packed} breaks off")
        return response


class SettledProxy(HttpProxyMiddleware):
    """Sends every request through the proxy of our settings; what the environment says of
    proxies is not used, neither here nor where there is none.
    """

    def __init__(self, proxy: str, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        self.proxies = {}
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the settings; raises NotConfigured where they name no proxy."""
        proxy = crawler.settings.get(PROXY)
        if not proxy:
            raise NotConfigured
        return cls(proxy)

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # Scrapy's has a deprecated `spider`
        """Choose the proxy."""
        request.meta["proxy"] = self._proxy
        super().process_request(request)


def retry_after(headers: Headers, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms (RFC 9110 section
    10.2.3); None without one, or when it cannot be understood.
    """
    text = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def media_type(headers: Headers) -> str:
    """The media type of an answer, in lower case, without parameters; "" when it is not said."""
    said = (headers.get("Content-Type") or b"").decode("latin-1")
    return said.partition(";")[0].strip().lower()


def _readable(request: Request, headers: Headers) -> bool:
    task = request.meta.get(TASK)
    kind = media_type(headers)
    if task is None:
        return True
    if task.kind == "list":
        return not kind.startswith(_NEVER_LISTS)
    walk: Walk = request.meta[WALK]
    if kind == "application/pdf":
        return walk.source.walk.pdf_budget > 0
    return kind in _PAGE_TYPES | walk.source.walk.page_types or kind.endswith("+json")
