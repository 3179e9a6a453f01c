"""`horizon signals`: what changed in the market."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from catalogue.database import open_database
from catalogue.drafts import Quote, Reading, ToolDraft, Value
from catalogue.settings import load
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, source
from tests.tui.cli.conftest import Horizon

ROTA = "http://www.rotaflow.example/products/rotaflow"


def product(price: str) -> Reading:
    words = f"RotaFlow costs {price} per user."
    value = Value(property="price", value=price, quote=Quote(text=words, place="p"))
    name = Quote(text="RotaFlow", place="h1")
    tool = ToolDraft(extractor="product_page@1", name=name, homepage=ROTA, values=(value,))
    return page("RotaFlow", words, tool)


@pytest.fixture
def changed(home: Path) -> None:
    """A price that changed twice."""
    database = open_database(load(home, env={}))
    for at, price in ((DAY_1, "£2"), (DAY_2, "£3"), (DAY_2 + timedelta(days=7), "£4")):
        crawl(database, Site(source(), {ROTA: product(price)}), at=at)
    database.close()


@pytest.mark.usefixtures("changed")
def test_each_comes_with_what_it_was_its_words_its_page_and_its_horizon(horizon: Horizon) -> None:
    newest, first = horizon("signals", "--json").data
    assert (first["before"], first["after"], first["url"]) == ("£2", "£3", ROTA)
    assert first["quote"] == "RotaFlow costs £3 per user."
    assert (newest["type"], newest["horizon"]) == ("SIG_PRICE_CHANGED", "Now")
    shown = horizon("signals").out
    assert "Price changed: RotaFlow  [now]" in shown
    assert "£3 → £4" in shown
    assert "“RotaFlow costs £4 per user.”" in shown


@pytest.mark.usefixtures("changed")
def test_the_list_is_narrowed(horizon: Horizon) -> None:
    assert len(horizon("signals", "--since", "2026-11-06", "--json").data) == 1
    assert len(horizon("signals", "--since", "2026-11-05", "--json").data) == 2
    assert len(horizon("signals", "--limit", "1", "--json").data) == 1
    for kind in ("SIG_PRICE_CHANGED", "price_changed", "Price changed"):
        assert len(horizon("signals", "--type", kind, "--json").data) == 2
    none = horizon("signals", "--type", "renamed")
    assert (none.code, none.out) == (0, "")
    assert "No change is known." in none.err


@pytest.mark.usefixtures("changed")
def test_a_wrong_kind_is_answered_with_the_nearest(horizon: Horizon) -> None:
    wrong = horizon("signals", "--type", "price_chnged")
    assert wrong.code != 0
    assert "SIG_PRICE_CHANGED" in wrong.err
