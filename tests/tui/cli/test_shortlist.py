from __future__ import annotations

from dataclasses import fields

from catalogue.rows import ShortlistRow
from tests.tui.cli.conftest import HOSTILE, Horizon, Stock
from tests.tui.cli.test_find import CONTROLS


def test_tools_are_put_on_and_taken_off(horizon: Horizon, stock: Stock) -> None:
    assert horizon("shortlist", "new", "Ward rotas", "--purpose", "Pilot").code == 0
    ended = horizon("shortlist", "add", "ward rotas", "Rotaflow Pro", str(stock.scribe))
    assert (ended.out, ended.err) == ("", "2 tools new on 'ward rotas'.\n")
    ended = horizon("shortlist", "remove", "Ward rotas", "quill scribe", "--reason", "not asked")
    assert ended.err == "1 tool taken off 'Ward rotas'.\n"
    data = horizon("shortlist", "show", "Ward rotas", "--json").data
    assert list(data) == [field.name for field in fields(ShortlistRow)]
    assert [item["name"] for item in data["items"]] == ["Rotaflow Pro"]


def test_show_prints_the_reason(horizon: Horizon, stock: Stock) -> None:
    del stock
    horizon("shortlist", "new", "Ward rotas", "--purpose", "Pilot")
    horizon("shortlist", "add", "Ward rotas", "Rotaflow Pro", "--reason", "used at two trusts")
    ended = horizon("shortlist", "show", "ward ROTAS")
    heading, _, row = ended.out.splitlines()
    assert heading == "Ward rotas: Pilot (1 tool)"
    assert "Rotaflow Pro" in row
    assert "used at two trusts" in row


def test_list_counts_the_tools(horizon: Horizon, stock: Stock) -> None:
    horizon("shortlist", "new", "Ward rotas")
    horizon("shortlist", "add", "Ward rotas", str(stock.scribe))
    assert horizon("shortlist", "list").out.splitlines()[1].split()[:3] == ["Ward", "rotas", "1"]
    assert [len(row["items"]) for row in horizon("shortlist", "list", "--json").data] == [1]


def test_a_name_is_found_as_it_was_given(horizon: Horizon) -> None:
    given = "\x1b[1mWard \u200b  rotas "
    assert horizon("shortlist", "new", given).code == 0
    assert horizon("shortlist", "show", given, "--json").data["name"] == "Ward rotas"


def test_an_unknown_name_is_answered_with_the_nearest(horizon: Horizon) -> None:
    horizon("shortlist", "new", "Ward rotas")
    for command in (["show", "Ward rota"], ["add", "Ward rota", "1"], ["remove", "Ward rota", "1"]):
        ended = horizon("shortlist", *command)
        assert ended.code == 3


def test_a_taken_name_is_code_5(horizon: Horizon) -> None:
    assert horizon("shortlist", "new", "Ward rotas").code == 0
    assert horizon("shortlist", "new", "ward rotas").code == 5


def test_hostile_text_never_reaches_the_terminal(horizon: Horizon, stock: Stock) -> None:
    for ended in (
        horizon("shortlist", "new", f"List {HOSTILE}", "--purpose", HOSTILE),
        horizon("shortlist", "add", "List Rotaworf", str(stock.hostile), "--reason", HOSTILE),
        horizon("shortlist", "list"),
        horizon("shortlist", "show", "List", "--json"),
    ):
        assert not CONTROLS & set(ended.out + ended.err)


def test_a_shortlist_says_the_query_it_was_made_from(horizon: Horizon, stock: Stock) -> None:
    del stock
    query = "rota setting:Primary"
    made = horizon("shortlist", "new", "Ward rotas", "--query", query, "--json")
    assert made.data["query"] == "rota setting:primary"
    shown = horizon("shortlist", "show", "Ward rotas").out
    assert "Search definition: rota setting:primary" in shown
    wrong = horizon("shortlist", "new", "Others", "--query", "setting:primry")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean 'primary'?" in wrong.err
