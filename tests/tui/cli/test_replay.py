"""`horizon replay`, on a catalogue with one page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from catalogue.database import Database
from catalogue.settings import load
from tests.catalogue.visits import Site, crawl, page, source
from tests.crawler.shop import ROTA, Shop, rotaflow
from tests.tui.cli.conftest import Horizon


@pytest.fixture
def shop(home: Path, database: Database) -> Shop:
    shop = Shop(database, load(home, env={}))
    shop.crawl(rotaflow())
    return shop


def test_says_that_nothing_differs(horizon: Horizon, shop: Shop) -> None:
    before = shop.fingerprint()
    ended = horizon("replay", "rotaflow", "--json")
    assert ended.code == 0
    assert ended.data == {
        "dry_run": False,
        "changed": 0,
        "unchanged": 1,
        "left": [],
        "sources_left": [],
        "lost_states": 0,
        "new_tools": [],
        "silent_tools": [],
        "differences": [],
        "examples": [],
    }
    assert shop.fingerprint() == before
    assert "1 document read again, 0 differ." in horizon("replay", "--url", ROTA).err
    assert horizon("replay", "--outdated", "--json").data["unchanged"] == 0


def test_names_what_is_left_as_it_is(horizon: Horizon, shop: Shop) -> None:
    shutil.rmtree(shop.settings.snapshots)
    crawl(shop.database, Site(source("quill"), {"http://www.quill.example/": page("A", "B")}))
    ended = horizon("replay")
    assert ended.code == 0
    assert f"{ROTA} is left as it is. There is no snapshot" in ended.err
    assert "The documents of quill are left as they are. Its definition is not" in ended.err


def test_refuses_names_and_addresses_that_nobody_knows(horizon: Horizon, shop: Shop) -> None:
    del shop
    wrong = horizon("replay", "rotaflo")
    assert wrong.code == 3
    assert "rotaflow" in wrong.err
    assert horizon("replay", "--url", "http://www.rotaflow.example/nowhere").code == 3


def test_a_source_is_read_as_its_file_in_the_home_says(horizon: Horizon, shop: Shop) -> None:
    folder = shop.settings.home / "sources"
    folder.mkdir(parents=True)
    (folder / "rotaflow.yml").write_text(
        "name: rotaflow\npublisher: {name: Rotaflow Ltd}\n"
        "walk: {archetype: site, url: 'http://www.rotaflow.example/'}\nextract: [news]\n",
        encoding="utf-8",
    )
    dry = horizon("replay", "--dry-run")
    assert "1 document read again, 1 would differ." in dry.err
    assert "ended  summary: Builds ward rotas." in dry.out
    assert shop.said()["summary"] == "Builds ward rotas."
    told = horizon("replay", "--json").data
    assert told["silent_tools"] == ["RotaFlow"]
    assert "summary" not in shop.said()
    assert shop.signals() == []
