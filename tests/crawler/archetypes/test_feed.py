from __future__ import annotations

import json

import pytest

from crawler.archetypes import Listing, ListingError
from crawler.archetypes.feed import MAX_BYTES, Feed
from tests.crawler.real import real

ADDRESS = "https://press.example/feed/"
PRESS = "https://press.example/"

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Ward and Wire</title><link>https://press.example/</link>
<item><title>Rota pilot</title>
  <link>https://press.example/2026/10/rota/?utm_source=rss&amp;utm_medium=feed#more</link>
  <guid isPermaLink="false">https://press.example/?p=11</guid></item>
<item><title>Rota pilot, again</title>
  <link>https://press.example/2026/10/rota-corrected/</link>
  <guid isPermaLink="false">https://press.example/?p=11</guid></item>
<item><title>Same page, other tracking</title>
  <link>https://press.example/2026/10/rota/?utm_source=x</link><guid>z</guid></item>
<item><title>Only a guid</title><guid>https://press.example/2026/10/guid/</guid></item>
<item><title>Relative</title><link>/2026/10/relative/</link></item>
<item><title>No address</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>urn:f</id>
<entry><id>urn:1</id><title>One</title><link rel="enclosure" href="https://press.example/1.mp3"/>
<link rel="alternate" href="https://press.example/one"/></entry>
<entry><id>urn:2</id><title>Two</title><link href="two"/></entry></feed>"""


def feed(**options: object) -> Feed:
    return Feed.model_validate({"url": ADDRESS, **options})


def pages(body: bytes, content_type: str = "application/rss+xml") -> list[str]:
    found = feed().leads(Listing(ADDRESS, body, content_type))
    assert all(one.kind == "page" and one.depth == 1 for one in found)
    return [one.url for one in found]


def test_entries_lead_to_their_pages_once_without_tracking() -> None:
    assert pages(RSS) == [
        "https://press.example/2026/10/rota/",
        "https://press.example/2026/10/guid/",
        "https://press.example/2026/10/relative/",
    ]


def test_atom_entries_lead_to_their_alternate_link() -> None:
    assert pages(ATOM, "application/atom+xml") == [
        "https://press.example/one",
        "https://press.example/feed/two",
    ]


def test_at_most_max_items_are_visited() -> None:
    found = feed(max_items=2).leads(Listing(ADDRESS, RSS, "text/xml"))
    assert len(found) == 2
    assert feed(max_items=2).page_budget == 2


def test_a_feed_without_entries_leads_nowhere() -> None:
    assert pages(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>') == []


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body><h1>Sign in</h1></body></html>",
        b"",
        b"/etc/passwd",
        b"http://127.0.0.1:9/feed.xml",
        b"<rss>" + b" " * MAX_BYTES,
    ],
    ids=["html", "empty", "path", "address", "too long"],
)
def test_anything_else_is_no_feed_and_nothing_is_opened(body: bytes) -> None:
    with pytest.raises(ListingError):
        pages(body)


def test_real_feeds_good_and_broken_do_no_harm() -> None:
    files = sorted(real("feeds").glob("*.xml"))
    refused = 0
    for path in files:
        try:
            found = feed().leads(Listing(ADDRESS, path.read_bytes(), "application/xml"))
        except ListingError:
            refused += 1
        else:
            assert all(one.url.startswith("http") for one in found)
    assert len(files) >= 90
    assert refused <= 2


def json_feed(*items: object, version: str = "https://jsonfeed.org/version/1.1") -> Listing:
    body = json.dumps({"version": version, "title": "News", "items": items}).encode()
    return Listing(f"{PRESS}feed.json", body, "application/feed+json")


def test_a_json_feed_is_read_too() -> None:
    found = feed().leads(
        json_feed(
            {"id": "1", "url": f"{PRESS}one?utm_source=feed", "content_html": "<p>x</p>"},
            {"id": "1", "url": f"{PRESS}one-again"},
            {"id": "2", "external_url": "https://elsewhere.example/two"},
            {"id": 3, "url": "/three"},
            {"id": "4"},
            {"id": "5", "url": ["no", "address"]},
            "no entry",
        )
    )
    assert [item.url for item in found] == [
        f"{PRESS}one",
        "https://elsewhere.example/two",
        f"{PRESS}three",
    ]


@pytest.mark.parametrize(
    "listing",
    [
        json_feed(version="2"),
        Listing(PRESS, b"{", "application/json"),
        Listing(PRESS, b'\xef\xbb\xbf {"items": 3}', "application/json"),
        Listing(PRESS, b'{"a":' * 100_000, "application/json"),
    ],
)
def test_json_that_is_no_feed_is_said_to_be_none(listing: Listing) -> None:
    with pytest.raises(ListingError):
        feed().leads(listing)
