"""Shortlists as reviewers change them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError
from catalogue.models import Event
from catalogue.query import read
from catalogue.review.shortlists import Shortlists
from catalogue.rows import ShortlistRow
from tests.builders import DAY, make_tool


def ticking() -> Clock:
    """A clock that moves on a minute whenever it is looked at."""

    def moments() -> Iterator[datetime]:
        now = DAY
        while True:
            yield now
            now += timedelta(minutes=1)

    return moments().__next__


@pytest.fixture
def tools(database: Database) -> list[int]:
    """Three tools."""
    with database.write() as session:
        return [make_tool(session, name).id for name in ("Rotaflow Pro", "ShiftWise", "Clerkwell")]


@pytest.fixture
def mine(database: Database) -> Shortlists:
    return Shortlists(database, "JS", ticking())


@pytest.fixture
def theirs(database: Database) -> Shortlists:
    return Shortlists(database, "KP", ticking())


def names(shortlist: ShortlistRow) -> list[str]:
    return [item.name for item in shortlist.items]


def events(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(Event.id))) or 0


def test_a_shortlist_remembers_the_query_it_is_made_from_through_undo_and_redo(
    mine: Shortlists,
) -> None:
    made = mine.create("Rotas", "a pilot", read("rota  setting:Primary"))
    assert made.query == "rota setting:primary"
    mine.undo()
    mine.redo()
    assert mine.get("Rotas").query == "rota setting:primary"
    mine.undo()
    assert mine.create("Rotas", "by hand").query == ""


def test_a_new_shortlist_is_empty_and_says_who_made_it(mine: Shortlists) -> None:
    made = mine.create("  Rota\ntools ", "For the spring review")

    assert (made.name, made.purpose, made.created_by) == (
        "Rota tools",
        "For the spring review",
        "JS",
    )
    assert (made.version, made.items) == (1, ())
    assert mine.all() == [made]
    assert mine.get("rota TOOLS") == made


def test_a_taken_name_is_refused_whatever_its_capitals(mine: Shortlists) -> None:
    mine.create("Rota tools", "")
    with pytest.raises(CatalogueError, match="already"):
        mine.create("ROTA tools", "")


@pytest.mark.parametrize("name", ["", " \n", "\x1b[2J"])
def test_a_name_that_nobody_could_see_is_refused(mine: Shortlists, name: str) -> None:
    with pytest.raises(CatalogueError, match="needs a name"):
        mine.create(name, "")


def test_a_reviewer_without_a_name_is_refused(database: Database) -> None:
    with pytest.raises(CatalogueError, match="reviewer"):
        Shortlists(database, " ")


def test_a_wrong_name_is_answered_with_the_nearest(mine: Shortlists) -> None:
    mine.create("Rota tools", "")
    with pytest.raises(NotFoundError, match="Did you mean 'Rota tools'"):
        mine.get("Rota tool")


def test_tools_stand_in_the_order_they_were_put_on(mine: Shortlists, tools: list[int]) -> None:
    mine.create("Rotas", "")
    assert mine.add("Rotas", [tools[2], tools[0], tools[2]], "Used in a trust nearby") == 2
    assert mine.add("Rotas", tools, "All that is left") == 1

    shortlist = mine.get("Rotas")
    assert names(shortlist) == ["Clerkwell", "Rotaflow Pro", "ShiftWise"]
    assert [item.position for item in shortlist.items] == [1, 2, 3]
    assert [item.reason for item in shortlist.items] == [
        "Used in a trust nearby",
        "Used in a trust nearby",
        "All that is left",
    ]
    assert shortlist.items[0].supplier == "Rotaflow Systems Ltd"
    assert shortlist.version == 3


def test_a_command_that_changes_nothing_leaves_no_trace(
    mine: Shortlists, tools: list[int], database: Database
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools[:1], "")
    before = (mine.all(), events(database))

    assert mine.add("Rotas", tools[:1], "again") == 0
    assert mine.remove("Rotas", tools[1:], "") == 0
    assert (mine.all(), events(database)) == before
    assert mine.undo() == "Undone: Rotaflow Pro put on 'Rotas'."


def test_an_unknown_tool_stops_the_whole_command(mine: Shortlists, tools: list[int]) -> None:
    mine.create("Rotas", "")
    with pytest.raises(NotFoundError, match="no tool number 4711"):
        mine.add("Rotas", [tools[0], 4711], "")
    assert mine.get("Rotas").items == ()


def test_what_people_write_is_cleaned(mine: Shortlists, tools: list[int]) -> None:
    mine.create("Rotas", "\x1b]0;gotcha\x07For spring\ud800")
    mine.add("Rotas", tools[:1], " It\x00 fits\u202e ")
    shortlist = mine.get("Rotas")
    assert shortlist.purpose == "For spring\N{REPLACEMENT CHARACTER}"
    assert shortlist.items[0].reason == "It fits"


def test_a_bulk_command_is_undone_and_redone_as_one(mine: Shortlists, tools: list[int]) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools, "Long list")
    full = mine.get("Rotas")

    assert mine.undo() == "Undone: 3 tools put on 'Rotas'."
    assert mine.get("Rotas").items == ()
    assert mine.redo() == "Done again: 3 tools put on 'Rotas'."
    assert mine.get("Rotas").items == full.items
    assert mine.get("Rotas").version == full.version + 2


def test_undoing_a_removal_restores_place_reason_author_and_time(
    mine: Shortlists, theirs: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools, "Long list")
    before = mine.get("Rotas").items

    theirs.remove("Rotas", [tools[1]], "Withdrawn from sale")
    assert names(mine.get("Rotas")) == ["Rotaflow Pro", "Clerkwell"]
    assert theirs.undo() == "Undone: ShiftWise taken off 'Rotas'."
    assert mine.get("Rotas").items == before


def test_a_place_is_never_given_twice(
    mine: Shortlists, theirs: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools[:2], "")
    mine.remove("Rotas", [tools[1]], "")
    theirs.add("Rotas", [tools[2]], "")
    mine.undo()
    assert names(mine.get("Rotas")) == ["Rotaflow Pro", "ShiftWise", "Clerkwell"]


def test_undo_reaches_back_to_the_making_of_the_shortlist(
    mine: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "For spring")
    mine.add("Rotas", tools, "")
    full = mine.get("Rotas")
    mine.undo()
    assert mine.undo() == "Undone: shortlist 'Rotas' made."
    assert mine.all() == []
    assert mine.undo() == ""

    assert mine.redo() == "Done again: shortlist 'Rotas' made."
    mine.redo()
    again = mine.get("Rotas")
    assert (again.purpose, again.created_at, again.items) == (
        full.purpose,
        full.created_at,
        full.items,
    )
    assert mine.redo() == ""


def test_the_name_of_a_shortlist_that_was_undone_is_free_again(
    mine: Shortlists, theirs: Shortlists
) -> None:
    mine.create("Rotas", "Mine")
    mine.undo()
    assert theirs.create("Rotas", "Theirs").purpose == "Theirs"
    with pytest.raises(StaleWriteError, match="KP"):
        mine.redo()
    assert theirs.get("Rotas").purpose == "Theirs"


def test_undo_is_refused_when_somebody_else_changed_the_same_tool(
    mine: Shortlists, theirs: Shortlists, tools: list[int], database: Database
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools, "Long list")
    theirs.remove("Rotas", [tools[0]], "No")
    before = (mine.all(), events(database))

    with pytest.raises(StaleWriteError, match=r"KP has changed.*Rotaflow Pro taken off 'Rotas'"):
        mine.undo()
    assert (mine.all(), events(database)) == before
    theirs.undo()
    assert mine.undo() == "Undone: 3 tools put on 'Rotas'."


def test_redo_is_refused_when_somebody_else_changed_the_same_tool(
    mine: Shortlists, theirs: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools[:1], "Mine")
    mine.undo()
    theirs.add("Rotas", tools[:1], "Theirs")
    with pytest.raises(StaleWriteError, match="KP"):
        mine.redo()
    assert mine.get("Rotas").items[0].reason == "Theirs"


def test_other_peoples_work_on_other_tools_does_not_stand_against_undo(
    mine: Shortlists, theirs: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools[:1], "")
    theirs.add("Rotas", tools[1:2], "")
    mine.undo()
    assert names(mine.get("Rotas")) == ["ShiftWise"]


def test_a_shortlist_that_others_use_is_not_undone_away(
    mine: Shortlists, theirs: Shortlists, tools: list[int]
) -> None:
    mine.create("Rotas", "")
    theirs.add("Rotas", tools[:1], "")
    with pytest.raises(StaleWriteError, match="Rotaflow Pro put on 'Rotas'"):
        mine.undo()


def test_a_new_step_ends_what_could_be_redone(mine: Shortlists, tools: list[int]) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools[:1], "")
    mine.undo()
    mine.add("Rotas", tools[1:2], "")
    assert mine.redo() == ""


def test_undo_survives_a_restart(mine: Shortlists, tools: list[int], database: Database) -> None:
    mine.create("Rotas", "")
    mine.add("Rotas", tools, "")
    tomorrow = Shortlists(database, "JS")
    assert tomorrow.undo() == "Undone: 3 tools put on 'Rotas'."
    assert Shortlists(database, "JS").redo() == "Done again: 3 tools put on 'Rotas'."


def test_events_are_neither_changed_nor_deleted(mine: Shortlists, database: Database) -> None:
    mine.create("Rotas", "")
    for statement in (update(Event).values(actor="KP"), delete(Event)):
        with pytest.raises(DatabaseError, match="append-only"), database.write() as session:
            session.execute(statement)


def test_two_reviewers_at_once_lose_nothing(database: Database) -> None:
    with database.write() as session:
        tools = [make_tool(session, f"Tool {number}").id for number in range(20)]
    Shortlists(database, "JS").create("Rotas", "")

    def put(start: int) -> int:
        reviewer = Shortlists(database, f"Reviewer {start}")
        return sum(reviewer.add("Rotas", [tool], "") for tool in tools[start::2])

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(put, (0, 1))) == [10, 10]
    shortlist = Shortlists(database, "JS").get("Rotas")
    assert {item.tool_id for item in shortlist.items} == set(tools)
    assert shortlist.version == 21
