"""GOV.UK: its Search API lists what there is, its Content API gives each page as data.

https://docs.publishing.service.gov.uk describes both. An unknown search parameter is answered
with 422; a Content API address with 303 (look elsewhere), 404 or 410 (withdrawn).
"""

from __future__ import annotations

import json
from typing import Any, ClassVar, Literal, Self
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from pydantic import Field, field_validator, model_validator

from catalogue.frontier import Found
from crawler.address import clean
from crawler.archetypes.archetype import Archetype, Listing, ListingError, each_once

PAGE_SIZE = 100
"""Results asked for at a time; the API gives 1,500 at most."""

_PREFIXES = ("filter_", "filter_any_", "filter_all_", "reject_")


class GovUk(Archetype):
    """Visits the Content API document of each result of a search on GOV.UK."""

    title: ClassVar[str] = "GOV.UK, by its search and content APIs"
    extractors: ClassVar[tuple[str, ...]] = ("govuk_content",)

    archetype: Literal["govuk"] = "govuk"
    url: str = "https://www.gov.uk/"
    """The root of the site."""
    q: str = ""
    """Words to search for."""
    filters: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Fields and the values asked for, such as `{format: ai_assurance_portfolio_technique}`; a
    field may carry its own prefix, `reject_format`."""
    count: int = Field(default=200, ge=1, le=5_000)
    """Most results that one run visits, newest first."""

    @field_validator("filters", mode="before")
    @classmethod
    def _single_values(cls, filters: object) -> object:
        """Let one value stand without a list."""
        if not isinstance(filters, dict):
            return filters
        return {
            name: (values,) if isinstance(values, str) else values
            for name, values in filters.items()
        }

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if not self.q.strip() and not self.filters:
            raise ValueError("give q or filters: without them the whole of GOV.UK is meant")
        if urlsplit(self.url).path.strip("/") or urlsplit(self.url).query:
            raise ValueError("url is the root of the site, https://www.gov.uk/, without a path")
        return self

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.count

    def seeds(self) -> tuple[Found, ...]:
        """The first page of results."""
        return (self._search(0),)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The content documents of these results, and the next page of results."""
        try:
            answer = json.loads(listing.body)
            results, total = answer["results"], int(answer["total"])
            links = [_content_path(result) for result in results]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ListingError("This is not an answer of the GOV.UK Search API.") from error
        start = self._start_of(listing.url)
        room = self.count - start
        pages = [
            Found(urljoin(self._root, f"/api/content{link}"), 1, "page") for link in links if link
        ]
        reached = start + len(results)
        more = [self._search(reached)] if results and reached < min(total, self.count) else []
        return each_once([*pages[: max(room, 0)], *more])

    @property
    def _root(self) -> str:
        return clean(self.url)

    def _search(self, start: int) -> Found:
        parameters = [
            *([("q", self.q.strip())] if self.q.strip() else []),
            *(
                (name if name.startswith(_PREFIXES) else f"filter_{name}", value)
                for name, values in self.filters.items()
                for value in values
            ),
            ("fields", "link"),
            ("order", "-public_timestamp"),
            ("count", str(min(PAGE_SIZE, self.count - start))),
            ("start", str(start)),
        ]
        return Found(urljoin(self._root, f"/api/search.json?{urlencode(parameters)}"), 0, "list")

    @staticmethod
    def _start_of(url: str) -> int:
        return int(dict(parse_qsl(urlsplit(url).query)).get("start", "0"))


def _content_path(result: dict[str, Any]) -> str:
    """The path of a result on GOV.UK; "" for one that lies elsewhere."""
    link = result["link"]
    if not isinstance(link, str) or not link.startswith("/") or link.startswith("//"):
        return ""
    return link.partition("?")[0].partition("#")[0]
