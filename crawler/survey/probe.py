"""How a site that nobody has described is looked at: front page, listings, a few pages of each
part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import ClassVar, Final, Literal
from urllib.parse import urljoin, urlsplit

import feedparser
from pydantic import Field
from selectolax.lexbor import LexborHTMLParser

from catalogue.frontier import Found
from crawler.address import clean, junk, same_site
from crawler.archetypes.archetype import Archetype, Listing, each_once
from crawler.robots import sitemaps
from crawler.sitemap import SitemapError, read_sitemap

MAX_FEEDS: Final = 3
"""Most feeds of a site that are asked for."""

_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_REST: Final = 'link[rel="https://api.w.org/"]'


class Probe(Archetype):
    """Looks at a site; a source file cannot name it."""

    title: ClassVar[str] = "a site that nobody has described"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "product_page", "case_study", "news")

    archetype: Literal["probe"] = "probe"
    pages: int = Field(default=20, ge=1, le=200)
    """Most pages that are looked at."""

    @property
    def page_budget(self) -> int:
        """Most pages that are looked at."""
        return self.pages

    def seeds(self) -> tuple[Found, ...]:
        """The address itself, which may be a page or a listing, and robots.txt."""
        start = clean(self.url)
        return each_once(Found(url, 0, "list") for url in (start, urljoin(start, "/robots.txt")))

    def optional(self, url: str) -> bool:
        """All that is looked for may be missing."""
        del url
        return True

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site."""
        return not same_site(url, self.url)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """From the front page to feeds and pages, from robots.txt to sitemaps, from those and from
        feeds to pages. What cannot be understood leads nowhere.
        """
        if urlsplit(listing.url).path == "/robots.txt":
            named = [] if listing.missing else sitemaps(listing.body, listing.url)
            places = named or [urljoin(listing.url, "/sitemap.xml")]
            return each_once([*(Found(url, 0, "list") for url in self._ours(places, listing.url))])
        if listing.missing:
            return ()
        if looks_like_html(listing):
            return each_once(self._of_page(listing))
        return each_once([*self._of_sitemap(listing), *self._of_feed(listing)])

    def follow(self, links: Iterable[str], depth: int) -> tuple[Found, ...]:
        """The links of a page, one step further than the front page's own."""
        if depth > 1:
            return ()
        return each_once(Found(url, depth + 1) for url in self._ours(links, self.url))

    def _of_page(self, listing: Listing) -> Iterator[Found]:
        tree = LexborHTMLParser(listing.body)
        yield Found(clean(listing.url), 0, "page")
        for node in tree.css(_REST)[:1]:
            root = clean(node.attributes.get("href") or "", listing.url)
            for url in self._ours([root], listing.url):
                yield Found(url, 0, "list")
        for url in list(self._ours(feeds(tree), listing.url))[:MAX_FEEDS]:
            yield Found(url, 0, "list")
        folder = urljoin(listing.url, "sitemap.xml")
        yield Found(clean(folder), 0, "list")

    def _of_sitemap(self, listing: Listing) -> Iterator[Found]:
        try:
            sitemap = read_sitemap(listing.body)
        except SitemapError:
            return
        for url in self._ours(sitemap.sitemaps, listing.url):
            yield Found(url, 0, "list")
        for url in self._ours(sitemap.pages, listing.url):
            yield Found(url, 1)

    def _of_feed(self, listing: Listing) -> Iterator[Found]:
        for url in self._ours(entries(listing), listing.url):
            yield Found(url, 1)

    def _ours(self, urls: Iterable[str], base: str) -> Iterator[str]:
        """The addresses on this site that are worth asking for."""
        for url in urls:
            spelled = clean(url, base)
            listing = "/wp-json" in spelled or "/feed" in spelled or ".xml" in spelled
            if same_site(spelled, self.url) and (listing or not junk(spelled)):
                yield spelled


def looks_like_html(listing: Listing) -> bool:
    """Whether an answer is a page and no listing."""
    kind = listing.content_type.partition(";")[0].strip().lower()
    return kind in {"text/html", "application/xhtml+xml"} or (
        not kind and listing.body.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html"))
    )


def feeds(tree: LexborHTMLParser) -> list[str]:
    """The feeds that a page names, those of comments left out."""
    return [
        node.attributes.get("href") or ""
        for node in tree.css('link[rel~="alternate"][href]')
        if (node.attributes.get("type") or "").lower() in _FEED_TYPES
        and "comments" not in (node.attributes.get("href") or "")
    ]


def entries(listing: Listing) -> list[str]:
    """The addresses of a feed's entries (RSS, Atom, JSON); none when it is no feed."""
    if listing.body.lstrip().startswith(b"{"):
        try:
            items = json.loads(listing.body).get("items", [])
        except (ValueError, RecursionError):
            return []
        return [str(item.get("url") or "") for item in items if isinstance(item, dict)]
    return [
        str(entry.get("link") or "") for entry in feedparser.parse(BytesIO(listing.body)).entries
    ]
