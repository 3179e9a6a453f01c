"""Pages that stand whole in a listing or an archive: kept and read as a live page is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from catalogue.listed_document import ListedDocument, ListedFault
from crawler.archetypes.archetype import ListedPage
from crawler.canonical import canonical
from crawler.crawl import Crawl
from crawler.page import Page
from crawler.reader import ReadFault
from crawler.source import Source


async def read_listed(
    crawl: Crawl, source: Source, fetched_at: datetime, pages: Iterable[ListedPage]
) -> tuple[list[ListedDocument], list[ListedFault]]:
    """Keep the body of each page, and read it; returns what was read, and what could not be.
    Pages without a time of their own were fetched with the listing.
    """
    read: list[ListedDocument] = []
    unread: list[ListedFault] = []
    for given in pages:
        page = Page(given.url, given.body, given.content_type, given.fetched_at or fetched_at)
        sha = await crawl.aside(crawl.snapshots.put, page.body)
        reading = await crawl.reader.read(page, source.read_request())
        if isinstance(reading, ReadFault):
            unread.append(ListedFault(page.url, reading.kind, reading.note))
            continue
        read.append(
            ListedDocument(
                url=canonical(page.body, page.url) if page.is_html else page.url,
                reading=source.signed(reading, page.url),
                raw_sha=sha,
                content_type=page.content_type,
                size=len(page.body),
                fetched_at=given.fetched_at,
            )
        )
    return read, unread
