"""From an answer to a row in the catalogue: kept, then read, then stored, in this order.

Each pipeline does one step and hands the `Fetched` on; one that has a visit already is left
alone by all but the last, which stores it. A failure here is a defect or a full disk, never the
site's fault: it ends the crawl, and what was not stored is leased again by the next.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final, Self

from scrapy.crawler import Crawler

from catalogue.drafts import Reading
from catalogue.frontier import Found, Task
from catalogue.ingest import Outcome, PageVisit, VisitState
from catalogue.listed_document import ListedDocument, ListedFault
from crawler.address import leads_home
from crawler.archetypes import Listing, ListingError
from crawler.canonical import canonical
from crawler.crawl import Crawl, Walk
from crawler.faults import Fault
from crawler.listed_pages import read_listed
from crawler.nonsense import NonsensePages
from crawler.page import MAX_TAG, Page
from crawler.reader import ReadFault

_LONG_TAG: Final = re.compile(rb"<[^<>]{%d,}" % MAX_TAG)
_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")

MAX_REMEMBERED: Final = 50_000
"""Links that a crawl remembers to have followed, about; further ones are followed each time."""

SOFT_404: Final = Fault("soft_404", "The site gives the same page for addresses that never were.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer, on its way into the catalogue."""

    walk: Walk
    task: Task
    fetched_at: datetime
    url: str = ""
    """Address after redirects; "" when there was no answer."""
    status: int = 0
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    raw_sha: str = ""
    visit: PageVisit | None = field(default=None, repr=False)
    """What the visit came to, once that is known."""

    def came_to(
        self,
        state: VisitState,
        *,
        reading: Reading | None = None,
        documents: tuple[ListedDocument, ...] = (),
        faults: tuple[ListedFault, ...] = (),
        found: tuple[Found, ...] = (),
        note: str = "",
        notes: tuple[str, ...] = (),
    ) -> Self:
        """The same, its visit decided."""
        # What a listing holds is dropped when its run fails: then it must be sent whole again.
        kept = state in {"read", "unchanged", "not_modified", "listed"} and not documents
        visit = PageVisit(
            run=self.walk.run,
            task=self.task,
            state=state,
            fetched_at=self.fetched_at,
            status=self.status,
            final_url="" if self.url == self.task.url else self.url,
            note=note,
            content_type=self.content_type,
            etag=self.etag if kept else "",
            last_modified=self.last_modified if kept else "",
            raw_sha=self.raw_sha,
            size=len(self.body),
            reading=reading,
            documents=documents,
            notes=notes,
            faults=faults,
            found=found,
            final=self.walk.source.walk.final(self.task.url, self.fetched_at),
        )
        return replace(self, visit=visit)

    def failed(self, fault: Fault) -> Self:
        """The same, its visit a fault or a refusal; one that may pass is tried once more. A
        listing that cannot be had may be one whose archetype knows another.
        """
        retry = fault.passing and self.task.attempts == 0
        others = self._others(fault.kind)
        if others is not None and not retry:
            return replace(self, body=b"").came_to("listed", found=others, note=fault.note)
        decided = self.came_to("refused" if fault.refused else "fault", note=fault.note)
        assert decided.visit is not None  # noqa: S101 (came_to decides it)
        return replace(decided, visit=replace(decided.visit, fault=fault.kind, retry=retry))

    @property
    def has_another(self) -> bool:
        """Whether the archetype knows where else to look for a listing that is not there."""
        return self._others(f"http_{self.status}") is not None

    def _others(self, fault: str) -> tuple[Found, ...] | None:
        walk = self.walk.source.walk
        return walk.instead(self.task.url, fault) if self.task.kind == "list" else None


class Pipeline:
    """Base of the steps: each belongs to one crawl."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for the crawl that the spider works on."""
        return cls(Crawl.of(crawler.spider))


class KeepSnapshot(Pipeline):
    """Keeps the body before anything reads it."""

    async def process_item(self, item: Fetched) -> Fetched:
        """Return the item with the name of its snapshot."""
        if item.visit is not None or not item.body:
            return item
        sha = await self.crawl.aside(self.crawl.snapshots.put, item.body)
        return replace(item, raw_sha=sha)


class ReadListing(Pipeline):
    """Finds the addresses that a sitemap, feed or API page leads to, and the documents it holds."""

    async def process_item(self, item: Fetched) -> Fetched:
        """Return the item, decided if it is a listing."""
        if item.visit is not None or item.task.kind != "list":
            return item
        if not _JSON.match(item.body) and _LONG_TAG.search(item.body):
            return item.failed(Fault("too_large", f"A tag is longer than {MAX_TAG} bytes."))
        missing = item.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
        listing = Listing(
            item.url, item.body, item.content_type, missing, item.headers, item.task.depth
        )
        try:
            # On a thread: a feed of 2 MB is read for seconds.
            listed = await asyncio.to_thread(item.walk.source.walk.listed, listing)
        except ListingError as error:
            return item.failed(Fault("listing", error.message))
        read, unread = await read_listed(
            self.crawl, item.walk.source, item.fetched_at, listed.pages
        )
        return item.came_to(
            "listed",
            documents=(*_signed(item, listed.documents), *read),
            faults=(*listed.faults, *unread),
            found=listed.found,
            note=listed.note,
            notes=listed.notes,
        )


def _signed(item: Fetched, documents: Iterable[ListedDocument]) -> Iterator[ListedDocument]:
    """Documents that an archetype read in a listing, with what read them."""
    for one in documents:
        reading = item.walk.source.signed(one.reading, item.url, listed=True)
        yield replace(one, reading=reading)


class ReadPage(Pipeline):
    """Has a page read in a child process that can be killed."""

    def __init__(self, crawl: Crawl, nonsense: NonsensePages) -> None:
        super().__init__(crawl)
        self.nonsense = nonsense
        self._followed: dict[tuple[str, str], int] = {}
        """Links, with their source, that pages of this crawl led to, and the least depth: the
        menu of a site is on each of its pages, and is put on the frontier once."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for the crawl that the spider works on."""
        return cls(Crawl.of(crawler.spider), NonsensePages.from_crawler(crawler))

    async def process_item(self, item: Fetched) -> Fetched:
        """Return the item, decided."""
        if item.visit is not None:
            return item
        known = item.task.text_sha != ""
        if known and leads_home(item.task.url, item.url):
            return item.came_to("gone", note="The address leads to the front page.")
        source = item.walk.source
        page = Page(item.url, item.body, item.content_type, item.fetched_at)
        request = source.read_request("" if item.task.outdated else item.task.text_sha)
        reading = await self.crawl.reader.read(page, request)
        if isinstance(reading, ReadFault):
            passing = reading.kind in {"timeout", "memory", "crash"}
            return item.failed(Fault(reading.kind, reading.note, passing))
        reading = source.signed(reading, item.url)
        if page.is_html:
            item = replace(item, url=canonical(item.body, item.url))
        same = reading.text_sha == item.task.text_sha
        judged = known and not same and page.is_html
        if judged and await self.nonsense.is_like(item.walk, item.url, reading):
            return item.failed(SOFT_404)
        links = self._new_links(source.name, reading.links, item.task.depth)
        found = item.walk.few_pdfs(source.walk.follow(links, item.task.depth))
        if same and not item.task.outdated:
            return item.came_to("unchanged", found=found)
        return item.came_to("read", reading=reading, found=found)

    def _new_links(self, source: str, links: Sequence[str], depth: int) -> list[str]:
        """The links that no page at this depth or above it has led to; remembers them.

        Nothing is lost when the crawl is killed before they are stored: the page that led to
        them is then read again, by a crawl that remembers nothing.
        """
        new = [link for link in links if self._followed.get((source, link), depth + 1) > depth]
        if len(self._followed) < MAX_REMEMBERED:
            self._followed.update(((source, link), depth) for link in new)
        return new


class StoreVisit(Pipeline):
    """Stores the visit and gives the lease back: one call, one transaction. Visits that found
    nothing new share one.
    """

    async def process_item(self, item: Fetched) -> Fetched:
        """Return the item, stored."""
        if item.visit is None:
            raise TypeError(f"Nobody decided what became of {item.task.url}.")
        if item.visit.quiet:
            outcome = await self._confirmed(item.walk, item.visit)
            item.walk.release(item.visit)
        else:
            outcome = await self.crawl.aside(self._stored, item.walk, item.visit)
        item.walk.settle(item.visit, outcome)
        self.crawl.moved.set()
        return item

    def _stored(self, walk: Walk, visit: PageVisit) -> Outcome:
        """Store a visit, and hold its lease no more: on the thread that leases, which may lease
        an address that is to be tried again right after this.
        """
        outcome = self.crawl.ingestor.ingest(visit)
        walk.release(visit)
        return outcome

    async def _confirmed(self, walk: Walk, visit: PageVisit) -> Outcome:
        """Store a visit with others; meanwhile the next page can be fetched."""
        walk.confirming += 1
        self.crawl.moved.set()
        try:
            return await self.crawl.confirmations.stored(visit)
        finally:
            walk.confirming -= 1
