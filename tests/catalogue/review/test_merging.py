"""What hangs on a judgement of two records."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError
from catalogue.judgements import Table, Verdict, judgements, subjects
from catalogue.models import Organisation, Ruling, Tool
from catalogue.review.holding import holding
from catalogue.review.rulings import Decision, Rulings
from tests.builders import make_organisation, make_tool


@pytest.fixture
def reviewer(database: Database, clock: Clock) -> Rulings:
    """A reviewer of a catalogue with four suppliers of one tool each."""
    with database.write() as session:
        for name in ("Alder", "Birch", "Cedar", "Dogwood"):
            make_tool(session, f"{name} Rota", supplier=make_organisation(session, name))
    return Rulings(database, "ann", clock)


def say(reviewer: Rulings, one: int, verdict: Verdict, other: int, table: Table = "tool") -> None:
    subject, object_ = subjects(table, one, other)
    reviewer.decide("identity", [Decision(subject, object_, verdict)])


def shown(database: Database, model: type[Tool | Organisation] = Tool) -> dict[int, int | None]:
    with database.read() as session:
        return dict(session.execute(select(model.id, model.canonical_id)).all())


def test_a_record_is_shown_under_the_smallest_of_its_cluster(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 4, "same", 3)
    say(reviewer, 2, "same", 4)
    assert shown(database) == {1: None, 2: None, 3: 2, 4: 2}
    say(reviewer, 3, "same", 1)
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: 1}
    reviewer.undo()
    assert shown(database) == {1: None, 2: None, 3: 2, 4: 2}
    reviewer.redo()
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: 1}


def test_judging_a_pair_anew_takes_the_older_judgement_away(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "same", 2)
    say(reviewer, 1, "different", 2)
    assert shown(database) == {1: None, 2: None, 3: None, 4: None}


def test_tools_are_listed_under_the_supplier_that_theirs_was_judged_to_be(
    database: Database, reviewer: Rulings
) -> None:
    def suppliers() -> list[tuple[int, int]]:
        with database.read() as session:
            query = select(Tool.supplier_id, Tool.canonical_supplier_id).order_by(Tool.id)
            return [(own, listed) for own, listed in session.execute(query)]

    with database.read() as session:
        ids = session.scalars(select(Tool.supplier_id).order_by(Tool.id)).all()
    say(reviewer, ids[0], "same", ids[2], "organisation")
    assert suppliers()[2] == (ids[2], ids[0])
    assert shown(database, Organisation)[ids[2]] == ids[0]
    assert shown(database) == {1: None, 2: None, 3: None, 4: None}
    reviewer.undo()
    assert suppliers()[2] == (ids[2], ids[2])


def test_what_would_join_two_that_are_different_is_refused_and_says_why(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "different", 3)
    say(reviewer, 1, "same", 2)
    with pytest.raises(CatalogueError) as refused:
        say(reviewer, 2, "same", 3)
    assert "1 and 3 are different (ann, 5 October 2026)" in refused.value.message
    assert "1 and 2 are the same" in refused.value.message
    assert shown(database) == {1: None, 2: 1, 3: None, 4: None}
    with database.read() as session:
        assert len(session.scalars(select(Ruling)).all()) == 2


def test_two_of_one_cluster_are_not_said_to_be_different(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "same", 2)
    say(reviewer, 2, "same", 3)
    with pytest.raises(CatalogueError, match="1 and 3 are different"):
        say(reviewer, 1, "different", 3)
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: None}


def test_an_undo_that_would_make_a_conflict_is_refused(
    database: Database, reviewer: Rulings, clock: Clock
) -> None:
    say(reviewer, 1, "different", 3)
    say(reviewer, 1, "unsure", 3)
    other = Rulings(database, "bob", clock)
    say(other, 1, "same", 2)
    say(other, 2, "same", 3)
    with pytest.raises(CatalogueError, match="1 and 3 are different"):
        reviewer.undo()
    with database.read() as session:
        known = judgements(holding(session, "identity"), "tool")
    assert known.verdict(1, 3) == "same"
    assert known.conflicts == ()


@pytest.mark.parametrize(("one", "other"), [("tool/1", "tool/99"), ("organisation/99", "")])
def test_a_ruling_is_about_two_records_that_are_there(
    reviewer: Rulings, one: str, other: str
) -> None:
    with pytest.raises((CatalogueError, NotFoundError)):
        reviewer.decide("identity", [Decision(one, other, "same")])
