from __future__ import annotations

import pytest
from scrapy import Request

from catalogue.frontier import Run
from crawler.crawl import Walk
from crawler.key_sender import KeySender
from crawler.middlewares import FOR_ROBOTS, WALK
from crawler.source import Source
from tests.crawler.conftest import Crawl, source
from tests.crawler.small_site import Answer, SmallSite, page

KEY = {"env": "ROTA_KEY", "sent_as": "header X-Api-Key"}
RUN = Run(1, 1, "rota", resumed=False)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROTA_KEY", "secret")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://api.rota.example/1", b"secret"),
        ("http://api.rota.example/1", None),
        ("https://www.rota.example/1", None),
        ("https://elsewhere.example/1", None),
    ],
)
def test_only_hosts_that_the_file_names_get_the_key(url: str, sent: bytes | None) -> None:
    tree = {**source("https://api.rota.example/"), "key": KEY}
    walk = Walk(Source.model_validate(tree), RUN)
    request = Request(url, meta={WALK: walk}, headers={"X-Api-Key": "carried over a redirect"})
    KeySender().process_request(request)
    assert request.headers.get("X-Api-Key") == sent


def test_a_source_without_a_key_sends_none() -> None:
    walk = Walk(Source.model_validate(source("https://api.rota.example/")), RUN)
    request = Request("https://api.rota.example/", meta={WALK: walk, FOR_ROBOTS: True})
    KeySender().process_request(request)
    assert not request.headers


def test_a_crawl_sends_the_key_but_not_for_robots(crawl: Crawl) -> None:
    with SmallSite({"/": page("Rota"), "/robots.txt": Answer(b"User-agent: *\n")}) as site:
        crawl([{**source(site, sitemap=False), "key": KEY}])
    keys = {asked.path: asked.headers["X-Api-Key"] for asked in site.asked}
    assert keys == {"/": "secret", "/robots.txt": None}


def test_without_its_key_a_source_is_not_crawled(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROTA_KEY")
    with SmallSite({"/": page("Rota")}) as site:
        result = crawl([{**source(site), "key": KEY}])
    assert "not crawled without the key ROTA_KEY" in result["error"]
    assert site.asked == []
