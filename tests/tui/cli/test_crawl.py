from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import demo
from catalogue.errors import CrawlError
from crawler.progress import CrawlProgress, SourceTally
from demo.server import MarketServer
from tests.tui.cli.conftest import Horizon, Stock
from tui.cli import crawling

ROTAFLOW = next(path for path in demo.source_files(1) if path.stem == "demo_rotaflow")


@pytest.fixture
def market(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The invented market, which all requests go to."""
    with MarketServer(1) as server:
        monkeypatch.setenv("HORIZON_CRAWL__PROXY", server.address)
        monkeypatch.setenv("HORIZON_CRAWL__DELAY", "0")
        yield


def test_needs_a_source(horizon: Horizon) -> None:
    ended = horizon("crawl")
    assert ended.code == 2
    assert "--file" in ended.err


def test_a_file_that_is_not_there_is_a_usage_error(horizon: Horizon) -> None:
    assert horizon("crawl", "--file", "nowhere.yml").code == 2


@pytest.mark.slow
def test_stores_what_a_source_says_and_a_second_time_finds_it_unchanged(
    horizon: Horizon, market: None
) -> None:
    del market
    first = horizon("crawl", "--file", str(ROTAFLOW), "--no-index", "--json")
    assert first.code == 0
    (tally,) = first.data["sources"]
    assert (tally["source"], tally["state"]) == ("demo_rotaflow", "finished")
    assert tally["new"] > 3
    assert "'horizon index refresh'" in first.err
    second = horizon("crawl", "--file", str(ROTAFLOW))
    assert second.code == 0
    assert second.out.splitlines()[1].split()[:2] == ["demo_rotaflow", "done"]
    (row,) = (row for row in horizon("sources", "list", "--json").data if row["pages"])
    assert (row["name"], row["last_state"]) == ("demo_rotaflow", "finished")


def test_a_source_that_failed_is_code_8_after_the_answer(
    horizon: Horizon, monkeypatch: pytest.MonkeyPatch
) -> None:
    def child(*_: object) -> Iterator[CrawlProgress]:
        yield CrawlProgress((SourceTally("demo_rotaflow", "failed", note="No page."),), ended=True)

    monkeypatch.setattr(crawling, "crawl_in_child", child)
    ended = horizon("crawl", "--file", str(ROTAFLOW), "--json")
    assert ended.code == CrawlError.exit_code
    assert ended.data["sources"][0]["note"] == "No page."
    assert "These sources failed: demo_rotaflow." in ended.err


@pytest.mark.slow
def test_nobodys_site_is_visited_without_a_contact_address(horizon: Horizon) -> None:
    ended = horizon("crawl", "govuk_atrs")
    assert ended.code == CrawlError.exit_code
    assert "contact" in ended.err
    assert "Traceback" not in ended.err


def test_an_invented_market_is_not_crawled_into_a_real_catalogue(
    horizon: Horizon, stock: Stock
) -> None:
    del stock
    ended = horizon("crawl", "--file", str(ROTAFLOW))
    assert ended.code == 5
    assert "holds real sources" in ended.err


def test_the_demonstration_is_refused_in_a_real_catalogue(
    horizon: Horizon, stock: Stock, home: Path
) -> None:
    del stock
    ended = horizon("demo", "--json")
    assert (ended.code, ended.out) == (5, "")
    assert str(home) in ended.err.replace("\n", "")
    names = [row["name"] for row in horizon("sources", "list", "--json").data]
    assert not any(name.startswith("demo_") for name in names)
