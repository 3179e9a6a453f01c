"""A person's word on evidence: it leads over the rules, is kept, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError
from catalogue.models import Bearing, Claim, Evidence, Tool
from catalogue.projection import out_of_step, project
from catalogue.queries.fingerprint import content
from catalogue.review.bearings import Bearings
from tests.builders import make_claim, make_document, make_evidence, make_tool

CLAIM, STUDY, OTHER = "c1a1b1", "e1a1b1", "e9f9f9"


@pytest.fixture
def known(database: Database) -> Database:
    """A claim that the evidence of its own page supports."""
    with database.write() as session:
        tool = make_tool(session, "RotaFlow")
        page = make_document(session)
        make_claim(session, tool, document=page).key = CLAIM
        make_evidence(session, tool, document=page).key = STUDY
        other = make_tool(session, "Quill")
        make_evidence(session, other, "Quill's own", document=page).key = OTHER
        project(session, tool)
        project(session, other)
    return database


def kim(database: Database) -> Bearings:
    return Bearings(database, "Kim")


def bears(session: Session) -> Sequence[tuple[str, str, str]]:
    rows = session.execute(select(Bearing.relation, Bearing.by, Bearing.why))
    return [(relation, by, why) for relation, by, why in rows]


def standing(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(Claim.standing)).one()


def test_a_persons_word_leads_over_the_rules(known: Database) -> None:
    assert standing(known) == "supported"
    words, title = kim(known).bear("C1A1", "e1a1", "contradicts", "Another ward.")
    assert (words, title) == ("Saves up to 2 hours per week.", "Evaluation at Westmarch")
    assert standing(known) == "contradicted"
    with known.read() as session:
        assert bears(session) == [("contradicts", "Kim", "Another ward.")]
        assert list(out_of_step(session)) == []


def test_taking_it_back_gives_the_rule_again(known: Database) -> None:
    with known.read() as session:
        before = bears(session)
    kim(known).bear(CLAIM, STUDY, "unrelated", "")
    assert standing(known) == "unsupported"
    assert [one.value for one in kim(known).undo()] == ["unrelated"]
    assert kim(known).undo() == []
    with known.read() as session:
        assert bears(session) == before
        assert before[0][0] == "supports"


def test_a_word_survives_when_everything_is_worked_out_again(known: Database) -> None:
    kim(known).bear(CLAIM, STUDY, "partly", "")
    with known.read() as session:
        before = list(content(session))
    with known.write() as session:
        session.execute(delete(Bearing))
        session.execute(update(Claim).values(standing="supported"))
        assert list(out_of_step(session)) == ["RotaFlow"]
        project(session, session.scalars(select(Tool).where(Tool.name == "RotaFlow")).one())
        assert list(content(session)) == before


@pytest.mark.parametrize("key", ["c1", "", "zzzz", "%%%%", "c1a1b1f"])
def test_a_key_that_names_nothing_is_refused(known: Database, key: str) -> None:
    with pytest.raises(NotFoundError):
        kim(known).bear(key, STUDY, "supports", "")


def test_a_beginning_that_several_keys_have_is_refused(known: Database) -> None:
    with known.write() as session:
        tool = session.scalars(select(Tool).where(Tool.name == "RotaFlow")).one()
        make_claim(session, tool, "Saves a week.").key = "c1a1ff"
    with pytest.raises(CatalogueError, match="Several keys begin with c1a1"):
        kim(known).bear("c1a1", STUDY, "supports", "")


def test_a_relation_that_is_none_is_answered_with_the_nearest(known: Database) -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'supports'"):
        kim(known).bear(CLAIM, STUDY, "suports", "")


def test_evidence_on_another_tool_is_refused(known: Database) -> None:
    with pytest.raises(CatalogueError, match="different tools"):
        kim(known).bear(CLAIM, OTHER, "supports", "")


def test_what_is_gone_bears_on_nothing(known: Database) -> None:
    kim(known).bear(CLAIM, STUDY, "supports", "")
    with known.write() as session:
        item = session.scalars(select(Evidence).where(Evidence.key == STUDY)).one()
        item.document.gone_at = item.last_seen
        project(session, session.scalars(select(Tool).where(Tool.name == "RotaFlow")).one())
        assert bears(session) == []
