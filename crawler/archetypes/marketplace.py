"""A public marketplace such as G-Cloud: pages of search results that lead to service pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import Field
from selectolax.lexbor import LexborHTMLParser

from catalogue.frontier import Found
from catalogue.text import one_line
from crawler.address import clean, same_site
from crawler.archetypes.archetype import Archetype, Listing, ListingError, each_once
from crawler.archetypes.pattern import Expression

_NOTHING_FOUND = re.compile(r"\b(?:0|no)\s+(?:\w+\s+){0,2}(?:results?|services?)\b", re.IGNORECASE)
_NEXT = re.compile(r"^next\b", re.IGNORECASE)


class Marketplace(Archetype):
    """Visits the page of every service that the searches of a marketplace find."""

    title: ClassVar[str] = "a marketplace, by its searches and service pages"
    extractors: ClassVar[tuple[str, ...]] = ("service_listing",)

    archetype: Literal["marketplace"] = "marketplace"
    queries: tuple[str, ...] = ()
    """Words to search for, one search for each, sent as the parameter `q`; none means that `url`
    is the search."""
    service: Expression = r"/services/\d+"
    """Regular expression: a link whose address it finds is a service page."""
    max_services: int = Field(default=300, ge=1, le=20_000)
    """Most service pages that one run visits."""

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_services

    def seeds(self) -> tuple[Found, ...]:
        """The first page of each search."""
        if not self.queries:
            return (Found(clean(self.url), 0, "list"),)
        return each_once(
            Found(_asking(clean(self.url), words), 0, "list") for words in self.queries
        )

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The services on a page of results, and the next page."""
        tree = LexborHTMLParser(listing.body)
        links = [*self._links(tree, listing.url)]
        services = [url for url, _ in links if re.search(self.service, url)]
        if not services and not _finds_nothing(tree):
            raise ListingError("No link on this page of results leads to a service.")
        further = [url for url, is_next in links if is_next and url != clean(listing.url)]
        return each_once(
            [
                *(Found(url, 1, "page") for url in services),
                *(Found(url, 0, "list") for url in further[:1] if services),
            ]
        )

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site."""
        return not same_site(url, self.url)

    def _links(self, tree: LexborHTMLParser, base: str) -> Iterator[tuple[str, bool]]:
        """Addresses on this site that the page links to, and whether each is the next page."""
        for node in tree.css("a[href], link[rel=next][href]"):
            url = clean(node.attributes.get("href") or "", base)
            if same_site(url, self.url):
                rel = (node.attributes.get("rel") or "").split()
                yield url, "next" in rel or bool(_NEXT.match(one_line(node.text(separator=" "))))


def _asking(url: str, words: str) -> str:
    """The address of a search with its words put in."""
    parts = urlsplit(url)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name != "q"]
    return urlunsplit(parts._replace(query=urlencode([("q", words), *asked])))


def _finds_nothing(tree: LexborHTMLParser) -> bool:
    """Whether the page says that the search found nothing."""
    words = one_line(tree.body.text(separator=" ")) if tree.body is not None else ""
    return _NOTHING_FOUND.search(words) is not None
