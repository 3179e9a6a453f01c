from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from catalogue.rows import ToolDetail
from tests.tui.cli.conftest import Horizon, Stock
from tests.tui.cli.test_find import CONTROLS

GOLDEN = Path(__file__).parent / "__golden__" / "show.txt"


def test_every_value_comes_with_who_said_it_when_and_in_which_words(
    horizon: Horizon, stock: Stock
) -> None:
    ended = horizon("show", str(stock.rotaflow))
    assert ended.code == 0
    assert ended.out == GOLDEN.read_text(encoding="utf-8")


def test_json_holds_the_whole_dossier(horizon: Horizon, stock: Stock) -> None:
    del stock
    data = horizon("show", "rotaflow pro", "--json").data
    assert list(data) == [field.name for field in fields(ToolDetail)]
    price = next(value for value in data["values"] if value["property"] == "price")
    assert price["provenance"]["quote"] == "From £2.50 per user"
    assert price["provenance"]["last_seen"] == "2026-10-05"
    assert data["claims"][0]["standing"] == "unsupported"


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_hostile_text_never_reaches_the_terminal(
    horizon: Horizon, stock: Stock, form: tuple[str, ...]
) -> None:
    ended = horizon("show", str(stock.hostile), *form)
    assert ended.code == 0
    assert not CONTROLS & set(ended.out)
    assert form or "[bold red]" in ended.out


def test_a_tool_that_is_not_there_is_code_3(horizon: Horizon, stock: Stock) -> None:
    del stock
    ended = horizon("show", "999")
    assert (ended.code, ended.out) == (3, "")
