"""Two records side by side."""

from __future__ import annotations

from tui.state.comparison import Row, compare, points


def test_labels_of_both_stand_in_one_order_and_empty_ones_are_left_out() -> None:
    rows = compare(
        [("name", "Rota"), ("page", ""), ("summary", "Plans")],
        [("name", "ROTA!"), ("page", ""), ("claims", "2")],
    )
    assert rows == [
        Row("name", "Rota", "ROTA!"),
        Row("summary", "Plans", ""),
        Row("claims", "", "2"),
    ]
    assert [row.differs for row in rows] == [False, True, True]


def test_points_carry_their_sign() -> None:
    assert points([("words", 4.61), ("version", -1.7)]) == "words +4.6, version -1.7"
