"""A feed: RSS, Atom, RDF or JSON Feed, whose entries lead to pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar, Literal

import feedparser
from pydantic import Field

from catalogue.frontier import Found
from crawler.address import clean
from crawler.archetypes.archetype import Listing, ListingError, each_once
from crawler.archetypes.json_feed import json_entries
from crawler.archetypes.with_documents import WithDocuments

MAX_BYTES = 2 * 1024 * 1024
"""Longest feed that is read, in bytes: reading takes about 0.5 seconds for each MiB."""


class Feed(WithDocuments):
    """Visits the page of each entry of a feed."""

    title: ClassVar[str] = "a feed (RSS, Atom, JSON Feed), by its entries"
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
        pages = pages_of(entries(listing), listing.url)
        return each_once(Found(url, 1, "page") for url in pages)[: self.max_items]


def entries(listing: Listing) -> list[Any]:
    """The entries of a feed, in its order, each a mapping with `id` and `link`.

    Raises:
        ListingError: it is no feed, or too long.
    """
    if len(listing.body) > MAX_BYTES:
        raise ListingError(f"The feed is longer than {MAX_BYTES} bytes.")
    if listing.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return json_entries(listing.body)
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
    return list(feed.entries)


def pages_of(entries: list[Any], base: str) -> Iterator[str]:
    """The addresses of the pages of a feed's entries, each entry once."""
    seen: set[str] = set()
    for entry in entries:
        identity = entry.get("id") or ""
        link = entry.get("link") or (identity if identity.startswith("http") else "")
        url = clean(link, base) if link else ""
        identity = identity or url
        if url and identity not in seen:
            seen.add(identity)
            yield url
