from __future__ import annotations

import pytest

from tui.state.layout import Layout, Side


def test_a_small_terminal_is_asked_to_grow_and_keeps_what_was_open() -> None:
    layout = Layout().raised("facets")
    assert layout.arrange(79, 24).too_small
    assert layout.arrange(80, 23).too_small
    assert layout.arrange(120, 40).facets


def test_a_narrow_terminal_shows_one_thing_at_a_time() -> None:
    layout = Layout()
    assert layout.arrange(80, 24).table
    assert not layout.arrange(80, 24).detail
    reading = layout.raised("detail").arrange(80, 24)
    assert reading.detail == 80
    assert not reading.table
    narrowing = layout.raised("facets").arrange(99, 24)
    assert narrowing.facets
    assert narrowing.table
    assert not narrowing.detail


def test_a_normal_terminal_shows_one_pane_beside_the_list() -> None:
    beside = Layout().arrange(120, 40)
    assert beside.detail
    assert not beside.facets
    narrowing = Layout().raised("facets").arrange(120, 40)
    assert narrowing.facets
    assert not narrowing.detail


def test_a_wide_terminal_shows_both_panes() -> None:
    panes = Layout().arrange(160, 50)
    assert panes.facets
    assert panes.detail
    assert panes.table


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("side", ["facets", "detail"])
def test_toggling_opens_what_is_hidden_and_closes_what_is_shown(width: int, side: Side) -> None:
    layout = Layout()
    before = layout.shown(side, width)
    once = layout.toggled(side, width)
    assert once.shown(side, width) is not before
    assert once.toggled(side, width).shown(side, width) is before


def test_going_back_leaves_the_list_in_front() -> None:
    assert not Layout().raised("detail").lowered(80).arrange(80, 24).detail
    assert Layout().raised("facets").lowered(120).arrange(120, 40).detail
    assert Layout().raised("facets").lowered(200).arrange(200, 60).facets


def test_the_list_always_has_room_beside_a_pane() -> None:
    for width in range(80, 240):
        for layout in (Layout(), Layout().raised("facets"), Layout().raised("detail")):
            panes = layout.arrange(width, 24)
            if panes.table:
                assert width - panes.facets - panes.detail >= 40
