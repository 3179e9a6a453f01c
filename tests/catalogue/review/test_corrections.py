"""What people decide of terms on tools: never overruled, undone as one, remembered by replay."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, VocabularyError
from catalogue.models import Function, Tag, Tool
from catalogue.projection import out_of_step, project, project_all
from catalogue.review.corrections import correction, term_named
from catalogue.review.rulings import Decision, Rulings
from catalogue.rows import Verdict
from tests.builders import make_statement, make_tool

ROTA, FINANCE, SCRIBE = map(term_named, ("UC_SCHED_ROTA", "UC_BO_FIN", "UC_DOC_SCRIBE"))


@pytest.fixture
def tool(database: Database) -> int:
    """A tool whose summary gives rostering by a written rule."""
    with database.write() as session:
        made = make_tool(session)
        make_statement(session, made, "summary", "Rostering of wards, with bank staff.")
        project(session, made)
        return made.id


@pytest.fixture
def kim(database: Database) -> Rulings:
    return Rulings(database, "Kim")


def tag(session: Session, code: str) -> tuple[str, str, str] | None:
    row = session.scalar(select(Tag).where(Tag.code == code))
    return None if row is None else (row.state, row.by, row.why)


def decide(kim: Rulings, tool: int, verdict: Verdict, why: str = "") -> None:
    kim.decide("tag", [correction(tool, ROTA, verdict, why)])


def test_a_rejected_tag_is_gone_from_what_is_shown_at_once(
    database: Database, tool: int, kim: Rulings
) -> None:
    decide(kim, tool, "rejected", "It only prints them.")
    with database.read() as session:
        assert tag(session, "UC_SCHED_ROTA") == ("rejected", "Kim", "It only prints them.")
        row = session.get_one(Tool, tool)
        assert row.use_case != "UC_SCHED_ROTA"
        assert row.stale
        assert "UC_SCHED_ROTA" not in session.scalars(select(Function.use_case)).all()
        assert list(out_of_step(session)) == []


def test_a_term_that_nobody_suggested_can_be_added(
    database: Database, tool: int, kim: Rulings
) -> None:
    kim.decide("tag", [correction(tool, FINANCE, "accepted"), correction(tool, ROTA, "rejected")])
    with database.read() as session:
        assert tag(session, "UC_BO_FIN") == ("accepted", "Kim", "")
        assert session.get_one(Tool, tool).use_case == "UC_BO_FIN"


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_no_machine_overrules_a_correction(
    database: Database, tool: int, kim: Rulings, verdict: Verdict
) -> None:
    decide(kim, tool, verdict)
    with database.write() as session:
        row = session.get_one(Tool, tool)
        make_statement(session, row, "use_case", "UC_SCHED_ROTA", quote="Use case: rostering")
        make_statement(session, row, "feature", "No rostering. Ambient scribe.")
        project(session, row)
    project_all(database)
    with database.read() as session:
        assert tag(session, "UC_SCHED_ROTA") == (verdict, "Kim", "")


def test_undo_gives_back_what_the_rules_say_and_redo_the_correction(
    database: Database, tool: int, kim: Rulings
) -> None:
    with database.read() as session:
        before = tag(session, "UC_SCHED_ROTA")
    decide(kim, tool, "rejected")
    kim.undo()
    with database.read() as session:
        assert tag(session, "UC_SCHED_ROTA") == before
        assert session.get_one(Tool, tool).use_case == "UC_SCHED_ROTA"
    kim.redo()
    with database.read() as session:
        assert tag(session, "UC_SCHED_ROTA") == ("rejected", "Kim", "")


def test_clearing_hands_the_term_back_to_the_rules(
    database: Database, tool: int, kim: Rulings
) -> None:
    decide(kim, tool, "rejected")
    decide(kim, tool, "")
    with database.read() as session:
        state, by, _ = tag(session, "UC_SCHED_ROTA") or ("", "", "")
        assert (state, by) == ("accepted", "rule")


def test_the_last_of_two_people_decides(database: Database, tool: int, kim: Rulings) -> None:
    decide(kim, tool, "rejected")
    decide(Rulings(database, "Ade"), tool, "accepted", "Seen in use.")
    with database.read() as session:
        assert tag(session, "UC_SCHED_ROTA") == ("accepted", "Ade", "Seen in use.")


def test_a_correction_on_nothing_is_refused_and_leaves_no_trace(
    database: Database, tool: int, kim: Rulings
) -> None:
    with pytest.raises(NotFoundError, match="tool number 99"):
        decide(kim, 99, "accepted")
    with pytest.raises(VocabularyError, match="UC_NONE"):
        kim.decide("tag", [Decision(f"tool/{tool}", "use_cases/UC_NONE", "accepted")])
    with pytest.raises(CatalogueError, match="'risks'"):
        kim.decide("tag", [Decision(f"tool/{tool}", "risks/RSK_BIAS", "accepted")])
    with pytest.raises(CatalogueError, match="person's name"):
        decide(Rulings(database, "rule"), tool, "accepted")
    with database.read() as session:
        assert session.scalars(select(Tag.by).where(Tag.by != "rule")).all() == []
    assert kim.undo() == []


@pytest.mark.parametrize("named", ["UC_DOC_SCRIBE", "uc_doc_scribe", "ambient scribe", "AI scribe"])
def test_a_term_is_known_by_code_label_or_alias(named: str) -> None:
    assert term_named(named) == SCRIBE


def test_an_unknown_term_is_told_with_the_nearest() -> None:
    with pytest.raises(VocabularyError, match="Did you mean 'UC_SCHED_ROTA'"):
        term_named("UC_SCHED_ROTAS")
    with pytest.raises(VocabularyError, match="tags list"):
        term_named("zzz")
