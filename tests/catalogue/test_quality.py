"""Precision, recall and F1 as everyone counts them."""

from __future__ import annotations

import pytest

from catalogue.quality import Score, by_label, macro_f1, micro, score


def test_counts_what_is_found_and_marked() -> None:
    assert score({"a", "b"}, {"b", "c", "d"}) == Score(tp=1, fp=1, fn=2)


def test_counts_a_label_once_however_often_it_stands() -> None:
    assert score(["a", "a"], ["a"]) == Score(tp=1)


def test_gives_precision_recall_and_their_harmonic_mean() -> None:
    one = Score(tp=3, fp=1, fn=2)
    assert one.precision == pytest.approx(0.75)
    assert one.recall == pytest.approx(0.6)
    assert one.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_a_share_of_nothing_is_nothing() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert macro_f1([]) == 0


def test_scores_each_label_over_the_lines_and_adds_up_to_the_micro_average() -> None:
    scores = by_label([(["a", "b"], ["a"]), (["b"], ["a", "b"])])
    assert scores == {"a": Score(tp=1, fn=1), "b": Score(tp=1, fp=1)}
    assert micro(scores.values()) == Score(tp=2, fp=1, fn=1)


def test_the_macro_average_counts_a_rare_label_as_much_as_a_common_one() -> None:
    assert macro_f1([Score(tp=100), Score(fn=1)]) == pytest.approx(0.5)
