"""The undecided in the order in which they are worth reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.prioritise import Prioritiser, Ranked
from tests.search.shelf import HashingEmbedder

ROTAS = ("Rotas planned for wards", "Shifts and rotas for nurses", "Planning ward rotas")
SCANS = ("Cancer seen on scans", "Scans of the chest", "Reading scans by machine")
TEXTS = tuple(text for pair in zip(ROTAS, SCANS, strict=True) for text in pair)
"""Even places are about rotas, odd ones about scans."""


def vectors(texts: tuple[str, ...] = TEXTS) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return HashingEmbedder().encode(texts)


def places(ranked: list[Ranked]) -> list[int]:
    return [one.place_in_texts for one in ranked]


@pytest.fixture(scope="module")
def by_words() -> Prioritiser:
    return Prioritiser(TEXTS, None)


@pytest.fixture(scope="module")
def by_both() -> Prioritiser:
    return Prioritiser(TEXTS, vectors())


def test_without_anything_to_go_by_the_order_is_that_of_the_texts(by_both: Prioritiser) -> None:
    ranked = by_both.order({})
    assert places(ranked) == [0, 1, 2, 3, 4, 5]
    assert {(one.score, one.by) for one in ranked} == {(0.0, "place")}
    assert places(by_both.order({1: False})) == [0, 2, 3, 4, 5]


def test_at_first_the_question_ranks(by_words: Prioritiser) -> None:
    ranked = by_words.order({}, "scans of the chest")
    assert ranked[0].place_in_texts == 3
    assert set(places(ranked)[:3]) == {1, 3, 5}
    assert {one.by for one in ranked} == {"question"}


def test_the_meaning_of_the_question_ranks_where_no_word_does() -> None:
    held = Prioritiser(TEXTS, vectors())
    asked = vectors(("Scans of the chest",))[0]
    assert places(held.order({}, question_vector=asked))[0] == 3


def test_decisions_outrank_the_place_and_are_not_listed_again(by_both: Prioritiser) -> None:
    ranked = by_both.order({0: True, 1: False})
    assert places(ranked)[:2] in ([2, 4], [4, 2])
    assert {one.by for one in ranked} == {"decisions"}
    assert set(places(by_both.order({0: False, 1: True}))[:2]) == {3, 5}


def test_inclusions_alone_are_learned_from(by_words: Prioritiser) -> None:
    ranked = by_words.order({0: True})
    assert set(places(ranked)[:2]) == {2, 4}
    assert ranked[0].by == "decisions"


def test_exclusions_teach_beside_the_question() -> None:
    alike = Prioritiser(("rota ward", "scan chest", "rota ward", "scan chest", "bed"), None)
    assert places(alike.order({0: False}, "rota scan"))[:3] == [1, 3, 2]
    assert places(alike.order({1: False}, "rota scan"))[:3] == [0, 2, 3]


def test_scores_fall_and_ties_stand_by_place() -> None:
    same = Prioritiser(("rota planning", "scan", "rota", "rota", "rota", "a ward"), None)
    ranked = same.order({0: True, 1: False})
    assert places(ranked)[:3] == [2, 3, 4]
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores[:3])) == 1


def test_when_all_is_decided_nothing_is_left(by_both: Prioritiser) -> None:
    assert by_both.order(dict.fromkeys(range(6), True)) == []


@pytest.mark.parametrize("texts", [(), ("",), ("", "", ""), ("rota", "rota"), ("rota",)])
def test_texts_without_a_telling_word_stand_by_place(texts: tuple[str, ...]) -> None:
    held = Prioritiser(texts, None)
    assert places(held.order({}, "rota")) == list(range(len(texts)))
    if len(texts) > 2:
        assert places(held.order({0: True, 1: False})) == [2]


def test_a_place_without_a_text_is_refused(by_words: Prioritiser) -> None:
    for beyond in (6, -1):
        with pytest.raises(IndexError, match="6 texts"):
            by_words.order({beyond: True})


def test_vectors_must_be_those_of_the_texts() -> None:
    with pytest.raises(ValueError, match="6 texts and 5 vectors"):
        Prioritiser(TEXTS, vectors()[:5])


@settings(max_examples=25)
@given(st.dictionaries(st.integers(0, 5), st.booleans()), st.sampled_from(["", "scans"]))
def test_each_undecided_text_is_listed_once_whatever_the_order_of_decisions(
    by_both: Prioritiser, decided: dict[int, bool], question: str
) -> None:
    ranked = by_both.order(decided, question)
    assert sorted(places(ranked)) == sorted(set(range(6)) - set(decided))
    assert by_both.order(dict(reversed(decided.items())), question) == ranked
