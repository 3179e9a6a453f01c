from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tui import market
from tui.state.columns import COLUMNS, GAP, fit_columns


def titles(width: int) -> list[str]:
    return [COLUMNS[index].title for index, _ in fit_columns(COLUMNS, width)]


def test_columns_are_dropped_by_rank() -> None:
    assert titles(30) == ["Name", "Evidence"]
    assert titles(77) == ["Name", "Supplier", "Use case", "Evidence"]
    assert titles(260) == [column.title for column in COLUMNS]


def test_a_lesser_column_never_squeezes_an_essential_one() -> None:
    for width in range(60, 220):
        fitted = fit_columns(COLUMNS, width)
        if len(fitted) > 4:
            assert all(size >= COLUMNS[index].good for index, size in fitted)


@given(st.integers(min_value=1, max_value=400))
def test_what_fits_fills_the_width_exactly(width: int) -> None:
    fitted = fit_columns(COLUMNS, width)
    assert fitted[0][0] == 0
    assert sum(size for _, size in fitted) + GAP * (len(fitted) - 1) == width
    assert all(size > 0 for _, size in fitted)


def test_every_cell_says_something_about_absence() -> None:
    row = market.row(1)
    cells = {column.title: column.text(row) for column in COLUMNS}
    assert cells["Evidence"] == "E1 ●○○○○"
    assert cells["Indep."] == "no"
    assert cells["Last seen"] == "4 Nov 2026"
