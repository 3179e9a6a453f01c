from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import chosen, convex, reciprocal_rank

ranked = st.dictionaries(st.integers(1, 30), st.floats(-5, 5), max_size=20).map(
    lambda scores: sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
)
ranked_lists = st.dictionaries(st.sampled_from(["words", "meaning", "title"]), ranked)


def test_ranks_in_both_lists_beat_a_better_rank_in_one() -> None:
    fused = reciprocal_rank({"words": [(7, 9.0), (1, 8.0)], "meaning": [(5, 0.9), (1, 0.8)]})
    assert [one.id for one in fused] == [1, 5, 7]
    assert fused[0].score == pytest.approx(2 / 62)
    assert fused[0].parts == (("meaning", 1 / 62), ("words", 1 / 62))


def test_equal_scores_are_ordered_by_id() -> None:
    fused = reciprocal_rank({"words": [(9, 1.0), (4, 0.5)], "meaning": [(4, 1.0), (9, 0.5)]})
    assert [one.id for one in fused] == [4, 9]
    assert fused[0].score == fused[1].score


def test_convex_weighs_scaled_scores() -> None:
    lists = {"words": [(1, 30.0), (2, 20.0), (3, 10.0)], "meaning": [(3, 0.9), (2, 0.5)]}
    fused = {one.id: one.score for one in convex(lists, {"words": 0.4, "meaning": 0.6})}
    assert fused == pytest.approx({1: 0.4, 2: 0.2, 3: 0.6})


def test_convex_gives_full_weight_to_a_list_of_equals() -> None:
    (one,) = convex({"words": [(1, 3.0)]}, {"words": 0.4})
    assert one.score == 0.4


def test_the_settings_choose_constant_and_weight() -> None:
    assert chosen("rrf", k=10)({"words": [(1, 1.0)]})[0].score == pytest.approx(1 / 11)
    lists = {"words": [(1, 1.0)], "meaning": [(2, 1.0)]}
    weighed = chosen("convex", meaning_weight=0.7)(lists)
    assert [(one.id, round(one.score, 6)) for one in weighed] == [(2, 0.7), (1, 0.3)]


@given(ranked_lists)
def test_the_order_of_the_lists_does_not_matter(lists: dict[str, list[tuple[int, float]]]) -> None:
    backwards = dict(reversed(lists.items()))
    weights = {"words": 0.3, "meaning": 0.5, "title": 0.2}
    assert reciprocal_rank(lists) == reciprocal_rank(backwards)
    assert convex(lists, weights) == convex(backwards, weights)


@given(ranked_lists)
def test_everything_listed_is_fused_once_and_parts_add_up(
    lists: dict[str, list[tuple[int, float]]],
) -> None:
    fused = reciprocal_rank(lists)
    assert sorted(one.id for one in fused) == sorted(
        {id_ for held in lists.values() for id_, _ in held}
    )
    assert all(one.score == math.fsum(gift for _, gift in one.parts) for one in fused)
    assert [(-one.score, one.id) for one in fused] == sorted((-one.score, one.id) for one in fused)
