from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from catalogue.rows import SourceRow
from catalogue.settings import Settings
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
    assert list(rows[0]) == [field.name for field in fields(SourceRow)]
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
