"""What events make of shortlists."""

from __future__ import annotations

from datetime import timedelta

from catalogue.models import Event
from catalogue.review.events import ADD, CREATE, REMOVE, Item, Trail, replay, sentence, since, trail
from tests.builders import DAY


def event(
    number: int,
    action: str,
    tool: int | None = None,
    *,
    by: str = "JS",
    reason: str = "",
    undoes: int | None = None,
) -> Event:
    return Event(
        id=number,
        at=DAY + timedelta(minutes=number),
        actor=by,
        step=f"step {number}",
        action=action,
        shortlist_id=1,
        tool_id=tool,
        position=None if tool is None else number,
        reason=reason,
        query="",
        undoes=undoes,
    )


MADE = event(1, CREATE, reason="Rota tools for spring")
PUT = event(2, ADD, 7, reason="Long list")
TAKEN = event(3, REMOVE, 7, by="KP")


def test_a_shortlist_holds_what_was_put_on_it_and_not_taken_off() -> None:
    assert replay([MADE, PUT, event(3, ADD, 8), event(4, REMOVE, 8)]) == {
        (1, None): Item(0, "Rota tools for spring", "JS", MADE.at),
        (1, 7): Item(2, "Long list", "JS", PUT.at),
    }


def test_undoing_a_removal_gives_back_place_reason_author_and_time() -> None:
    undo = event(4, ADD, 7, by="KP", undoes=3)
    assert replay([MADE, PUT, TAKEN, undo]) == replay([MADE, PUT])


def test_redoing_is_undoing_the_undo() -> None:
    undo = event(4, ADD, 7, by="KP", undoes=3)
    redo = event(5, REMOVE, 7, by="KP", undoes=4)
    assert replay([MADE, PUT, TAKEN, undo, redo]) == replay([MADE, PUT, TAKEN])


def test_a_later_change_of_the_same_tool_stands_against_an_undo() -> None:
    assert since([PUT], [MADE, PUT, TAKEN]) == [TAKEN]


def test_a_change_of_another_tool_does_not() -> None:
    assert since([PUT], [MADE, PUT, event(3, ADD, 8, by="KP")]) == []


def test_a_change_that_was_undone_does_not_but_redone_it_does_again() -> None:
    undo = event(4, ADD, 7, by="KP", undoes=3)
    redo = event(5, REMOVE, 7, by="KP", undoes=4)
    undone_again = event(6, ADD, 7, by="KP", undoes=5)
    assert since([PUT], [MADE, PUT, TAKEN, undo]) == []
    assert since([PUT], [MADE, PUT, TAKEN, undo, redo]) == [TAKEN]
    assert since([PUT], [MADE, PUT, TAKEN, undo, redo, undone_again]) == []


def test_every_tool_on_a_shortlist_stands_against_undoing_its_creation() -> None:
    added = event(3, ADD, 8, by="KP")
    assert since([MADE], [MADE, added]) == [added]


def test_taking_the_shortlist_away_stands_against_redoing_one_of_its_tools() -> None:
    undo = event(3, REMOVE, 7, undoes=2)
    gone = event(4, REMOVE, by="KP", undoes=1)
    assert since([undo], [MADE, PUT, undo, gone]) == [gone]


def test_undo_and_redo_walk_back_and_forth_over_ones_own_steps() -> None:
    steps: list[tuple[int, str, int | None]] = [(1, "a", None), (2, "b", None), (3, "b", None)]
    assert trail(steps) == Trail(("a", "b"))
    steps += [(4, "c", 2), (5, "c", 3)]
    assert trail(steps) == Trail(("a",), ("c",))
    steps += [(6, "d", 1)]
    assert trail(steps) == Trail((), ("c", "d"))
    steps += [(7, "e", 6)]
    assert trail(steps) == Trail(("e",), ("c",))


def test_a_new_step_ends_what_could_be_redone() -> None:
    assert trail([(1, "a", None), (2, "b", 1), (3, "c", None)]) == Trail(("c",))


def test_a_step_is_told_in_words() -> None:
    assert sentence([MADE], "Rotas", []) == "shortlist 'Rotas' made"
    assert sentence([PUT], "Rotas", ["Rotaflow"]) == "Rotaflow put on 'Rotas'"
    assert sentence([TAKEN, TAKEN], "Rotas", ["A", "B"]) == "2 tools taken off 'Rotas'"
