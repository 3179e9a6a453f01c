"""A feed: RSS, Atom or RDF, whose entries lead to pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar, Literal

import feedparser
from pydantic import Field

from catalogue.frontier import Found
from crawler.address import clean
from crawler.archetypes.archetype import Archetype, Listing, ListingError, each_once

MAX_BYTES = 2 * 1024 * 1024
"""Longest feed that is read, in bytes: reading takes about 0.5 seconds for each MiB."""


class Feed(Archetype):
    """Visits the page of each entry of a feed."""

    title: ClassVar[str] = "a feed (RSS, Atom), by its entries"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "news", "case_study")

    archetype: Literal["feed"] = "feed"
    max_items: int = Field(default=100, ge=1, le=5_000)
    """Most entries whose pages one run visits."""

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_items

    def seeds(self) -> tuple[Found, ...]:
        """The feed itself."""
        return (Found(clean(self.url), 0, "list"),)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The pages of the entries, in the feed's order. An entry is known by its id: of several
        with the same id, or with addresses that differ only in tracking, the first counts.
        """
        if len(listing.body) > MAX_BYTES:
            raise ListingError(f"The feed is longer than {MAX_BYTES} bytes.")
        feed = feedparser.parse(
            BytesIO(listing.body),
            response_headers={
                "content-type": listing.content_type,
                "content-location": listing.url,
            },
            sanitize_html=False,
        )
        if not feed.entries and not feed.get("version"):
            raise ListingError("This is not a feed.")
        return each_once(Found(url, 1, "page") for url in _pages(feed.entries, listing.url))[
            : self.max_items
        ]


def _pages(entries: list[Any], base: str) -> Iterator[str]:
    seen: set[str] = set()
    for entry in entries:
        link = entry.get("link") or entry.get("id") or ""
        url = clean(link, base) if link else ""
        identity = entry.get("id") or url
        if url and identity not in seen:
            seen.add(identity)
            yield url
