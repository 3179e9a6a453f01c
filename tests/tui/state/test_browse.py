from __future__ import annotations

from array import array

from catalogue.rows import Hit
from tui.services import SORTS
from tui.state.browse import Browse


def ids(*numbers: int) -> array[int]:
    return array("q", numbers)


def hit(number: int, kind: str = "tool") -> Hit:
    page = kind == "document"
    return Hit("document" if page else "tool", number, f"T{number}", "http://a.example", 1.0, "p",
               "http://a.example")  # fmt: skip


def searched() -> Browse:
    state = Browse()
    state.ask("rota")
    state.listed(ids(1, 2, 3))
    return state


def test_the_same_question_with_other_spaces_is_not_asked_again() -> None:
    state = Browse()
    assert state.ask("rota  roster")
    assert not state.ask(" rota roster ")


def test_meaning_reorders_the_list_while_the_reader_has_not_moved() -> None:
    state = searched()
    assert state.phase_label == "words"
    assert state.refined([hit(3), hit(9), hit(70, "document")])
    assert list(state.ids) == [3, 9, 1, 2]
    assert state.phase_label == "words + meaning"
    assert [page.id for page in state.pages] == [70]
    assert state.hits[9].passage == "p"


def test_meaning_waits_once_the_reader_moved() -> None:
    state = searched()
    state.moved = True
    assert not state.refined([hit(3)])
    assert list(state.ids) == [1, 2, 3]
    assert state.phase_label == "words · R for words + meaning"
    assert state.apply()
    assert list(state.ids) == [3, 1, 2]
    assert not state.apply()


def test_an_order_that_is_the_same_does_not_wait() -> None:
    state = searched()
    state.moved = True
    assert not state.refined([hit(1), hit(2)])
    assert state.waiting is None
    assert state.phase_label == "words + meaning"


def test_another_question_forgets_what_the_last_one_found() -> None:
    state = searched()
    state.moved = True
    state.refined([hit(3), hit(70, "document")])
    state.ask("letters")
    assert state.waiting is None
    assert state.pages == ()
    assert state.hits == {}
    assert not state.moved


def test_an_action_is_about_the_marked_tools_in_the_order_of_the_list() -> None:
    state = Browse()
    state.listed(ids(5, 3, 9))
    assert state.targets(3) == [3]
    assert state.targets(None) == []
    for number in (9, 5, 4):
        state.toggle_mark(number)
    assert state.targets(3) == [5, 9, 4]
    state.toggle_mark(9)
    assert state.targets(3) == [5, 4]


def test_filters_switch_on_and_off() -> None:
    state = Browse()
    assert not state.widen()
    state.narrow("setting", "SET_MH")
    assert state.filters.of("setting") == {"SET_MH"}
    state.narrow("setting", "SET_MH")
    assert state.filters.count() == 0
    state.narrow("scope", "SC_IN")
    assert state.widen()
    assert state.filters.count() == 0


def test_the_orders_go_round() -> None:
    state = Browse()
    labels = [state.next_sort() for _ in SORTS]
    assert len(set(labels)) == len(SORTS)
    assert state.sort == SORTS[0][0]


def test_the_status_line_counts() -> None:
    state = searched()
    state.narrow("scope", "SC_IN")
    state.toggle_mark(2)
    assert state.status(1) == "3 of 3 tools · 1 filter · 1 marked · row 2 · best match first"


def test_without_meaning_the_label_says_words_only() -> None:
    state = searched()
    state.no_meaning = "The model is missing."
    assert state.phase_label == "words only"
