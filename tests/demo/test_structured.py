"""JSON-LD stands on the invented pages in the shapes that real ones use."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from demo.market import load_market
from tests.demo.reading import get


def json_ld(url: str) -> Any:  # noqa: ANN401 (JSON of several shapes)
    node = LexborHTMLParser(get(1, url).body).css_first('script[type="application/ld+json"]')
    return None if node is None else json.loads(node.text())


def test_a_graph_joins_software_and_organisation_by_id() -> None:
    graph = json_ld("http://www.rotaflow.example/products/rotaflow")["@graph"]
    nodes = {str(node["@type"]): node for node in graph}
    software = nodes["['SoftwareApplication', 'Product']"]
    assert software["name"] == "RotaFlow"
    assert software["softwareVersion"] == "5.2"
    assert software["offers"]["price"] == "2.50"
    assert software["provider"]["@id"] == nodes["Organization"]["@id"]
    assert nodes["Organization"]["identifier"]["value"] == "99000101"


def test_a_list_gives_organisation_and_product_side_by_side() -> None:
    nodes = json_ld("http://www.quillonhythe.example/products/quill-scribe")
    assert [node["@type"] for node in nodes] == ["Organization", "Product"]
    assert nodes[1]["offers"]["priceSpecification"]["unitText"] == "clinician per month"


def test_a_price_on_application_is_no_offer() -> None:
    graph = json_ld("http://www.rotaflow.example/products/bankbridge")["@graph"]
    assert all("offers" not in node for node in graph)


def test_a_story_is_a_news_article() -> None:
    story = json_ld(
        "http://www.wardandwire.example/2026/07/29/telephone-assistant-for-61-practices/"
    )
    assert story["@type"] == "NewsArticle"
    assert story["datePublished"] == "2026-07-29"


def test_many_sites_have_none() -> None:
    bare = [
        host.host
        for host in load_market(1).values()
        if host.kind == "supplier" and json_ld(host.base + host.products[0].path) is None
    ]
    assert len(bare) >= 5


def test_one_layout_speaks_in_microdata_and_open_graph_only() -> None:
    body = get(1, "http://www.clerkwell.example/products/letterloom").body
    tree = LexborHTMLParser(body)
    assert tree.css_first('main[itemtype="https://schema.org/SoftwareApplication"]') is not None
    title = tree.css_first('meta[property="og:title"]')
    assert title is not None
    assert title.attributes["content"] == "LetterLoom"
