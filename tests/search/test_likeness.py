from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import SearchEngine
from search.indexer import Indexer
from search.likeness import WEIGHTS, Alike
from tests.search.shelf import HashingEmbedder, Shelf


@pytest.fixture
def engine(tmp_path: Path) -> SearchEngine:
    market = Shelf()
    market.put(1, "Rotaflow", "Plans rotas for wards. For acute hospitals. Saves hours each week.")
    market.put(2, "Shiftwell", "Plans shifts and rotas for wards. For community teams.")
    market.put(3, "Callbot", "Answers the telephone. For acute hospitals. Saves calls.")
    market.put(4, "Hourglass", "Counts letters. For general practice. Saves hours each week.")
    market.put(9, "Board paper", "A report on rotas.", kind="document")
    market.put(10, "Other paper", "A report on rotas and letters.", kind="document")
    Indexer(market, HashingEmbedder(dimension=128), tmp_path).refresh()
    return SearchEngine(market, tmp_path, HashingEmbedder)


def order(found: list[Alike]) -> list[int]:
    return [one.id for one in found]


def test_each_aspect_has_its_own_nearest(engine: SearchEngine) -> None:
    assert order(engine.similar("tool", 1, 1, by="does")) == [2]
    assert order(engine.similar("tool", 1, 1, by="serves")) == [3]
    assert order(engine.similar("tool", 1, 1, by="claims")) == [4]
    (same,) = engine.similar("tool", 1, 1, by="serves")
    assert same.score == dict(same.parts)["serves"] == pytest.approx(1)


def test_aspects_are_weighed_and_one_that_a_tool_lacks_counts_for_nothing(
    engine: SearchEngine,
) -> None:
    found = {one.id: one for one in engine.similar("tool", 1)}
    assert [aspect for aspect, _ in found[3].parts] == ["does", "serves", "claims"]
    assert found[3].missing == ()
    whole = sum(WEIGHTS[aspect] * part for aspect, part in found[3].parts)
    assert found[3].score == pytest.approx(whole, abs=1e-5)
    parts = dict(found[2].parts)
    assert found[2].missing == ("claims",)
    assert found[2].score == pytest.approx(
        (0.6 * parts["does"] + 0.25 * parts["serves"]) / 0.85, abs=1e-5
    )


def test_one_aspect_leaves_out_what_lacks_it(engine: SearchEngine) -> None:
    assert set(order(engine.similar("tool", 1, by="claims"))) == {3, 4}
    assert engine.similar("tool", 2, by="claims") == []


def test_the_nearest_passages_are_told_by_aspect(engine: SearchEngine) -> None:
    found = {one.id: one for one in engine.similar("tool", 1)}
    assert found[2].pairs[0] == (
        "does",
        "Plans rotas for wards.",
        "Plans shifts and rotas for wards.",
    )


def test_documents_are_compared_as_a_whole(engine: SearchEngine) -> None:
    (other,) = engine.similar("document", 9)
    assert (other.id, [aspect for aspect, _ in other.parts]) == (10, [""])


def test_likest_first_and_never_more_than_the_limit(engine: SearchEngine) -> None:
    scores = [one.score for one in engine.similar("tool", 1)]
    assert scores == sorted(scores, reverse=True)
    assert len(engine.similar("tool", 1, 2)) == 2
    assert engine.similar("tool", 1, 0) == []
