from __future__ import annotations

from datetime import date

import pytest

from tests.tui.cli.conftest import HOSTILE, Horizon, Stock

CONTROLS = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))} | {"\u202e"}


def test_search_gives_exactly_what_it_promises(horizon: Horizon, stock: Stock) -> None:
    del stock
    data = horizon("search", "ward rotas", "--words", "--json").data
    assert list(data) == ["query", "searched_for", "hits"]
    assert data["query"] == "ward rotas"
    first = data["hits"][0]
    assert list(first) == [
        "kind", "id", "title", "url", "score", "parts", "cosine", "passage", "matched",
        "passage_url", "document", "said_by", "voice", "seen_on", "retells", "also",
    ]  # fmt: skip
    assert (first["kind"], first["title"]) == ("tool", "Rotaflow Pro")
    assert first["score"] > 0
    assert "ward rotas" in first["passage"]
    assert first["matched"] == ["ward", "rotas"]
    assert first["parts"] == {"words": first["score"]}
    assert first["cosine"] is None
    assert first["passage_url"] == "http://www.rotaflow.example/pro"
    assert first["voice"] == "Supplier"
    assert first["said_by"]
    date.fromisoformat(first["seen_on"])


def test_search_prints_title_address_and_passage(horizon: Horizon, stock: Stock) -> None:
    del stock
    ended = horizon("search", "dictation", "--words")
    assert ended.code == 0
    assert ended.out.splitlines()[0].startswith("  1  Quill Scribe  tool, 0.")
    assert "Writes letters from dictation." in ended.out
    assert ended.err == ""


def test_search_says_what_it_searched_instead_of_a_misspelt_word(
    horizon: Horizon, stock: Stock
) -> None:
    del stock
    assert horizon("search", "dictatoin", "--words", "--json").data["searched_for"] == {
        "dictatoin": "dictation"
    }
    ended = horizon("search", "dictatoin", "--words")
    assert ended.err == "Searched 'dictation' for 'dictatoin'.\n"
    assert "Quill Scribe" in ended.out


def test_a_wrong_field_value_or_name_is_answered_with_the_right_one(
    horizon: Horizon, stock: Stock
) -> None:
    del stock
    for query, code, answer in (
        ("rota seting:primary", 2, "Did you mean 'setting'?"),
        ("rota setting:primry", 2, "Did you mean 'primary'?"),
        ("rota supplier:zz", 3, "There is no supplier 'zz'."),
    ):
        ended = horizon("search", query, "--words")
        assert (ended.code, ended.out) == (code, "")
        assert answer in ended.err


def test_search_never_prints_more_than_the_limit(horizon: Horizon, stock: Stock) -> None:
    del stock
    assert len(horizon("search", "writes rotas", "--words", "--json").data["hits"]) > 1
    assert (
        len(horizon("search", "writes rotas", "--words", "--limit", "1", "--json").data["hits"])
        == 1
    )
    assert horizon("search", "rotaflow", "--limit", "0").code == 2


def test_search_says_when_nothing_was_found(horizon: Horizon, stock: Stock) -> None:
    del stock
    ended = horizon("search", "zeppelin", "--words")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "Nothing was found for 'zeppelin'.\n"


def test_search_in_an_empty_catalogue_says_how_to_begin(horizon: Horizon) -> None:
    ended = horizon("search", "rotas", "--words")
    assert ended.code == 0
    assert "'horizon demo'" in ended.err


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        HOSTILE,
        "'; DROP TABLE tool; --",
        "(AND OR NOT",
        '"',
        "%s {0} [/]",
        "\udcff",
        "é" * 999,
    ],
)
@pytest.mark.parametrize("form", ["--json", "--words"])
def test_any_query_is_answered_and_none_reaches_the_terminal_raw(
    horizon: Horizon, stock: Stock, query: str, form: str
) -> None:
    del stock
    ended = horizon("search", query, "--words", form)
    assert ended.code == 0
    assert not CONTROLS & set(ended.out + ended.err)


def test_similar_names_the_nearest_tool_when_there_is_none(horizon: Horizon, stock: Stock) -> None:
    del stock
    ended = horizon("similar", "Quill Scribbe")
    assert ended.code == 3
    assert ended.err.endswith("Did you mean 'Quill Scribe'?\n")


def test_similar_without_vectors_says_what_helps(horizon: Horizon, stock: Stock) -> None:
    del stock
    ended = horizon("similar", "Quill Scribe")
    assert ended.code == 0
    assert "'horizon index refresh'" in ended.err


def test_similar_takes_one_aspect_and_no_other_word(horizon: Horizon, stock: Stock) -> None:
    del stock
    data = horizon("similar", "Quill Scribe", "--by", "serves", "--json").data
    assert data == {"tool": "Quill Scribe", "by": "serves", "similar": []}
    assert horizon("similar", "Quill Scribe", "--by", "price").code == 2
