"""Which platform a site is: what was seen, held against what each archetype can walk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.address import clean, host_of, junk, same_site
from crawler.archetypes import ARCHETYPES, Listing
from crawler.sitemap import SitemapError, read_sitemap
from crawler.survey.look import Seen
from crawler.survey.probe import entries, looks_like_html
from crawler.view.page_view import PageView

_SERVICE = re.compile(r"^(?P<root>.*?/(?P<folder>services?|products?|listings?)/)\d{4,}/?$")
_SUPPLIERS = re.compile(
    r"\b(?:supplier|vendor|company|organisation|provider|manufacturer)\b", re.IGNORECASE
)
_FEW: Final = 5
_SPARE: Final = 5
"""A sitemap that leaves out fewer than one in so many of the known pages names them all."""

_ROUTE = re.compile(r"/wp/v2/([\w-]+)")
_MACHINERY: Final = frozenset(
    {
        *("media", "types", "statuses", "taxonomies", "categories", "tags", "users", "comments"),
        *("search", "blocks", "block-types", "block-renderer", "block-directory", "settings"),
        *("block-patterns", "themes", "plugins", "templates", "template-parts", "navigation"),
        *("menus", "menu-items", "menu-locations", "sidebars", "widget-types", "widgets", "icons"),
        *("global-styles", "pattern-directory", "font-families", "font-collections"),
        "elementor_library",
    }
)
"""Routes of WordPress itself that hold no pages for readers."""

LISTINGS: Final = re.compile(
    r"/(?:tags?|authors?|search|category|categories)(?:/|\?|$)|/page/\d+|[?&]page=\d+"
    r"|/(?:19|20)\d\d/\d\d/(?:\d\d/)?$"
)
"""Addresses of pages that only list others."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that was recognised."""

    archetype: str
    because: str
    options: Mapping[str, Any]
    """What stands under `walk:` beside the archetype, the address included."""
    listed: tuple[str, ...] = ()
    """The pages that its listings name."""
    complete: bool = False
    """Whether the listings name all pages of the site."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Everything that a look at one address gave."""

    url: str
    seen: Sequence[Seen]
    views: Sequence[PageView]
    """The pages that could be read, the front page first."""

    def listing(self, url: str) -> Listing | None:
        """The answer to a listing's address; None where nothing was there."""
        for one in self.seen:
            if one.kind == "list" and one.there and clean(url) in {one.url, clean(one.final_url)}:
                return Listing(one.final_url, one.body, one.content_type)
        return None

    @property
    def listings(self) -> list[Listing]:
        """All listings that were there, robots.txt and pages left out."""
        found = [
            Listing(one.final_url, one.body, one.content_type)
            for one in self.seen
            if one.kind == "list" and one.there and urlsplit(one.url).path != "/robots.txt"
        ]
        return [one for one in found if not looks_like_html(one)]


def recognise(sighting: Sighting) -> Platform:
    """The platform: the most particular that fits."""
    start = sighting.listing(sighting.url)
    for rule in (_govuk, _data, _marketplace, _registry, _wordpress):
        if (platform := rule(sighting, start)) and platform.archetype in ARCHETYPES:
            return platform
    return _site(sighting)


def _govuk(sighting: Sighting, start: Listing | None) -> Platform | None:
    """GOV.UK: a search there, or a page that its publishing system made."""
    tags = any(view.data.tag("govuk:content-id", "govuk:base_path") for view in sighting.views)
    if host_of(sighting.url) != "www.gov.uk" and not tags:
        return None
    del start
    asked = parse_qs(urlsplit(sighting.url).query)
    words = " ".join([*asked.get("keywords", ()), *asked.get("q", ())])
    organisations = asked.get("organisations[]", []) + asked.get("organisations", [])
    words = words or ("" if organisations or not sighting.views else sighting.views[0].title)
    filters = {"filters": {"organisations": organisations}} if organisations else {}
    options = {"url": urljoin(sighting.url, "/"), **({"q": words} if words else {}), **filters}
    return Platform("govuk", "its pages carry the tags of GOV.UK's publishing system", options)


def _data(sighting: Sighting, start: Listing | None) -> Platform | None:
    """The address is itself a listing: a feed, a sitemap, a release package."""
    if start is None or looks_like_html(start):
        return None
    if start.body.lstrip().startswith(b"{"):
        try:
            tree = json.loads(start.body)
        except (ValueError, RecursionError):
            return None
        if "releases" in tree or "records" in tree:
            return Platform("ocds", "it answers with OCDS releases", {"url": sighting.url})
    feed = entries(start)
    if feed:
        return Platform(
            "feed",
            f"it is a feed with {len(feed)} entries",
            {"url": sighting.url, "max_items": max(50, 2 * len(feed))},
            tuple(clean(url, start.url) for url in feed),
            complete=True,
        )
    try:
        pages = read_sitemap(start.body).pages
    except SitemapError:
        return None
    options = {"url": sighting.url, "max_pages": budget(len(pages))}
    return Platform(
        "sitemap", f"it is a sitemap of {len(pages)} pages", options, pages, complete=True
    )


def _marketplace(sighting: Sighting, start: Listing | None) -> Platform | None:
    """A page of results whose links lead to numbered services, as on G-Cloud."""
    if start is None or not looks_like_html(start):
        return None
    tree = LexborHTMLParser(start.body)
    links = [clean(node.attributes.get("href") or "", start.url) for node in tree.css("a[href]")]
    services = [found for url in dict.fromkeys(links) if (found := _SERVICE.match(url))]
    if len(services) < _FEW or not ("search" in sighting.url or "g-cloud" in sighting.url):
        return None
    folder = services[0]["folder"]
    parts = urlsplit(sighting.url)
    asked = dict(parse_qsl(parts.query))
    words = asked.pop("q", "")
    url = urlunsplit(parts._replace(query=urlencode(asked)))
    options: dict[str, Any] = {"url": url, "service": rf"/{folder}/\d+"}
    if words:
        options["queries"] = [words]
    return Platform(
        "marketplace", f"{len(services)} of its links lead to numbered services", options
    )


def _registry(sighting: Sighting, start: Listing | None) -> Platform | None:
    """One page with a table of suppliers."""
    if start is None or not looks_like_html(start):
        return None
    for table in LexborHTMLParser(start.body).css("table"):
        heads = [node.text(strip=True) for node in table.css("th")]
        rows = len(table.css("tr")) - 1
        if rows >= _FEW and any(_SUPPLIERS.search(head) for head in heads):
            name = sighting.views[0].title if sighting.views else host_of(sighting.url)
            because = f"it has a table of {rows} rows under {', '.join(heads[:4])}"
            return Platform("registry", because, {"url": sighting.url, "registry": name})
    return None


def _wordpress(sighting: Sighting, start: Listing | None) -> Platform | None:
    """WordPress whose REST interface answers: it names the types of posts there are."""
    del start
    for listing in sighting.listings:
        if b'"namespaces"' not in listing.body or b'"wp/v2"' not in listing.body:
            continue
        listed = _listed(sighting)
        types = _types(listing)
        options = {"url": sighting.url, "types": types, "max_pages": budget(len(listed))}
        because = f"its WordPress REST interface answers and names {', '.join(types)}"
        return Platform("wordpress", because, options, listed, bool(listed))
    return None


def _types(listing: Listing) -> list[str]:
    """The types of posts that a REST interface has a route for, those of its machinery left out."""
    try:
        routes = json.loads(listing.body).get("routes", {})
    except (ValueError, RecursionError, AttributeError):
        routes = {}
    found = [route.groups()[0] for name in routes if (route := _ROUTE.fullmatch(str(name)))]
    own = [kind for kind in found if kind not in _MACHINERY and not kind.startswith("wp_")]
    return list(dict.fromkeys(["posts", "pages", *own]))


def _site(sighting: Sighting) -> Platform:
    """A site: by its sitemap, by its feed where its pages lead nowhere, else by its links."""
    listed = _listed(sighting)
    feeds = [(one, found) for one in sighting.listings if (found := _feed(one))]
    linked = _ours((url for view in sighting.views for url in view.links), sighting.url)
    if not listed and feeds:
        feed, found = max(feeds, key=lambda pair: len(pair[1]))
        alone = set(_ours(found, sighting.url)) - set(linked)
        if 2 * len(alone) > len(found):
            because = f"its feed has {len(found)} entries, to most of which no link leads"
            walk = {"url": feed.url, "max_items": max(50, 2 * len(found))}
            return Platform("feed", because, walk, tuple(found), complete=True)
    options: dict[str, Any] = {"url": sighting.url}
    folder = urlsplit(sighting.url).path.rpartition("/")[0] + "/"
    if folder != "/":
        options["allow"] = [re.escape(folder)]
    left_out = [url for url in linked if url not in set(listed) and not LISTINGS.search(url)]
    known = tuple(dict.fromkeys([*listed, *left_out]))
    if listed and len(left_out) * _SPARE <= len(known):
        because = f"its sitemap lists {len(listed)} pages"
        options["max_pages"] = budget(len(known))
        return Platform("site", because, options, known, complete=True)
    said = f"its sitemap lists {len(listed)}" if listed else "it has no sitemap"
    because = f"{said}; its pages link to {len(left_out)} others"
    options |= {"max_pages": max(500, 5 * len(known)), "max_depth": 12, "sitemap": bool(listed)}
    return Platform("site", because, options, known)


def budget(listed: int) -> int:
    """How many pages a run may visit where so many are listed: half as many again, and some."""
    return min(20_000, max(100, -(-listed * 3 // 2 // 50) * 50 + 50))


def _listed(sighting: Sighting) -> tuple[str, ...]:
    """The pages of the site that its sitemaps list."""
    pages: list[str] = []
    for listing in sighting.listings:
        try:
            pages += read_sitemap(listing.body).pages
        except SitemapError:
            continue
    return tuple(_ours(pages, sighting.url))


def _feed(listing: Listing) -> list[str]:
    return [clean(url, listing.url) for url in entries(listing)]


def _ours(urls: Iterable[str], base: str) -> list[str]:
    spelled = (clean(url, base) for url in urls)
    return [url for url in dict.fromkeys(spelled) if same_site(url, base) and not junk(url)]
