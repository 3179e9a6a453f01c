from __future__ import annotations

import gzip

import pytest
from pydantic import ValidationError

from crawler.archetypes import Listing, ListingError
from crawler.archetypes.sitemap import MAX_NESTING, MAX_SITEMAPS, Sitemap

ROOT = "https://www.rota.example/"


def walk(**options: object) -> Sitemap:
    return Sitemap.model_validate({"url": f"{ROOT}sitemap.xml", **options})


def listing(body: str | bytes, depth: int = 0, url: str = f"{ROOT}sitemap.xml") -> Listing:
    plain = body.encode() if isinstance(body, str) else body
    return Listing(url, plain, "application/xml", depth=depth)


def urlset(*paths: str, root: str = ROOT) -> str:
    entries = "".join(
        f"<url><loc>{root}{path}</loc><lastmod>1066-10-14</lastmod></url>" for path in paths
    )
    return f"<urlset>{entries}</urlset>"


def index(*paths: str) -> str:
    entries = "".join(f"<sitemap><loc>{ROOT}{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{entries}</sitemapindex>"


def test_the_sitemap_is_all_there_is_to_start_with() -> None:
    (seed,) = walk().seeds()
    assert (seed.url, seed.kind) == (f"{ROOT}sitemap.xml", "list")


def test_pages_are_visited_and_their_links_are_not_followed() -> None:
    walked = walk()
    found = walked.leads(listing(urlset("one", "two", "one", "logo.png")))
    assert [(item.url, item.kind) for item in found] == [
        (f"{ROOT}one", "page"),
        (f"{ROOT}two", "page"),
    ]
    assert walked.follow([f"{ROOT}three"], 1) == ()


@pytest.mark.parametrize("lastmod", ["", "yesterday", "2999-01-01", "1970-01-01T00:00:00Z"])
def test_what_is_said_of_the_last_change_is_not_believed(lastmod: str) -> None:
    body = f"<urlset><url><loc>{ROOT}one</loc><lastmod>{lastmod}</lastmod></url></urlset>"
    assert [item.url for item in walk().leads(listing(body))] == [f"{ROOT}one"]


def test_gzipped_sitemaps_and_lists_of_lines_are_read() -> None:
    assert len(walk().leads(listing(gzip.compress(urlset("one").encode())))) == 1
    assert len(walk().leads(listing(f"{ROOT}one\n{ROOT}two\n"))) == 2


def test_patterns_say_what_is_wanted() -> None:
    walked = walk(match=["/case-studies/"], deny=["draft"])
    found = walked.leads(listing(urlset("news/a", "case-studies/b", "case-studies/draft-c")))
    assert [item.url for item in found] == [f"{ROOT}case-studies/b"]


def test_an_index_leads_to_sitemaps_one_level_down() -> None:
    found = walk().leads(listing(index("a.xml", "b.xml.gz")))
    assert [(item.kind, item.depth) for item in found] == [("list", 1), ("list", 1)]


def test_an_index_that_never_ends_is_not_followed_for_ever() -> None:
    assert walk().leads(listing(index("next.xml"), depth=MAX_NESTING)) == ()
    many = index(*(f"{number}.xml" for number in range(MAX_SITEMAPS + 50)))
    assert len(walk().leads(listing(many))) == MAX_SITEMAPS


def test_other_sites_are_left_out() -> None:
    walked = walk()
    assert walked.leads(listing(urlset("secret", root="http://127.0.0.1/"))) == ()
    assert walked.elsewhere("https://other.example/")
    assert not walked.elsewhere("https://rota.example/one")


def test_what_is_no_sitemap_is_said_to_be_none() -> None:
    with pytest.raises(ListingError, match="not a sitemap"):
        walk().leads(listing("<html><body>Not found</body></html>"))


def test_a_pattern_must_be_a_regular_expression() -> None:
    with pytest.raises(ValidationError, match="is not a regular expression"):
        walk(match=["("])
