from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.rows import SourceRow
from catalogue.settings import Settings
from crawler.recording import Answer, write_recording
from crawler.source import load_source
from tests.crawler import small_site
from tests.crawler.small_site import SmallSite
from tests.crawler.survey import sites
from tests.tui.cli.conftest import Horizon, Stock
from tui.cli.sources import files

RIGHT = """\
name: my_supplier
title: My supplier, own site
publisher: {name: My Supplier Ltd, url: "http://www.mine.example/", kind: supplier}
licence: {name: all-rights-reserved}
voice: VOICE_SUPPLIER
walk: {archetype: site, url: "http://www.mine.example/"}
expect: {documents: {min: 1}}
"""


@pytest.fixture
def own(home: Path) -> Path:
    """A source file of the reader's own."""
    (home / "sources").mkdir(parents=True)
    path = home / "sources" / "my_supplier.yml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_list_holds_the_pack_the_own_ones_and_those_visited(
    horizon: Horizon, own: Path, stock: Stock
) -> None:
    del stock
    rows = horizon("sources", "list", "--json").data
    names = [row["name"] for row in rows]
    assert list(rows[0]) == [*(field.name for field in fields(SourceRow)), "needs_key"]
    assert names == sorted(names)
    assert {own.stem, "rotaflow", "govuk_atrs"} <= set(names)
    printed = horizon("sources", "list").out
    assert all(name in printed for name in names)


def test_show_fills_in_the_defaults(horizon: Horizon, own: Path) -> None:
    data = horizon("sources", "show", own.stem, "--json").data
    assert data["cadence"] == "weekly"
    assert "cadence: weekly" in horizon("sources", "show", own.stem).out


def test_an_unknown_source_is_answered_with_the_nearest(horizon: Horizon, own: Path) -> None:
    del own
    for command in (["sources", "show"], ["crawl"]):
        ended = horizon(*command, "my_suplier")
        assert ended.code == 3
        assert "Did you mean 'my_supplier'?" in ended.err


def test_check_finds_nothing_wrong_with_the_pack(horizon: Horizon) -> None:
    ended = horizon("sources", "check")
    assert (ended.code, ended.out) == (0, "")


def test_check_names_the_wrong_key_and_ends_with_4(horizon: Horizon, own: Path) -> None:
    own.write_text(RIGHT.replace("voice:", "voise:"), encoding="utf-8")
    ended = horizon("sources", "check", str(own), "--json")
    assert ended.code == 4
    assert len(ended.data) == 1
    assert "Did you mean 'voice'?" in ended.data[0]["findings"][0]


def test_the_example_names_a_source_of_the_pack(settings: Settings) -> None:
    assert "govuk_atrs" in files(settings)


def test_a_source_that_needs_a_key_says_so(
    horizon: Horizon, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINE_KEY", raising=False)
    monkeypatch.setattr("keyring.get_password", lambda *_: None)
    own.write_text(RIGHT + "key: {env: MINE_KEY}\n", encoding="utf-8")
    listed = horizon("sources", "list")
    assert "off: no key" in listed.out
    assert "my_supplier is off until MINE_KEY is in the environment" in listed.err
    (row,) = [row for row in horizon("sources", "list", "--json").data if row["name"] == own.stem]
    assert row["needs_key"] == "MINE_KEY"
    monkeypatch.setenv("MINE_KEY", "x")
    assert "my_supplier is off" not in horizon("sources", "list").err


def test_show_effective_says_where_each_value_came_from(horizon: Horizon) -> None:
    data = horizon("sources", "show", "hin_wessex", "--effective", "--json").data
    origins = {one["key"]: one["origin"] for one in data}
    assert origins["publisher.name"] == "source"
    assert origins["walk.deny"] == "family health_innovation_network"
    assert origins["walk.delay"] == "setting crawl.delay"
    assert (
        "family health_innovation_network"
        in horizon("sources", "show", "hin_wessex", "--effective").out
    )


def test_check_takes_names_and_plays_recorded_pages(
    horizon: Horizon, own: Path, home: Path
) -> None:
    source = load_source(own)
    folder = home / "sources" / "recorded" / own.stem
    page = Answer(source.walk.url, 200, "text/html", "", b"<title>Mine</title><p>Words.</p>")
    write_recording(folder, datetime(2026, 11, 21, tzinfo=UTC), [page])
    ended = horizon("sources", "check", own.stem)
    assert ended.code == 4
    assert "expected.json cannot be read" in " ".join(ended.out.split())
    ended = horizon("sources", "check", own.stem, "--accept")
    assert "give no draft" in " ".join(ended.out.split())
    assert (folder / "expected.json").exists()


def test_new_writes_a_source_that_can_be_crawled(horizon: Horizon, home: Path) -> None:
    with SmallSite() as site:
        site.routes = {
            path: replace(answer, body=answer.body.replace(sites.ROOT.encode(), site.root.encode()))
            for path, answer in sites.supplier().items()
        }
        ended = horizon("sources", "new", site.root, "--json")
        assert ended.code == 0, ended.err
        again = horizon("sources", "new", site.root, "--name", "rota_systems_ltd")
        online = horizon("sources", "check", "rota_systems_ltd", "--online")
    assert again.code == 2
    told = ended.data
    assert (told["name"], told["findings"]) == ("rota_systems_ltd", [])
    assert told["recorded"] == 6
    assert told["drafts"] > 6
    source = load_source(home / "sources" / "rota_systems_ltd.yml")
    assert source.publisher.name == "Rota Systems Ltd"
    assert (home / "sources" / "recorded" / source.name / "expected.json").exists()
    assert (online.code, online.out) == (0, ""), online.err


def test_new_says_why_nothing_could_be_read(horizon: Horizon, home: Path) -> None:
    with SmallSite({"/robots.txt": small_site.Answer(b"User-agent: *\nDisallow: /\n")}) as site:
        ended = horizon("sources", "new", site.root)
    assert ended.code == 8
    assert "robots.txt" in ended.err
    assert not (home / "sources").exists()
