from __future__ import annotations

from collections.abc import Sequence
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation import chance, measure, ndcg, recall

GRADED = {"a": 2, "b": 1, "c": 1, "worthless": 0, "harmful": -1}


def test_gains_are_linear_and_discounted_by_rank() -> None:
    best = 2 + 1 / log2(3) + 1 / log2(4)
    assert ndcg(["b", "x", "a", "c"], GRADED) == pytest.approx((1 + 2 / 2 + 1 / log2(5)) / best)


def test_what_is_graded_0_or_less_or_not_at_all_gains_nothing() -> None:
    assert ndcg(["worthless", "harmful", "x"], GRADED) == 0
    assert recall(["worthless", "harmful", "x"], GRADED) == 0


def test_only_the_first_places_count() -> None:
    late = ["x"] * 10 + ["a", "b", "c"]
    assert ndcg(late, GRADED) == 0
    assert recall(late, GRADED) == 1
    assert recall(["x"] * 98 + ["a", "b", "c"], GRADED) == pytest.approx(2 / 3)


def test_more_relevant_texts_than_places_can_still_be_perfect() -> None:
    many = {str(n): 1 for n in range(30)}
    assert ndcg(list(many), many) == pytest.approx(1)


@given(st.permutations([*GRADED, "x", "y"]))
def test_no_order_is_better_than_that_of_the_grades(ranked: list[str]) -> None:
    best = sorted(ranked, key=lambda text: -GRADED.get(text, 0))
    assert 0 <= ndcg(ranked, GRADED) <= ndcg(best, GRADED) == pytest.approx(1)


def test_every_query_is_asked_and_a_text_that_is_the_query_is_left_out() -> None:
    answers = {"rotas": ["q1", "a", "b"], "letters": ["b", "a"]}
    told: list[tuple[int, int]] = []
    measured = measure(
        lambda words: answers[words],
        {"q1": "rotas", "q2": "letters"},
        {"q1": {"a": 1}, "q2": {"a": 1}},
        lambda done, total: told.append((done, total)),
        iter([0.0, 1.0, 10.0, 12.0]).__next__,
    )
    assert measured.ndcg == pytest.approx((1, 1 / log2(3)))
    assert measured.mean_ndcg == pytest.approx((1 + 1 / log2(3)) / 2)
    assert measured.recall == (1, 1)
    assert measured.seconds == (1, 2)
    assert measured.milliseconds(50) == 1500
    assert told == [(1, 2), (2, 2)]


def test_a_difference_is_by_chance_as_often_as_signs_can_bring_it_about() -> None:
    # Five pairs that all differ the same way: 2 of 32 signs are as extreme.
    assert chance([1.0] * 5, [0.0] * 5) == pytest.approx(2 / 32, abs=0.01)
    assert chance([0.5, 0.7], [0.5, 0.7]) == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_chance_does_not_depend_on_which_side_is_which(
    pairs: Sequence[tuple[float, float]],
) -> None:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    assert chance(left, right, 200) == chance(right, left, 200)
    assert 0 < chance(left, right, 200) <= 1
