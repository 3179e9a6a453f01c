"""What rulings make of the catalogue: the newest that was not undone holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.errors import StaleWriteError
from catalogue.models import Ruling
from catalogue.review.rulings import Decision, Rulings, holding, present
from tests.builders import DAY, make_tool

TOOL = "tool/1"
TERM = "use_cases/UC_WF_AGENT"


@pytest.fixture
def tools(database: Database) -> None:
    """Two tools: a ruling is about what is there."""
    with database.write() as session:
        for name in ("Rotaflow Pro", "Quill Scribe"):
            make_tool(session, name)


def ruling(number: int, value: str, *, undoes: int | None = None) -> Ruling:
    return Ruling(
        id=number,
        at=DAY + timedelta(minutes=number),
        actor="JS",
        step=f"step {number}",
        kind="tag",
        subject=TOOL,
        object=TERM,
        value=value,
        why="",
        undoes=undoes,
    )


def held(*rulings: Ruling) -> str:
    found = present(rulings).get(("tag", TOOL, TERM))
    return "" if found is None else found.value


def test_the_newest_ruling_holds() -> None:
    assert held(ruling(1, "accepted"), ruling(2, "rejected")) == "rejected"


def test_undoing_gives_back_what_held_before_and_redoing_takes_it_again() -> None:
    log = [ruling(1, "accepted"), ruling(2, "rejected"), ruling(3, "", undoes=2)]
    assert held(*log) == "accepted"
    assert held(*log, ruling(4, "", undoes=3)) == "rejected"


def test_an_empty_decision_takes_back_what_holds() -> None:
    assert held(ruling(1, "accepted"), ruling(2, "")) == ""


@given(st.lists(st.sampled_from(["accepted", "rejected", ""]), min_size=1, max_size=8))
def test_undoing_everything_backwards_leaves_nothing(values: list[str]) -> None:
    log = [ruling(number, value) for number, value in enumerate(values, 1)]
    seen = [held(*log[:length]) for length in range(len(log) + 1)]
    for done in range(len(values), 0, -1):
        log.append(ruling(len(log) + 1, "", undoes=done))
        assert held(*log) == seen[done - 1]


@pytest.mark.usefixtures("tools")
def test_a_reviewer_undoes_and_redoes_steps_as_a_whole(database: Database, clock: Clock) -> None:
    reviewer = Rulings(database, "JS", clock)
    reviewer.decide(
        "tag", [Decision(TOOL, TERM, "accepted"), Decision("tool/2", TERM, "rejected", "No agent")]
    )
    assert [one.subject for one in reviewer.undo()] == [TOOL, "tool/2"]
    with database.read() as session:
        assert holding(session, "tag") == []
    reviewer.redo()
    with database.read() as session:
        assert [(one.subject, one.value) for one in holding(session, "tag")] == [
            (TOOL, "accepted"),
            ("tool/2", "rejected"),
        ]
        assert holding(session, "tag", ["tool/3"]) == []
    assert reviewer.redo() == []


@pytest.mark.usefixtures("tools")
def test_what_somebody_else_decided_since_is_not_undone(database: Database, clock: Clock) -> None:
    mine = Rulings(database, "JS", clock)
    mine.decide("tag", [Decision(TOOL, TERM, "accepted")])
    other = Rulings(database, "KP", clock)
    other.decide("tag", [Decision(TOOL, TERM, "rejected")])
    with pytest.raises(StaleWriteError, match="KP has decided this since"):
        mine.undo()
    other.undo()
    assert [one.value for one in mine.undo()] == ["accepted"]


@pytest.mark.usefixtures("tools")
def test_a_ruling_is_never_changed_or_deleted(database: Database, clock: Clock) -> None:
    Rulings(database, "JS", clock).decide("tag", [Decision(TOOL, TERM, "accepted")])
    for change in (update(Ruling).values(value="rejected"), delete(Ruling)):
        with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
            session.execute(change)
    with database.read() as session:
        assert session.scalars(select(Ruling.value)).all() == ["accepted"]
