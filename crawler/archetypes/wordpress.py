"""WordPress: its REST API gives posts whole; where that is closed, its feed and its sitemap do.

https://developer.wordpress.org/rest-api/ describes the API. A page beyond the last is answered
with 400 `rest_post_invalid_page_number`; how many there are stands in `X-WP-TotalPages`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Annotated, Any, ClassVar, Final, Literal
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from pydantic import Field

from catalogue.frontier import Found
from crawler.address import clean, same_site
from crawler.archetypes.archetype import Listed, ListedPage, Listing, ListingError, each_once
from crawler.archetypes.feed import entries, pages_of
from crawler.archetypes.pattern import Expression, wanted
from crawler.archetypes.sitemap import listed_by_sitemap
from crawler.archetypes.with_documents import WithDocuments

PER_PAGE: Final = 50
"""Posts asked for at a time; the API gives 100 at most."""

_API: Final = "wp-json/wp/v2/"
_FEED: Final = "feed/"
_SITEMAPS: Final = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
"""Where WordPress, the plugins that are used most, and all others keep theirs."""

_FIELDS: Final = "id,link,date_gmt,modified_gmt,title,content,excerpt"


class WordPress(WithDocuments):
    """Reads the posts of a WordPress site as its REST API gives them, and visits the pages that
    its feed or else its sitemap names where there is no such API.
    """

    title: ClassVar[str] = "a WordPress site, by its REST API, else its feed, else its sitemap"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "product_page", "case_study", "news")

    archetype: Literal["wordpress"] = "wordpress"
    types: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[\w-]+$")], ...], Field(min_length=1)
    ] = ("posts",)
    """Routes of the types of posts, as `/wp-json/wp/v2/types` names them (`posts`, `pages`,
    `case-study`)."""
    since: date | None = None
    """Only posts that were changed after this day are asked for."""
    match: tuple[Expression, ...] = ()
    """Regular expressions; an address must match one of them. None means all."""
    max_pages: int = Field(default=300, ge=1, le=20_000)
    """Most posts of each type that one run reads, those changed last first; most pages that it
    visits where the API is closed."""

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits or reads."""
        return self.max_pages * len(self.types)

    def seeds(self) -> tuple[Found, ...]:
        """The first page of posts of each type."""
        return tuple(self._posts(kind, 1) for kind in self.types)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """Where a listing leads."""
        return self.listed(listing).found

    def listed(self, listing: Listing) -> Listed:
        """Posts, and the next page of them; of a feed or a sitemap the pages it names."""
        path = urlsplit(listing.url).path
        if f"/{_API}" in path:
            return self._of_api(listing, path.rstrip("/").rpartition("/")[2])
        if path.endswith(f"/{_FEED}"):
            return Listed(self._of_feed(listing))
        return Listed(listed_by_sitemap(listing, self.url, self.wanted))

    def instead(self, url: str, fault: str) -> tuple[Found, ...] | None:
        """After the last page of posts or of the feed nothing. In place of the API its feed, and
        in place of that the sitemap; a type that the site does not have is left out.
        """
        place = urlsplit(url).path
        beyond = _number(url) > 1 and fault in {"http_400", "http_404"}
        if beyond and (f"/{_API}" in place or place.endswith(f"/{_FEED}")):
            return ()
        if _number(url) > 1:
            return None
        if f"/{_API}" in place:
            first = place.endswith(f"/{self.types[0]}")
            missing = fault == "http_404" and not first
            return () if missing else (self._feed(1),)
        if place.endswith(f"/{_FEED}"):
            return (Found(urljoin(self._root, _SITEMAPS[0]), 2, "list"),)
        name = place.rpartition("/")[2]
        if name in _SITEMAPS[:-1]:
            return (Found(urljoin(self._root, _SITEMAPS[_SITEMAPS.index(name) + 1]), 2, "list"),)
        return None

    def wanted(self, url: str) -> bool:
        """Whether an address of the site is to be visited."""
        return wanted(url, self.match, self.deny)

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site."""
        return not same_site(url, self.url)

    @property
    def _root(self) -> str:
        root = clean(self.url).partition("?")[0]
        return root if root.endswith("/") else f"{root}/"

    def _posts(self, kind: str, number: int) -> Found:
        parameters = [
            ("per_page", str(min(PER_PAGE, self.max_pages))),
            ("page", str(number)),
            ("orderby", "modified"),
            ("order", "desc"),
            *([("modified_after", f"{self.since}T00:00:00")] if self.since else []),
            ("_fields", _FIELDS),
        ]
        return Found(f"{self._root}{_API}{kind}?{urlencode(parameters)}", number - 1, "list")

    def _feed(self, number: int) -> Found:
        return Found(f"{self._root}{_FEED}?paged={number}", number, "list")

    def _of_api(self, listing: Listing, kind: str) -> Listed:
        try:
            posts = json.loads(listing.body)
        except (ValueError, RecursionError) as error:
            raise ListingError("This is not an answer of the WordPress API.") from error
        if not isinstance(posts, list):
            raise ListingError("The WordPress API gives no list of posts.")
        number = _number(listing.url)
        size = min(PER_PAGE, self.max_pages)
        room = max(0, self.max_pages - (number - 1) * size)
        pages = [page for post in posts[:room] if (page := _page(post)) and self._ours(page.url)]
        said = listing.headers.get("x-wp-totalpages", "")
        last = int(said) if said.isdecimal() else (number + 1 if len(posts) == size else number)
        more = number < last and number * size < self.max_pages
        return Listed(
            found=(self._posts(kind, number + 1),) if more else (),
            pages=tuple({page.url: page for page in pages}.values()),
            note=f"{len(pages)} of {len(posts)} {kind} on page {number} of {last}.",
        )

    def _ours(self, url: str) -> bool:
        return same_site(url, self.url) and self.wanted(url)

    def _of_feed(self, listing: Listing) -> tuple[Found, ...]:
        named = pages_of(entries(listing), listing.url)
        pages = [Found(url, 1, "page") for url in named if self._ours(url)]
        number = _number(listing.url)
        more = [self._feed(number + 1)] if pages and number * 10 < self.max_pages else []
        return each_once([*pages, *more])


def _number(url: str) -> int:
    """Which page of a listing an address asks for."""
    asked = parse_qs(urlsplit(url).query)
    said = (asked.get("page") or asked.get("paged") or ["1"])[0]
    return int(said) if said.isdecimal() else 1


def _page(post: object) -> ListedPage | None:
    """A post as the page that it is: HTML with its title, its day and its words, at its link;
    None for what is no post.
    """
    if not isinstance(post, dict):
        return None
    link = clean(str(post.get("link") or ""))
    words = _rendered(post, "content") or _rendered(post, "excerpt")
    if not link or not words:
        return None
    title = _rendered(post, "title")
    html = "\n".join(["<!doctype html>", "<html>", *_html(post, link, title, words), "</html>"])
    return ListedPage(link, html.encode(), "text/html; charset=utf-8")


def _html(post: Mapping[str, Any], link: str, title: str, words: str) -> Iterator[str]:
    published, changed = (escape(str(post.get(key) or "")) for key in ("date_gmt", "modified_gmt"))
    yield f'<head><meta charset="utf-8"><title>{title}</title>'
    yield f'<link rel="canonical" href="{escape(link)}">'
    if published:
        yield f'<meta property="article:published_time" content="{published}Z">'
    if changed:
        yield f'<meta property="article:modified_time" content="{changed}Z">'
    yield f"</head><body><main><article><h1>{title}</h1>"
    yield words
    yield "</article></main></body>"


def _rendered(post: Mapping[str, Any], field: str) -> str:
    """The HTML of a field, where it has some and is not locked by a password."""
    value = post.get(field)
    if not isinstance(value, Mapping) or value.get("protected"):
        return ""
    rendered = value.get("rendered")
    return rendered.strip() if isinstance(rendered, str) else ""
