"""Model cards in XML, named one by one or linked from a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field
from selectolax.lexbor import LexborHTMLParser

from catalogue.frontier import Found
from crawler.address import clean, host_of
from crawler.archetypes.archetype import (
    Archetype,
    Listing,
    ListingError,
    WebAddress,
    each_once,
)
from crawler.page import VAGUE_TYPES, XML_TYPES


class ModelCard(Archetype):
    """Visits model cards: those that the file names, and those that `url` links to."""

    title: ClassVar[str] = "applied model cards (CHAI, XML)"
    extractors: ClassVar[tuple[str, ...]] = ("model_card",)
    page_types: ClassVar[frozenset[str]] = XML_TYPES | VAGUE_TYPES

    archetype: Literal["modelcard"] = "modelcard"
    url: WebAddress
    """A card (`.xml`), a page that links to cards, or a folder as the API of GitHub lists it
    (`https://api.github.com/repos/OWNER/NAME/contents/FOLDER`)."""
    cards: tuple[WebAddress, ...] = ()
    """Addresses of further cards."""
    max_cards: int = Field(default=200, ge=1, le=5_000)
    """Most cards that one run visits."""

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_cards

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the source file names."""
        return frozenset(map(host_of, (self.url, *self.cards)))

    def seeds(self) -> tuple[Found, ...]:
        """The cards that are named, and the page that links to others."""
        first = clean(self.url)
        kind: Literal["page", "list"] = "page" if _is_card(first) else "list"
        return each_once(
            [Found(first, 0, kind), *(Found(clean(card), 0, "page") for card in self.cards)]
        )

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The cards that a page links to, or that a folder holds."""
        addresses = [clean(link, listing.url) for link in _links(listing.body)]
        cards = each_once(Found(url, 1, "page") for url in addresses if _is_card(url))
        if not cards:
            raise ListingError("No link on this page leads to an XML file.")
        return cards


def _is_card(url: str) -> bool:
    return urlsplit(url).path.casefold().endswith(".xml")


def _links(body: bytes) -> Iterator[str]:
    """The addresses in a folder as GitHub lists it, or in a page of HTML."""
    try:
        folder: Any = json.loads(body)
    except (ValueError, RecursionError):
        for node in LexborHTMLParser(body).css("a[href]"):
            yield node.attributes.get("href") or ""
        return
    for entry in folder if isinstance(folder, list) else ():
        link = entry.get("download_url") if isinstance(entry, dict) else None
        if isinstance(link, str):
            yield link
