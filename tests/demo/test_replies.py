"""robots.txt, sitemaps, feed and API of the invented hosts are what such things are elsewhere."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from protego import Protego

from demo.market import Day, load_market
from tests.demo.reading import addresses, get

DAYS: tuple[Day, ...] = (1, 2)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
GOV = "http://www.govdemo.example"


def locations(day: Day, url: str) -> list[str]:
    root = ET.fromstring(get(day, url).body)  # noqa: S314 (our own bytes)
    found = [str(node.text) for node in root.iter(f"{SITEMAP}loc")]
    if root.tag != f"{SITEMAP}sitemapindex":
        return found
    return [inner for part in found for inner in locations(day, part)]


def gov(path: str) -> dict[str, Any]:
    reply = get(1, GOV + path)
    assert reply.status == 200, reply.body
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


@pytest.mark.parametrize("day", DAYS)
def test_robots_names_a_sitemap_whose_every_address_answers(day: Day) -> None:
    listed = []
    for host in load_market(day).values():
        robots = Protego.parse(get(day, f"{host.base}/robots.txt").body)
        for sitemap in robots.sitemaps:
            listed += locations(day, sitemap)
    assert sorted(listed) == sorted(addresses(day))
    assert {get(day, url).status for url in listed} == {200}


def test_robots_forbids_what_the_host_forbids() -> None:
    robots = Protego.parse(get(1, "http://www.gatewick.example/robots.txt").body)
    assert not robots.can_fetch("http://www.gatewick.example/pricing", "horizonscan")
    assert robots.can_fetch("http://www.gatewick.example/products/formfern", "horizonscan")
    open_to_all = Protego.parse(get(1, "http://www.rotaflow.example/robots.txt").body)
    assert open_to_all.can_fetch("http://www.rotaflow.example/pricing", "horizonscan")


def test_a_sitemap_index_leads_to_sitemaps() -> None:
    body = get(1, "http://www.clerkwell.example/sitemap.xml").body
    assert "<sitemapindex" in body
    assert len(locations(1, "http://www.clerkwell.example/sitemap.xml")) == 8
    assert get(1, "http://www.clerkwell.example/sitemap-other.xml").status == 404
    assert get(1, "http://www.rotaflow.example/sitemap-pages.xml").status == 404


def test_a_rebuilt_sitemap_gives_a_wrong_date_for_every_page() -> None:
    bodies = [get(day, "http://www.gatewick.example/sitemap.xml").body for day in DAYS]
    assert bodies[0].count("<lastmod>2026-10-05</lastmod>") == bodies[0].count("<loc>")
    assert bodies[1].count("<lastmod>2026-11-05</lastmod>") == bodies[1].count("<loc>")


def test_the_feed_is_a_feed_with_tracked_links_and_a_cross_posted_story() -> None:
    feed = feedparser.parse(BytesIO(get(1, "http://www.wardandwire.example/feed/").body.encode()))
    assert not feed.bozo
    assert feed.version == "rss20"
    assert len(feed.entries) == 10
    assert all("utm_source=rss" in entry["link"] for entry in feed.entries)
    dates = [entry["published_parsed"] for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    robin = next(entry for entry in feed.entries if "Registrar Robin" in entry["title"])
    story = get(1, robin["link"])
    assert story.status == 200
    original = (
        f"{load_market(1)['www.westmarch-innovation.example'].base}/news/robin-registrations/"
    )
    assert f'rel="canonical" href="{original}"' in story.body
    assert "<p>Six practices" in robin["content"][0]["value"]


def test_search_pages_by_start_and_count() -> None:
    first = gov("/api/search.json?count=3")
    second = gov("/api/search.json?count=3&start=3")
    assert first["total"] == second["total"] == 8
    assert (first["start"], second["start"]) == (0, 3)
    links = [result["link"] for result in first["results"] + second["results"]]
    assert len(set(links)) == 6
    stamps = [result["public_timestamp"] for result in first["results"] + second["results"]]
    assert stamps == sorted(stamps, reverse=True)
    assert gov("/api/search.json?count=3&start=30")["results"] == []


def test_search_gives_the_default_fields_or_those_asked_for() -> None:
    full = gov("/api/search.json?count=1")["results"][0]
    assert {"title", "link", "description", "organisations", "public_timestamp", "_id"} <= set(full)
    assert "indexable_content" not in full
    few = gov("/api/search.json?count=1&fields=link,title&fields=content_id")["results"][0]
    assert {"link", "title", "content_id"} <= set(few)
    assert "description" not in few


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("q=scribe", 2),
        ("filter_content_store_document_type=algorithmic_transparency_record", 2),
        ("reject_content_store_document_type=algorithmic_transparency_record", 6),
        ("filter_organisations=tallow-vale-icb&filter_organisations=lowfell-shared-services", 2),
        ("filter_algorithmic_transparency_record_phase=production", 1),
        ("filter_is_withdrawn=true", 1),
        ("filter_public_timestamp=from:2026-09-01,to:2026-09-29", 2),
        ("q=nothing-of-the-kind", 0),
    ],
)
def test_search_filters(query: str, total: int) -> None:
    assert gov(f"/api/search.json?{query}")["total"] == total


def test_search_counts_by_facet() -> None:
    found = gov("/api/search.json?aggregate_content_store_document_type=10&count=0")
    options = found["aggregates"]["content_store_document_type"]["options"]
    counts = {option["value"]["slug"]: option["documents"] for option in options}
    assert counts["algorithmic_transparency_record"] == 2
    assert found["results"] == []


@pytest.mark.parametrize(
    "query", ["page=2", "filter_colour=blue", "order=-weight", "count=many", "start=-1"]
)
def test_search_refuses_what_it_does_not_know(query: str) -> None:
    assert get(1, f"{GOV}/api/search.json?{query}").status == 422


def test_the_content_api_gives_the_required_fields() -> None:
    for result in gov("/api/search.json?count=100")["results"]:
        reply = get(1, f"{GOV}/api/content{result['link']}")
        if reply.status == 410:
            continue
        item = json.loads(reply.body)
        assert item["base_path"] == result["link"]
        assert item.keys() >= {
            "document_type",
            "schema_name",
            "first_published_at",
            "public_updated_at",
            "updated_at",
            "links",
            "phase",
            "publishing_app",
            "details",
        }
        assert item["links"]["organisations"][0]["title"]


def test_one_document_is_withdrawn_one_gone_and_one_never_was() -> None:
    interim = gov("/api/content/guidance/telephone-assistants-interim-advice")
    assert interim["withdrawn_notice"]["withdrawn_at"].startswith("2026-07-01")
    assert interim["withdrawn_notice"]["explanation"].startswith("<p>This advice was interim.")
    lessons = f"{GOV}/api/content/government/case-studies/ambient-scribes-early-lessons"
    assert get(1, lessons).status == 410
    assert get(1, f"{GOV}/api/content/guidance/nothing").status == 404
    assert get(1, f"{GOV}/api/other").status == 404


def test_a_transparency_record_carries_the_supplier_and_its_number() -> None:
    record = gov("/api/content/algorithmic-transparency-records/tallow-vale-icb-dovecote-answer")
    company = load_market(1)["www.dovecotelines.example"].company
    assert company is not None
    assert company.legal_name in record["details"]["body"]
    assert company.number in record["details"]["body"]
    assert record["details"]["metadata"]["algorithmic_transparency_record_phase"] == "production"
    assert record["title"] == "Tallow Vale ICB: Dovecote Answer"
