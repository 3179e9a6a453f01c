from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import chosen, convex, reciprocal_rank

ranked = st.dictionaries(st.integers(1, 30), st.floats(-5, 5), max_size=20).map(
    lambda scores: sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
)
ranked_lists = st.dictionaries(st.sampled_from(["words", "meaning"]), ranked)


def test_ranks_in_both_lists_beat_a_better_rank_in_one() -> None:
    fused = reciprocal_rank({"words": [(7, 9.0), (1, 8.0)], "meaning": [(5, 0.9), (1, 0.8)]})
    assert [one.id for one in fused] == [1, 5, 7]
    assert fused[0].score == pytest.approx(2 / 62)
    assert fused[0].parts == (("meaning", 1 / 62), ("words", 1 / 62))


def test_equal_scores_are_ordered_by_id() -> None:
    fused = reciprocal_rank({"words": [(9, 1.0), (4, 0.5)], "meaning": [(4, 1.0), (9, 0.5)]})
    assert [one.id for one in fused] == [4, 9]
    assert fused[0].score == fused[1].score


def test_a_sum_weighs_cosines_and_squares_of_the_share_of_words() -> None:
    lists = {"words": [(1, 1.0), (2, 0.5), (3, 0.1)], "meaning": [(3, 0.9), (2, 0.5), (1, -0.2)]}
    fused = {one.id: one.score for one in convex(lists, 0.6)}
    assert fused == pytest.approx({1: 0.4, 2: 0.1 + 0.3, 3: 0.004 + 0.54})


def test_words_that_hardly_match_do_not_overrule_meaning() -> None:
    fused = convex({"words": [(1, 0.3), (2, 0.2)], "meaning": [(2, 0.5), (1, 0.4)]})
    assert [one.id for one in fused] == [2, 1]
    found = convex({"words": [(1, 0.9), (2, 0.2)], "meaning": [(2, 0.5), (1, 0.4)]})
    assert [one.id for one in found] == [1, 2]


def test_the_settings_choose_constant_and_weight() -> None:
    assert chosen("rrf", k=10)({"words": [(1, 1.0)]})[0].score == pytest.approx(1 / 11)
    lists = {"words": [(1, 1.0)], "meaning": [(2, 1.0)]}
    weighed = chosen("convex", meaning_weight=0.6)(lists)
    assert [(one.id, round(one.score, 6)) for one in weighed] == [(2, 0.6), (1, 0.4)]


@given(ranked_lists)
def test_the_order_of_the_lists_does_not_matter(lists: dict[str, list[tuple[int, float]]]) -> None:
    backwards = dict(reversed(lists.items()))
    assert reciprocal_rank(lists) == reciprocal_rank(backwards)
    assert convex(lists) == convex(backwards)


@given(ranked_lists)
def test_everything_listed_is_fused_once_and_parts_add_up(
    lists: dict[str, list[tuple[int, float]]],
) -> None:
    for fused in (reciprocal_rank(lists), convex(lists)):
        assert sorted(one.id for one in fused) == sorted(
            {id_ for held in lists.values() for id_, _ in held}
        )
        assert all(one.score == math.fsum(gift for _, gift in one.parts) for one in fused)
        order = [(-one.score, one.id) for one in fused]
        assert order == sorted(order)
