"""Saved searches: what is new in them for each reviewer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError
from catalogue.models import Tool
from catalogue.query import Query, read
from catalogue.review.saved_searches import SavedSearches
from tests.builders import make_organisation, make_tool

SCRIBES = read("use:scribe setting:primary")


class Clock:
    """A clock that goes on a day with each look at it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def smith(database: Database, clock: Clock) -> SavedSearches:
    return SavedSearches(database, "J. Smith", clock)


@pytest.fixture
def jones(database: Database, clock: Clock) -> SavedSearches:
    return SavedSearches(database, "A. Jones", clock)


@pytest.fixture
def tools(database: Database) -> list[int]:
    with database.write() as session:
        supplier = make_organisation(session)
        made = [make_tool(session, name=f"Tool {n}", supplier=supplier) for n in range(4)]
        return [tool.id for tool in made]


def test_what_is_found_when_it_is_saved_counts_as_seen(
    smith: SavedSearches, tools: list[int]
) -> None:
    row = smith.save("Scribes", SCRIBES, tools[:2])
    assert row.query == str(SCRIBES)
    news = smith.news(row, [tools[2], *tools[:2]], whole=True)
    assert (news.new, news.changed, news.gone) == ((tools[2],), (), ())


def test_a_look_makes_new_ones_seen_and_what_left_is_told_once(
    smith: SavedSearches, tools: list[int]
) -> None:
    smith.save("Scribes", SCRIBES, tools[:2])
    now = tools[1:]
    assert smith.news(smith.get("scribes"), now, whole=True).gone == (tools[0],)
    smith.look("scribes", now)
    news = smith.news(smith.get("Scribes"), now, whole=True)
    assert not news.any
    back = smith.news(smith.get("Scribes"), tools, whole=True)
    assert back.new == ()  # it was seen before it left


def test_of_a_ranking_nothing_is_gone(smith: SavedSearches, tools: list[int]) -> None:
    row = smith.save("Scribes", Query("less typing"), tools)
    assert smith.news(row, tools[:1], whole=False).gone == ()


def test_what_changed_since_the_last_look_is_told(
    database: Database, smith: SavedSearches, clock: Clock, tools: list[int]
) -> None:
    row = smith.save("Scribes", SCRIBES, tools[:2])
    with database.write() as session:
        for tool_id in tools[:3]:
            session.get_one(Tool, tool_id).changed_at = clock()
    news = smith.news(row, tools[1:3], whole=True)
    assert (news.new, news.changed) == ((tools[2],), (tools[1],))
    smith.look("Scribes", tools[:3])
    assert smith.news(smith.get("Scribes"), tools[:3], whole=True).changed == ()


def test_each_reviewer_has_seen_what_they_looked_at(
    smith: SavedSearches, jones: SavedSearches, tools: list[int]
) -> None:
    smith.save("Scribes", SCRIBES, tools[:2])
    assert jones.get("Scribes").seen_at is None
    assert jones.news(jones.get("Scribes"), tools[:2], whole=True).new == tuple(tools[:2])
    jones.look("Scribes", tools)
    assert smith.news(smith.get("Scribes"), tools, whole=True).new == tuple(tools[2:])


def test_a_merged_tool_that_was_seen_is_not_new_under_its_other_number(
    database: Database, smith: SavedSearches, tools: list[int]
) -> None:
    row = smith.save("Scribes", SCRIBES, [tools[1]])
    with database.write() as session:
        session.get_one(Tool, tools[1]).canonical_id = tools[0]
    news = smith.news(row, [tools[0]], whole=True)
    assert (news.new, news.gone) == ((), ())


def test_names_are_taken_once_and_found_whatever_their_capitals(smith: SavedSearches) -> None:
    smith.save("Scribes", SCRIBES, [])
    with pytest.raises(CatalogueError, match="already"):
        smith.save(" SCRIBES ", SCRIBES, [])
    with pytest.raises(NotFoundError, match="Did you mean 'Scribes'"):
        smith.get("Scribs")
    with pytest.raises(CatalogueError, match="name"):
        smith.save("", SCRIBES, [])
    with pytest.raises(CatalogueError, match="something to search"):
        smith.save("Nothing", Query(), [])


def test_removing_and_saving_can_be_taken_back(smith: SavedSearches, tools: list[int]) -> None:
    smith.save("Scribes", SCRIBES, tools[:1])
    smith.look("Scribes", tools[:2])
    before = smith.all()
    smith.remove("Scribes")
    assert smith.all() == []
    assert smith.undo() == "Undone: 'Scribes' removed."
    assert smith.all() == before
    assert smith.undo() == "Undone: 'Scribes' looked at."
    assert smith.get("Scribes").last == (tools[0],)
    assert smith.undo() == "Undone: 'Scribes' saved."
    assert smith.all() == []
    assert smith.undo() == ""


def test_a_search_saved_anew_begins_anew(smith: SavedSearches, tools: list[int]) -> None:
    smith.save("Scribes", SCRIBES, tools)
    smith.remove("Scribes")
    row = smith.save("Scribes", read("use:scribe"), tools[:1])
    assert row.seen == {tools[0]}


def test_what_somebody_else_changed_since_is_not_undone(
    smith: SavedSearches, jones: SavedSearches
) -> None:
    smith.save("Scribes", SCRIBES, [])
    jones.remove("Scribes")
    with pytest.raises(StaleWriteError, match=r"A\. Jones"):
        smith.undo()
    jones.undo()
    assert [row.name for row in smith.all()] == ["Scribes"]


@pytest.mark.parametrize("change", ["UPDATE saving SET name = ''", "DELETE FROM saving"])
def test_nothing_leaves_the_log(database: Database, smith: SavedSearches, change: str) -> None:
    smith.save("Scribes", SCRIBES, [])
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(change))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(0, 1)),
        st.tuples(st.just("remove"), st.integers(0, 1)),
        st.tuples(st.just("look"), st.integers(0, 1)),
    ),
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_undoing_every_step_goes_back_through_every_state(
    smith: SavedSearches, steps: list[tuple[str, int]]
) -> None:
    while smith.undo():
        pass
    states = [smith.all()]
    for what, which in steps:
        name = f"Search {which}"
        try:
            if what == "save":
                smith.save(name, SCRIBES, [which])
            elif what == "remove":
                smith.remove(name)
            else:
                smith.look(name, [which, 7])
        except (CatalogueError, NotFoundError):
            continue
        states.append(smith.all())
    for before in reversed(states[:-1]):
        assert smith.undo()
        assert smith.all() == before
