from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.hostile import CONTROL, HOSTILE
from tui.text import cell, fit, line, safe


def test_nothing_a_terminal_obeys_survives() -> None:
    for bad in HOSTILE:
        assert not CONTROL.search(safe(bad).replace("\n", "")), repr(bad)
        assert not CONTROL.search(line(bad)), repr(bad)


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_a_cell_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    shown = cell(text, width)
    assert cell_len(shown) == width
    assert not CONTROL.search(shown)


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert cell("Rostering and shift planning", 12) == "Rostering a…"
    assert cell("Rostering and", 11) == "Rostering… "
    assert cell("全角文字", 5) == "全角…"
    assert fit("abc", 5) == "abc  "
    assert fit("abc", 0) == ""


def test_line_ends_are_kept_by_safe_and_collapsed_by_line() -> None:
    assert safe("a\r\nb\tc") == "a\nb   c"
    assert line(" a\r\n b\t c ") == "a b c"
