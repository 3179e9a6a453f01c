"""Projects as reviewers screen them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError, VocabularyError
from catalogue.models import Base, Decision, Showing, Tool
from catalogue.query import read
from catalogue.review.order import Turn
from catalogue.review.projects import Projects
from catalogue.screening_rows import DecisionRow
from tests.builders import DAY, make_tool
from tests.catalogue.review.test_shortlists import ticking

ROTAS = "Ward rotas"
QUESTION = "Which tools plan ward rotas?"
TURN = Turn(1, 0.5, "question", decided=0, seen=0, pool=3, model="", seed=0)


@pytest.fixture
def ann(database: Database) -> Projects:
    """A reviewer of three tools, numbers 1 to 3, in a project about rotas."""
    with database.write() as session:
        for name in ("Rotaflow Pro", "ShiftWise", "Clerkwell"):
            make_tool(session, name)
    ann = Projects(database, "Ann", ticking())
    ann.create(ROTAS, QUESTION, read("rota evidence:independent"))
    return ann


@pytest.fixture
def ben(ann: Projects, database: Database) -> Projects:
    """Another reviewer of the same project."""
    del ann
    return Projects(database, "Ben", ticking())


def says(projects: Projects) -> dict[int, tuple[str, str]]:
    return {tool: (one.outcome, one.why) for tool, one in projects.own(ROTAS).items()}


def test_a_project_keeps_its_question_and_its_query(ann: Projects) -> None:
    row = ann.get("ward ROTAS")
    assert (row.name, row.question, row.created_by) == (ROTAS, QUESTION, "Ann")
    assert read(row.query) == read("evidence:independent rota")
    assert ann.all() == [row]


def test_without_a_question_the_words_of_the_query_are_asked(ann: Projects) -> None:
    assert ann.create("Letters", " ", read("clinic letters setting:acute")).question == (
        "clinic letters"
    )
    with pytest.raises(CatalogueError, match="needs a question"):
        ann.create("Acute", "", read("setting:acute"))


@pytest.mark.parametrize(("name", "why"), [("ward rotas ", "already"), (" \x1b[2J", "a name")])
def test_a_taken_or_invisible_name_is_refused(ann: Projects, name: str, why: str) -> None:
    with pytest.raises(CatalogueError, match=why):
        ann.create(name, QUESTION, read(""))


def test_an_unknown_project_is_answered_with_the_nearest(ann: Projects) -> None:
    with pytest.raises(NotFoundError, match=f"Did you mean '{ROTAS}'"):
        ann.decide("Ward rota", [1], "include")


def test_decisions_are_kept_with_their_reasons(ann: Projects) -> None:
    assert ann.decide(ROTAS, [1, 2, 1], "include") == [1, 2]
    assert ann.decide(ROTAS, [2], "exclude", "no AI") == [2]
    assert ann.decide(ROTAS, [3], "exclude", "sold in Wales only") == [3]
    assert ann.decide(ROTAS, [2], "exclude", "Not AI: a rule engine") == [2]
    assert says(ann) == {
        1: ("include", ""),
        2: ("exclude", "Not AI: a rule engine"),
        3: ("exclude", "sold in Wales only"),
    }
    assert ann.own(ROTAS)[2].reason == "XR_NOT_AI"
    assert ann.get(ROTAS).decided == 3


def test_the_same_decision_again_is_no_news(ann: Projects) -> None:
    ann.decide(ROTAS, [1], "include")
    newest = ann.newest(ROTAS)
    assert ann.decide(ROTAS, [1], "include") == []
    assert ann.decide(ROTAS, [2], "") == []
    assert ann.newest(ROTAS) == newest > 0
    assert ann.decide(ROTAS, [1], "include", "used at two trusts") == [1]


@pytest.mark.parametrize(
    ("tools", "outcome", "reason", "error", "words"),
    [
        ([1, 99], "include", "", NotFoundError, "number 99"),
        ([1], "exclude", " ", CatalogueError, "needs a reason"),
        ([1], "exclude", "other reason", CatalogueError, "Say which"),
        ([1], "exclude", "XR_NOT_A", VocabularyError, "XR_NOT_AI"),
    ],
)
def test_what_cannot_be_decided_is_told_and_nothing_is_written(
    ann: Projects,
    tools: list[int],
    outcome: str,
    reason: str,
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        ann.decide(ROTAS, tools, outcome, reason)
    assert ann.newest(ROTAS) == 0


def test_undo_gives_back_the_decision_as_it_was(ann: Projects) -> None:
    ann.decide(ROTAS, [1], "exclude", "Not AI")
    excluded = ann.own(ROTAS)
    ann.decide(ROTAS, [1, 2], "include")
    assert ann.undo(ROTAS) == "Undone: 2 tools included."
    assert ann.own(ROTAS) == excluded  # at the time at which it was taken, too
    assert ann.undo(ROTAS) == "Undone: Rotaflow Pro excluded (Not AI)."
    assert ann.own(ROTAS) == {}
    assert ann.undo(ROTAS) == ""
    assert ann.redo(ROTAS) == "Done again: Rotaflow Pro excluded (Not AI)."
    assert ann.own(ROTAS) == excluded
    assert ann.redo(ROTAS) == "Done again: 2 tools included."
    assert ann.redo(ROTAS) == ""


def test_reviewers_undo_only_what_is_theirs(ann: Projects, ben: Projects) -> None:
    ann.decide(ROTAS, [1], "include")
    ben.decide(ROTAS, [1], "exclude", "Not AI")
    assert ann.undo(ROTAS) == "Undone: Rotaflow Pro included."
    assert (says(ann), says(ben)) == ({}, {1: ("exclude", "Not AI")})
    assert ann.undo(ROTAS) == ""


def test_an_excluded_tool_that_changes_is_no_longer_settled(
    ann: Projects, database: Database
) -> None:
    ann.decide(ROTAS, [1, 2], "exclude", "Wrong setting")
    ann.decide(ROTAS, [3], "include")
    assert ann.changed(ROTAS) == {}
    with database.write() as session:
        for tool in (1, 3):
            session.get_one(Tool, tool).changed_at = DAY + timedelta(days=30)
    assert ann.changed(ROTAS) == {1: ann.own(ROTAS)[1]}


def test_where_a_tool_stands_is_what_all_who_decided_say(ann: Projects, ben: Projects) -> None:
    ann.decide(ROTAS, [1, 2], "include")
    ann.decide(ROTAS, [3], "exclude", "Not AI")
    ben.decide(ROTAS, [2, 3], "maybe")
    ben.decide(ROTAS, [3], "exclude", "Wrong setting")
    standing = ben.standings(ROTAS)
    assert [(row.name, row.state) for row in standing] == [
        ("Clerkwell", "exclude"),
        ("Rotaflow Pro", "include"),
        ("ShiftWise", "disagreed"),
    ]
    assert [one.reviewer for one in standing[2].decisions] == ["Ann", "Ben"]


def test_a_decision_follows_a_tool_into_the_one_it_is_judged_to_be(
    ann: Projects, database: Database
) -> None:
    ann.decide(ROTAS, [2], "include")
    ann.decide(ROTAS, [1], "maybe")
    with database.write() as session:
        session.get_one(Tool, 2).canonical_id = 1
    assert [(row.tool_id, row.state) for row in ann.standings(ROTAS)] == [(1, "maybe")]
    assert ann.decide(ROTAS, [2], "include") == [1]
    assert says(ann) == {1: ("include", "")}


def test_a_removed_project_comes_back_with_all_that_was_decided(
    ann: Projects, ben: Projects
) -> None:
    ben.decide(ROTAS, [1], "include")
    before = ann.get(ROTAS)
    ann.remove(ROTAS)
    assert ann.all() == []
    with pytest.raises(NotFoundError):
        ben.decide(ROTAS, [2], "include")
    with pytest.raises(StaleWriteError, match="Ann has removed"):
        ben.undo(ROTAS)
    assert ann.undo(ROTAS) == "Undone: project removed."
    assert ann.get(ROTAS) == before
    assert says(ben) == {1: ("include", "")}


def test_a_removal_is_not_done_again_over_another_ones(ann: Projects, ben: Projects) -> None:
    ann.remove(ROTAS)
    ann.undo(ROTAS)
    ben.remove(ROTAS)
    with pytest.raises(StaleWriteError, match="Ben has removed"):
        ann.redo(ROTAS)
    ben.undo(ROTAS)
    assert ann.get(ROTAS).decided == 0


def test_the_name_of_a_removed_project_is_free(ann: Projects) -> None:
    ann.decide(ROTAS, [1], "include")
    old = ann.get(ROTAS)
    ann.remove(ROTAS)
    new = ann.create(ROTAS, "Which tools fill shifts?", read(""))
    assert ann.get(ROTAS) == new
    assert new.id != old.id
    assert says(ann) == {}
    assert ann.undo(ROTAS) == ""


def test_the_order_shown_is_recorded_with_what_made_it(ann: Projects, ben: Projects) -> None:
    assert ann.show(ROTAS, TURN) == 1
    ann.decide(ROTAS, [1], "include")
    learnt = Turn(
        3, 0.25, "decisions", decided=1, seen=ann.newest(ROTAS), pool=2, model="m", seed=7
    )
    assert ann.show(ROTAS, learnt) == 2
    assert ben.show(ROTAS, TURN) == 1
    one, two = ann.shown(ROTAS)
    assert (one.position, one.name, one.outcome) == (1, "Rotaflow Pro", "include")
    assert (two.position, two.tool_id, two.name, two.outcome) == (2, 3, "Clerkwell", "")
    assert (two.score, two.by, two.decided, two.seen) == (0.25, "decisions", 1, learnt.seen)
    assert (two.pool, two.model, two.seed) == (2, "m", 7)
    assert two.at > one.at
    assert [row.tool_id for row in ben.shown(ROTAS, "Ann")] == [1, 3]
    assert [row.tool_id for row in ben.shown(ROTAS)] == [1]


def test_a_tool_that_is_still_before_the_reviewer_is_shown_once(ann: Projects) -> None:
    assert [ann.show(ROTAS, TURN), ann.show(ROTAS, replace(TURN, pool=4))] == [1, 1]
    assert ann.show(ROTAS, replace(TURN, tool_id=2)) == 2
    assert ann.show(ROTAS, TURN) == 3  # it is put before them again
    assert [row.pool for row in ann.shown(ROTAS)] == [3, 3, 3]


@pytest.mark.parametrize("model", [Decision, Showing])
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_what_was_decided_and_shown_cannot_be_changed(
    ann: Projects, database: Database, model: type[Base], verb: str
) -> None:
    ann.decide(ROTAS, [1], "include")
    ann.show(ROTAS, TURN)
    statement = delete(model) if verb == "delete" else update(model).values(tool_id=2)
    with pytest.raises(DatabaseError, match="append-only"), database.write() as session:
        session.execute(statement)
    with database.read() as session:
        assert len(session.scalars(select(model)).all()) == 1


def test_a_reviewer_needs_a_name(database: Database) -> None:
    with pytest.raises(CatalogueError, match=r"review\.reviewer"):
        Projects(database, " ")


def test_a_row_says_why() -> None:
    at = ticking()()
    row = DecisionRow(9, 1, "Ann", "exclude", "XR_NOT_AI", "Not AI", "a rule engine", at)
    assert row.why == "Not AI: a rule engine"
