from __future__ import annotations

import pytest
from pydantic import ValidationError

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.site import Site

ROOT = "http://www.rota.example/"


def site(**options: object) -> Site:
    return Site.model_validate({"url": ROOT, **options})


def sitemap(*urls: str, kind: str = "urlset", entry: str = "url") -> bytes:
    entries = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    return (
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{kind}>'.encode()
    )


def listing(path: str, body: bytes = b"", *, missing: bool = False) -> Listing:
    return Listing(f"{ROOT}{path}", body, "text/plain", missing)


def urls(found: tuple[Found, ...]) -> list[str]:
    return [one.url for one in found]


def test_the_walk_starts_at_the_start_page_and_robots_txt() -> None:
    assert site().seeds() == (Found(ROOT, 0, "page"), Found(f"{ROOT}robots.txt", 0, "list"))
    assert site(sitemap=False).seeds() == (Found(ROOT, 0, "page"),)


def test_robots_txt_leads_to_the_sitemaps_it_names() -> None:
    body = b"User-agent: *\nSitemap: http://www.rota.example/a.xml\nSitemap: /b.xml.gz\n"
    assert site().leads(listing("robots.txt", body)) == (
        Found(f"{ROOT}a.xml", 0, "list"),
        Found(f"{ROOT}b.xml.gz", 0, "list"),
    )


@pytest.mark.parametrize("missing", [True, False])
def test_without_a_named_sitemap_the_usual_place_is_tried(missing: bool) -> None:
    body = b"Sitemap: /hidden.xml" if missing else b"User-agent: *\nDisallow:\n"
    answer = site().leads(listing("robots.txt", body, missing=missing))
    assert answer == (Found(f"{ROOT}sitemap.xml", 0, "list"),)


def test_an_index_leads_to_sitemaps_and_a_sitemap_to_pages() -> None:
    index = sitemap(f"{ROOT}s1.xml", kind="sitemapindex", entry="sitemap")
    assert site().leads(listing("sitemap.xml", index)) == (Found(f"{ROOT}s1.xml", 1, "list"),)
    pages = sitemap(f"{ROOT}a", "https://rota.example/b", f"{ROOT}a#x")
    assert site().leads(listing("s1.xml", pages)) == (
        Found(f"{ROOT}a", 1, "page"),
        Found("https://rota.example/b", 1, "page"),
    )


def test_a_sitemap_cannot_lead_to_another_site_or_to_junk() -> None:
    pages = sitemap("http://other.example/a", f"{ROOT}a.pdf", "javascript:x", f"{ROOT}ok")
    assert urls(site().leads(listing("sitemap.xml", pages))) == [f"{ROOT}ok"]


def test_a_missing_sitemap_leads_nowhere_and_that_is_in_order() -> None:
    assert site().leads(listing("sitemap.xml", missing=True)) == ()
    assert site().optional(f"{ROOT}sitemap.xml")


def test_a_page_in_place_of_a_sitemap_is_a_listing_error() -> None:
    with pytest.raises(ListingError):
        site().leads(listing("sitemap.xml", b"<html><body>Not found</body></html>"))


def test_links_are_followed_within_the_site_until_the_walk_is_deep() -> None:
    links = [f"{ROOT}a", f"{ROOT}a#x", "http://other.example/", "mailto:x@rota.example", f"{ROOT}b"]
    assert site().follow(links, 2) == (Found(f"{ROOT}a", 3), Found(f"{ROOT}b", 3))
    assert site().follow(links, 3) == ()
    assert site(max_depth=0).follow(links, 0) == ()


def test_allow_and_deny_choose_among_the_addresses() -> None:
    chooser = site(allow=["/products/", "/news/"], deny=[r"/news/\d{4}/"])
    links = [f"{ROOT}{path}" for path in ("products/a", "news/b", "news/2020/c", "about")]
    assert urls(chooser.follow(links, 0)) == links[:2]


@pytest.mark.parametrize(
    "path", ["events/2031/05/", "a/b/a/b/a/b", "search?a=1&b=2&c=3&d=4&e=5", "brochure.pdf"]
)
def test_traps_are_not_followed(path: str) -> None:
    assert site().follow([f"{ROOT}{path}"], 0) == ()


def test_an_endless_calendar_gives_no_more_than_its_first_page() -> None:
    months = [f"{ROOT}whats-on/{year}/{month:02}" for year in (2026, 2099) for month in (1, 12)]
    assert urls(site().follow([f"{ROOT}whats-on/", *months], 0)) == [f"{ROOT}whats-on/"]


def test_what_a_redirect_leads_to_must_be_the_same_site() -> None:
    assert not site().elsewhere("https://rota.example/x")
    assert site().elsewhere("http://login.example/")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"allow": ["("]}, "regular expression"),
        ({"allow": ["/a"], "deny": ["/a"]}, "both allowed and denied"),
        ({"deny": ["rota"]}, "start address itself"),
        ({"allow": ["/a"], "sitemap": False, "max_depth": 0}, "no effect"),
        ({"url": "ftp://rota.example/"}, "http://"),
        ({"max_pages": 0}, "greater than or equal to 1"),
        ({"max_pagez": 5}, "Extra inputs"),
    ],
)
def test_contradictory_options_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        site(**options)
