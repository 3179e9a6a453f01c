"""Papers and preprints: Europe PMC, by its search.

https://europepmc.org/RestfulWebService describes it. The last page has no `nextPageUrl`.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import ClassVar, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import Field

from catalogue.frontier import Found
from catalogue.listed_document import ListedDocument
from crawler.address import clean
from crawler.archetypes.archetype import Archetype, Listed, Listing, ListingError, WebAddress

ROOT = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"

FIRST = "*"
"""The mark of the first page."""


class Papers(Archetype):
    """Reads the records that a search of Europe PMC finds, newest first. Each becomes a document
    of its own; nothing more is fetched.
    """

    title: ClassVar[str] = "papers and preprints, by a search of Europe PMC"
    extractors: ClassVar[tuple[str, ...]] = ()

    archetype: Literal["papers"] = "papers"
    url: WebAddress = ROOT
    """Address of the search; may be left out."""
    query: str = Field(min_length=3, max_length=1_500)
    """What is searched for, in the language of Europe PMC: `"ambient scribe" AND NHS`."""
    page_size: int = Field(default=100, ge=1, le=1_000)
    """Records asked for at a time."""
    max_papers: int = Field(default=500, ge=1, le=10_000)
    """Most records that one run takes, in whole pages."""

    @property
    def page_budget(self) -> int:
        """Most records that one run takes: they stand in the pages of results."""
        return self.max_papers

    def seeds(self) -> tuple[Found, ...]:
        """The first page of results."""
        return (Found(self._page(FIRST), 0, "list"),)

    def final(self, url: str, at: datetime) -> bool:
        """Whether an address is of a later page: its mark is good for one walk, and the next
        walk begins at the first page.
        """
        del at
        return dict(parse_qsl(urlsplit(url).query)).get("cursorMark", FIRST) != FIRST

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The next page of results."""
        return self.listed(listing).found

    def listed(self, listing: Listing) -> Listed:
        """The records on a page of results, each a document, and the next page."""
        # What reads pages is heavy, and a crawl has its reader for it; few sources need it here.
        from crawler.extractors.paper import paper  # noqa: PLC0415

        try:
            answer = json.loads(listing.body)
            records = answer["resultList"]["result"]
            hits, mark = int(answer["hitCount"]), str(answer.get("nextCursorMark") or "")
            more = bool(answer.get("nextPageUrl")) and bool(records)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ListingError("This is not an answer of Europe PMC.") from error
        documents: dict[str, ListedDocument] = {}
        refused = 0
        for record in records:
            try:
                read = paper(record)
            except (KeyError, TypeError, AttributeError):
                refused += 1
                continue
            documents[read.url] = ListedDocument(read.url, read.reading)
        reached = (listing.depth + 1) * self.page_size
        asked = dict(parse_qsl(urlsplit(listing.url).query)).get("cursorMark", FIRST)
        onward = more and mark not in ("", asked) and reached < min(hits, self.max_papers)
        return Listed(
            found=(Found(self._page(mark), listing.depth + 1, "list"),) if onward else (),
            documents=tuple(documents.values()),
            note=f"{hits} papers found, {len(records)} on this page, {refused} refused.",
        )

    def _page(self, mark: str) -> str:
        asked = {
            "query": " ".join(self.query.split()),
            "format": "json",
            "resultType": "core",
            "pageSize": str(self.page_size),
            "sort": "P_PDATE_D desc",
            "cursorMark": mark,
        }
        return clean(f"{self.url}?{urlencode(asked)}")
