"""A web site: robots.txt, its sitemaps, and the links from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal, Self
from urllib.parse import urljoin, urlsplit

from pydantic import Field, model_validator

from catalogue.frontier import Found
from crawler.address import clean, same_site
from crawler.archetypes.archetype import Listing, each_once
from crawler.archetypes.pattern import Expression, wanted
from crawler.archetypes.sitemap import listed_by_sitemap
from crawler.archetypes.with_documents import WithDocuments
from crawler.robots import sitemaps


class Site(WithDocuments):
    """Walks one site: all that its sitemaps list, and all that its pages link to."""

    title: ClassVar[str] = "a web site, by sitemap and by links"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "product_page", "case_study", "news")

    archetype: Literal["site"] = "site"
    allow: tuple[Expression, ...] = ()
    """Regular expressions; an address must match one of them to be visited. None means all."""
    max_pages: int = Field(default=200, ge=1, le=20_000)
    """Most pages that one run visits."""
    max_depth: int = Field(default=3, ge=0, le=20)
    """How many links away from the start a page may be."""
    sitemap: bool = True
    """Whether the sitemaps that robots.txt names, or /sitemap.xml, are read."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        both = sorted(set(self.allow) & set(self.deny))
        if both:
            raise ValueError(f"'{both[0]}' is both allowed and denied: take it out of one")
        if any(re.search(pattern, self.url) for pattern in self.deny):
            raise ValueError("deny forbids the start address itself: make the pattern narrower")
        if self.allow and not self.sitemap and self.max_depth == 0:
            raise ValueError(
                "allow has no effect without sitemap and with max_depth 0: only the start is read"
            )
        return self

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_pages

    def seeds(self) -> tuple[Found, ...]:
        """The start page, and robots.txt for the sitemaps it names."""
        start = Found(clean(self.url), 0, "page")
        robots = Found(urljoin(start.url, "/robots.txt"), 0, "list")
        return (start, robots) if self.sitemap else (start,)

    def optional(self, url: str) -> bool:
        """A site need not have robots.txt or a sitemap."""
        del url
        return True

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """From robots.txt to the sitemaps, from a sitemap index to sitemaps, from a sitemap to
        its pages on this site.
        """
        if urlsplit(listing.url).path == "/robots.txt":
            named = [] if listing.missing else sitemaps(listing.body, listing.url)
            chosen = named or [urljoin(listing.url, "/sitemap.xml")]
            return each_once(Found(url, 0, "list") for url in chosen)
        if listing.missing:
            return ()
        return listed_by_sitemap(listing, self.url, self.wanted)

    def follow(self, links: Iterable[str], depth: int) -> tuple[Found, ...]:
        """The wanted links on this site, while the walk is not yet too deep, and the PDFs."""
        every = tuple(links)
        documents = super().follow(every, depth)
        if depth >= self.max_depth:
            return documents
        pages = (
            Found(url, depth + 1, "page") for url in self._ours(every, self.url) if self.wanted(url)
        )
        return each_once([*pages, *documents])

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site than the start address."""
        return not same_site(url, self.url)

    def wanted(self, url: str) -> bool:
        """Whether an address of this site is to be visited."""
        return wanted(url, self.allow, self.deny)

    def _ours(self, urls: Iterable[str], base: str) -> Iterable[str]:
        for url in urls:
            spelled = clean(url, base)
            if same_site(spelled, self.url):
                yield spelled
