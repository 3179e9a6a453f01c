from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from catalogue.errors import ModelError
from catalogue.filters import Filters
from catalogue.query import Query
from search import match
from search.embedder import Embedder
from search.engine import Matched, SearchEngine
from search.indexer import Indexer
from search.match import Cover, tight
from search.needs import read
from search.yardstick import Yardstick
from tests.search.shelf import HashingEmbedder, Shelf

ROTA, CALL, CATERING = "- plan rotas for wards", "- answer the telephone", "- order meals"


def no_kinds(ids: Sequence[int]) -> Mapping[int, Collection[str]]:
    del ids
    return {}


@pytest.fixture
def engine(shelf: Shelf, tmp_path: Path) -> SearchEngine:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    return SearchEngine(shelf, tmp_path, HashingEmbedder)


def covers(engine: SearchEngine, *asked: str, query: Query | None = None) -> list[Cover]:
    return list(matched(engine, *asked, query=query).covers)


def matched(engine: SearchEngine, *asked: str, query: Query | None = None) -> Matched:
    return engine.match(read("\n".join(asked)).needs, query or Query(), no_kinds)


def test_the_passage_that_says_a_need_covers_it_and_others_do_not(engine: SearchEngine) -> None:
    found = [one for one in covers(engine, ROTA, CALL, CATERING) if one.degree == "covered"]
    assert [(one.need, one.tool, one.text) for one in found] == [
        (0, 1, "Plans rotas for wards."),
        (1, 3, "Answers the telephone."),
    ]
    assert found[0].url == "http://www.supplier.example/tool/1#0"
    assert [name for name, _ in found[0].parts] == ["kind", "meaning", "words"]
    assert dict(found[0].parts)["words"] == pytest.approx(1)


def test_pages_that_are_no_tool_cover_nothing(engine: SearchEngine) -> None:
    assert {one.tool for one in covers(engine, "- a report on rotas and letters")} <= {1, 2, 3}
    assert matched(engine, ROTA).compared == 3


def test_a_query_narrows_the_tools(engine: SearchEngine) -> None:
    gp = Query(filters=Filters((("setting", frozenset({"gp"})),)))
    assert covers(engine, ROTA, CALL, query=gp) == [
        one for one in covers(engine, ROTA, CALL) if one.tool != 1
    ]
    assert matched(engine, ROTA, query=gp).compared == 2
    without = Query(without=("telephone",))
    assert {one.tool for one in covers(engine, CALL, query=without)}.isdisjoint({3})


def test_a_passage_that_denies_it_covers_nothing_and_says_so(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(5, "Deskmate", "It does not answer the telephone at all.")
    shelf.put(6, "Ringwell", "Nothing is said on the telephone until a person will answer it.")
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    found = {one.tool: one for one in covers(SearchEngine(shelf, tmp_path, HashingEmbedder), CALL)}
    assert found[5].degree == "partly"
    assert "not" in found[5].doubt
    assert (found[6].degree, found[6].doubt) == ("covered", "")
    assert found[3].doubt == ""


def test_other_pages_that_say_it_stand_beside_the_best(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(5, "Twice", "Answers the telephone. Also answers the telephone. Sorts post.")
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    found = {one.tool: one for one in covers(SearchEngine(shelf, tmp_path, HashingEmbedder), CALL)}
    assert found[5].others == (
        ("Also answers the telephone.", "http://www.supplier.example/tool/5#1"),
    )
    assert found[3].others == ()


def test_what_a_tool_is_for_counts(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    (need,) = read("- rostering and workforce planning for wards").needs
    kinds = {1: {"UC_SCHED_ROTA"}}

    def chance(known: Mapping[int, Collection[str]]) -> float:
        covers = engine.match([need], Query(), lambda _: known).covers
        return max((one.chance for one in covers if one.tool == 1), default=0.0)

    assert chance(kinds) > chance({})
    assert chance({1: {"UC_NO_SUCH"}}) == chance({})


def test_without_the_model_words_decide_and_it_says_so(shelf: Shelf, tmp_path: Path) -> None:
    def refuse() -> Embedder:
        raise ModelError("The model is missing.", "Install it.")

    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    found = matched(SearchEngine(shelf, tmp_path, refuse), ROTA, CATERING)
    assert [(one.need, one.tool) for one in found.covers if one.degree == "covered"] == [(0, 1)]
    assert found.notice == "The model is missing. Install it."


def test_without_an_index_nothing_is_covered_and_it_says_so(shelf: Shelf, tmp_path: Path) -> None:
    found = matched(SearchEngine(shelf, tmp_path, HashingEmbedder), ROTA)
    assert (found.covers, found.compared) == ((), 0)
    assert "no search index" in found.notice


def test_no_needs_are_no_error(engine: SearchEngine) -> None:
    assert matched(engine, "").covers == ()


def test_needs_are_encoded_once_and_the_terms_never_again(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    embedder = HashingEmbedder()
    engine = SearchEngine(shelf, tmp_path, lambda: embedder)
    covers(engine, ROTA)
    embedder.seen.clear()
    covers(engine, ROTA, CALL)
    assert sorted(embedder.seen) == ["answer the telephone", "plan rotas for wards"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Answers the telephone.", "Answers the telephone."),
        (
            " ".join(["early"] * 30 + ["answers", "the", "telephone"] + ["late"] * 30),
            "\u2026"
            + " ".join(["early"] * 9 + ["answers", "the", "telephone"] + ["late"] * 9)
            + "\u2026",
        ),
        (" ".join(["other"] * 30), " ".join(["other"] * 20) + "\u2026"),
    ],
)
def test_long_words_are_shown_where_they_match(words: str, shown: str) -> None:
    assert tight(words, {"answer", "telephon"}) == shown


def test_the_catalogues_own_words_are_no_passage(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(5, "Rotabird", "Rotabird, by Plans Rotas For Wards Ltd. Finance. It sings.")
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert [one.tool for one in covers(engine, ROTA) if one.degree == "covered"] == [1]


def test_a_yardstick_counts_from_the_mean_over_the_terms() -> None:
    embedder = HashingEmbedder()
    stick = Yardstick(embedder.encode)
    texts = embedder.encode(["rota", "letters"])
    same = stick.standing(np.ones((2, 1), np.float32), texts)
    less = stick.standing(np.zeros((2, 1), np.float32), texts)
    assert (same > less).all()
    assert stick.kinds(texts).mean(axis=1) == pytest.approx([0, 0], abs=1e-9)
    assert stick.of_kinds(stick.kinds(texts), ()).tolist() == [0, 0]


def test_covered_is_surer_than_partly() -> None:
    assert 0 < match.PARTLY < match.COVERED < 1
