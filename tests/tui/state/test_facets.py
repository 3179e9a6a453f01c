from __future__ import annotations

from catalogue.rows import FacetCount, Filters
from tui.state.facets import SHORT, facet_lines


def suppliers(count: int) -> list[FacetCount]:
    return [FacetCount("supplier", f"S{n}", f"Supplier {n}", n) for n in range(1, count + 1)]


def test_a_long_facet_shows_the_most_frequent_and_says_what_is_left_out() -> None:
    lines = facet_lines(suppliers(30), Filters())
    assert lines[0].kind == "heading"
    assert [one.code for one in lines[1:-1]] == [f"S{n}" for n in range(31 - SHORT, 31)]
    assert lines[-1].label == "22 more: type to find"


def test_typing_finds_any_choice() -> None:
    lines = facet_lines(suppliers(30), Filters(), "PPLIER 29")
    assert [one.label for one in lines if one.kind == "choice"] == ["Supplier 29"]


def test_what_is_chosen_is_always_shown() -> None:
    filters = Filters().toggled("supplier", "S1")
    chosen = [one for one in facet_lines(suppliers(30), filters) if one.chosen]
    assert [one.code for one in chosen] == ["S1"]


def test_choices_without_tools_are_left_out_unless_chosen() -> None:
    counts = [FacetCount("scope", "SC_IN", "In scope", 0), FacetCount("scope", "SC_B", "B", 2)]
    assert [one.code for one in facet_lines(counts, Filters()) if one.kind == "choice"] == ["SC_B"]
    filters = Filters().toggled("scope", "SC_IN")
    shown = [one.code for one in facet_lines(counts, filters) if one.kind == "choice"]
    assert shown == ["SC_IN", "SC_B"]


def test_counts_being_worked_out_carry_a_tilde() -> None:
    lines = facet_lines(suppliers(1), Filters(), stale=True)
    assert lines[1].count == "~1"


def test_facets_come_in_their_order() -> None:
    counts = [FacetCount("supplier", "S", "S", 1), FacetCount("use_case", "U", "U", 1)]
    headings = [one.label for one in facet_lines(counts, Filters()) if one.kind == "heading"]
    assert headings == ["Use case", "Supplier"]
