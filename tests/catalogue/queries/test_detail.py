"""Everything known of one tool, each value with who said it, when and in which words."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.errors import NotFoundError
from catalogue.models import Source, Statement, Tag, Tool
from catalogue.projection import project
from catalogue.queries.detail import detail
from catalogue.rows import ValueRow
from tests.builders import (
    DAY,
    make_claim,
    make_deployment,
    make_document,
    make_evidence,
    make_organisation,
    make_source,
    make_statement,
    make_tool,
)


@pytest.fixture
def known(database: Database) -> int:
    """A tool of which its supplier and the press say different things."""
    with database.write() as session:
        tool = make_tool(session, "RotaFlow")
        own = make_document(session, "http://www.rotaflow.example/rota", title="RotaFlow")
        make_claim(session, tool, document=own)
        make_evidence(session, tool, document=own)
        make_deployment(session, tool, document=own)
        press = make_document(session, "http://www.press.example/1", source=_press(session))
        for prop, value, page, absence in (
            ("name", "RotaFlow", own, "yes"),
            ("summary", "Builds ward rosters.", own, "yes"),
            ("price", "£3", own, "yes"),
            ("price", "£2", press, "yes"),
            ("autonomy", "AUT_1_OPERATOR", own, "yes"),
            ("autonomy", "", press, "no"),
            ("data_location", "", press, "not_stated"),
            ("feature", "Swaps", own, "yes"),
            ("feature", "Bank staff", press, "yes"),
            ("assurance.ASR_DTAC", "AST_CLAIMED", own, "yes"),
        ):
            make_statement(
                session, tool, prop, value, absence=absence, document=page, displayed=False
            )
        project(session, tool)
        return tool.id


def _press(session: Session) -> Source:
    publisher = make_organisation(session, "Ward & Wire", kind="publisher")
    return make_source(session, "press", publisher=publisher, voice="VOICE_PRESS")


def values(database: Database, tool_id: int) -> dict[str, list[ValueRow]]:
    with database.read() as session:
        rows: dict[str, list[ValueRow]] = {}
        for row in detail(session, tool_id).values:
            rows.setdefault(row.property, []).append(row)
        return rows


def test_a_value_says_who_said_it_when_and_in_which_words(database: Database, known: int) -> None:
    (price,) = values(database, known)["price"]
    assert (price.label, price.value) == ("Price", "£3")
    assert price.provenance is not None
    assert price.provenance.said_by == "Rotaflow Systems Ltd"
    assert price.provenance.voice == "Supplier"
    assert price.provenance.quote == "The page says £3."
    assert price.provenance.url == "http://www.rotaflow.example/rota"
    assert price.provenance.first_seen == DAY.date()


def test_others_who_say_something_else_stand_beside_it(database: Database, known: int) -> None:
    (price,) = values(database, known)["price"]
    assert [(value, by.said_by) for value, by in price.others] == [("£2", "Ward & Wire")]
    (autonomy,) = values(database, known)["autonomy"]
    assert [value for value, _ in autonomy.others] == ["says that there is none"]


def test_of_a_property_with_many_all_are_shown_by_precedence(
    database: Database, known: int
) -> None:
    assert [row.value for row in values(database, known)["feature"]] == ["Swaps", "Bank staff"]
    assert all(row.others == () for row in values(database, known)["feature"])


def test_what_is_expected_and_not_said_is_shown_as_absent(database: Database, known: int) -> None:
    shown = values(database, known)
    assert [(row.value, row.absence) for row in shown["data_location"]] == [("", "not_stated")]
    assert [(row.absence, row.provenance) for row in shown["integration"]] == [("not_stated", None)]
    assert "version" not in shown


def test_codes_are_given_as_labels(database: Database, known: int) -> None:
    (dtac,) = values(database, known)["assurance.ASR_DTAC"]
    assert (dtac.label, dtac.value) == (
        "DTAC",
        "Supplier says: undated, version not stated",
    )


def test_all_else_that_is_known(database: Database, known: int) -> None:
    with database.read() as session:
        tool = detail(session, known)
    assert (tool.row.name, tool.row.supplier, tool.row.claims) == (
        "RotaFlow",
        "Rotaflow Systems Ltd",
        1,
    )
    assert [claim.figure for claim in tool.claims] == ["up to 2 hours per week"]
    assert [claim.standing for claim in tool.claims] == ["supported"]
    assert [(item.strength, item.independent) for item in tool.evidence] == [(2, False)]
    assert [(use.buyer, use.phase) for use in tool.deployments] == [
        ("Westmarch NHS Trust", "In use")
    ]
    assert [page.url for page in tool.documents] == [
        "http://www.press.example/1",
        "http://www.rotaflow.example/rota",
    ]
    assert {tag.by for tag in tool.tags} == {"rule"}


def test_what_is_on_a_page_that_is_gone_is_not_current(database: Database, known: int) -> None:
    with database.write() as session:
        for row in session.scalars(select(Statement)):
            row.document.gone_at = DAY
        project(session, session.get_one(Tool, known))
    with database.read() as session:
        tool = detail(session, known)
    assert (tool.claims, tool.evidence, tool.deployments, tool.documents) == ((), (), (), ())
    assert {row.absence for row in tool.values} == {"not_stated"}


def test_tags_accepted_come_before_suggested(database: Database, known: int) -> None:
    with database.read() as session:
        for tag in session.scalars(select(Tag).where(Tag.tool_id == known)):
            session.delete(tag)
        session.flush()
        for state, code in (("suggested", "UC_DOC_SCRIBE"), ("accepted", "UC_SCHED_ROTA")):
            facts = {"vocabulary": "use_cases", "by": "Kim", "why": "", "quote": "", "at": DAY}
            session.add(Tag(tool_id=known, code=code, state=state, confidence=1.0, **facts))
        tags = detail(session, known).tags
    assert [(tag.code, tag.state, tag.by) for tag in tags] == [
        ("UC_SCHED_ROTA", "accepted", "Kim"),
        ("UC_DOC_SCRIBE", "suggested", "Kim"),
    ]


def test_the_number_of_queries_does_not_grow_with_what_is_known(
    database: Database, known: int
) -> None:
    def asked() -> int:
        count = [0]

        def one_more(*_: object) -> None:
            count[0] += 1

        event.listen(database.engine, "before_cursor_execute", one_more)
        with database.read() as session:
            detail(session, known)
        event.remove(database.engine, "before_cursor_execute", one_more)
        return count[0]

    before = asked()
    with database.write() as session:
        tool = session.get_one(Tool, known)
        for number in range(10):
            page = make_document(session)
            make_statement(session, tool, "feature", f"Feature {number}", document=page)
            make_deployment(session, tool, f"Vale {number} NHS Trust", document=page)
    assert asked() == before


def test_an_unknown_tool_is_one_sentence(database: Database) -> None:
    with database.read() as session, pytest.raises(NotFoundError, match="no tool number 7"):
        detail(session, 7)
