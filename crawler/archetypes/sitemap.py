"""A sitemap alone: the pages that it lists, and no link but to a PDF is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, Literal

from pydantic import Field

from catalogue.frontier import Found
from crawler.address import clean, same_site
from crawler.archetypes.archetype import Listing, ListingError, each_once
from crawler.archetypes.pattern import Expression, wanted
from crawler.archetypes.with_documents import WithDocuments
from crawler.sitemap import SitemapError, read_sitemap

MAX_NESTING: Final = 3
"""How deep sitemaps may stand in sitemap indexes; the protocol knows one level, and an index
that names another for ever would never end."""

MAX_SITEMAPS: Final = 500
"""Most sitemaps taken from one index."""


class Sitemap(WithDocuments):
    """Visits what one sitemap lists, or the sitemaps of one index.

    What a sitemap says of the time of a page's last change is not used: it is often that of the
    last build of the whole site. Whether a page has changed is asked of the page.
    """

    title: ClassVar[str] = "a sitemap (XML, gzipped or lines), by the pages it lists"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "product_page", "case_study", "news")

    archetype: Literal["sitemap"] = "sitemap"
    match: tuple[Expression, ...] = ()
    """Regular expressions; an address must match one of them to be visited. None means all."""
    max_pages: int = Field(default=500, ge=1, le=20_000)
    """Most pages that one run visits."""

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_pages

    def seeds(self) -> tuple[Found, ...]:
        """The sitemap itself."""
        return (Found(clean(self.url), 0, "list"),)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """From an index to sitemaps, from a sitemap to the wanted pages on its site."""
        return listed_by_sitemap(listing, self.url, self.wanted)

    def wanted(self, url: str) -> bool:
        """Whether an address of the site is to be visited."""
        return wanted(url, self.match, self.deny)

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site than the sitemap."""
        return not same_site(url, self.url)


def listed_by_sitemap(
    listing: Listing, site: str, wanted: Callable[[str], bool]
) -> tuple[Found, ...]:
    """Where a sitemap leads: to further sitemaps on the site, while they are not nested too
    deeply, and to the wanted pages on it.

    Raises:
        ListingError: it is no sitemap.
    """
    try:
        sitemap = read_sitemap(listing.body)
    except SitemapError as error:
        raise ListingError(error.message) from error
    deeper = listing.depth + 1
    further = sitemap.sitemaps[:MAX_SITEMAPS] if deeper <= MAX_NESTING else ()
    return each_once(
        [
            *(Found(url, deeper, "list") for url in _of_site(further, listing.url, site)),
            *(
                Found(url, 1, "page")
                for url in _of_site(sitemap.pages, listing.url, site)
                if wanted(url)
            ),
        ]
    )


def _of_site(urls: Iterable[str], base: str, site: str) -> Iterable[str]:
    for url in urls:
        spelled = clean(url, base)
        if same_site(spelled, site):
            yield spelled
