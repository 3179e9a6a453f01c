from __future__ import annotations

import gzip
import time

import pytest

from crawler.sitemap import MAX_ENTRIES, SitemapError, read_sitemap

PAGES = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <!-- made by hand -->
  <url><loc> http://a.example/one </loc><lastmod>2026-01-01</lastmod>
    <image:image><image:loc>http://a.example/one.png</image:loc></image:image></url>
  <url><loc>http://a.example/two?a=1&amp;b=2</loc></url>
  <url><lastmod>2026-01-01</lastmod></url>
</urlset>"""

INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>http://a.example/s1.xml.gz</loc></sitemap>
  <sitemap><loc>http://a.example/s2.xml</loc></sitemap>
</sitemapindex>"""


def test_pages_are_listed_without_their_images() -> None:
    sitemap = read_sitemap(PAGES)
    assert sitemap.pages == ("http://a.example/one", "http://a.example/two?a=1&b=2")
    assert sitemap.sitemaps == ()


def test_an_index_lists_sitemaps() -> None:
    sitemap = read_sitemap(INDEX)
    assert sitemap.sitemaps == ("http://a.example/s1.xml.gz", "http://a.example/s2.xml")
    assert sitemap.pages == ()


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PAGES),
        b"\xef\xbb\xbf" + PAGES,
        b"\n\n" + PAGES,
        PAGES.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        PAGES.replace(b' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', b""),
    ],
    ids=["gzip", "mark", "blank lines", "utf-16", "no namespace"],
)
def test_other_clothes_same_sitemap(body: bytes) -> None:
    assert read_sitemap(body).pages == read_sitemap(PAGES).pages


def test_a_text_sitemap_is_a_list_of_lines() -> None:
    assert read_sitemap(b"http://a.example/1\r\nhttp://a.example/2\n\n").pages == (
        "http://a.example/1",
        "http://a.example/2",
    )


def test_a_broken_end_keeps_what_came_before() -> None:
    assert read_sitemap(PAGES[: PAGES.index(b"<url><lastmod>")]).pages[0] == "http://a.example/one"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><a href='http://a.example/x'>x</a></body></html>",
        b"not a sitemap",
        b"<rss><channel/></rss>",
        b"\x1f\x8b broken",
        gzip.compress(b"\0" * (51 * 1024 * 1024)),
    ],
    ids=["empty", "html", "text", "rss", "bad gzip", "bomb"],
)
def test_anything_else_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(SitemapError):
        read_sitemap(body)


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    body = b"""<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <urlset><url><loc>http://a.example/&x;</loc></url></urlset>"""
    assert all("root:" not in url for url in read_sitemap(body).pages)


def test_more_entries_than_allowed_are_left_out_quickly() -> None:
    entry = b"<url><loc>http://a.example/x</loc></url>"
    began = time.process_time()
    sitemap = read_sitemap(b"<urlset>" + entry * (MAX_ENTRIES + 50_000) + b"</urlset>")
    assert len(sitemap.pages) == MAX_ENTRIES
    assert time.process_time() - began < 5
