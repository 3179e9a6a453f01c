"""Where a running text names a tool."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.mentions import candidates, find, known_names, nearest_before, suppliers
from catalogue.models import OrganisationName, ToolName
from catalogue.text import name_key
from tests.builders import make_organisation, make_tool

NAMES = {"rotaflow": 1, "rotaflowone": 2, "quill": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RotaFlow saves time.", [1]),
        ("They use RotaFlow's engine.", [1]),
        ("RotaFlow One and Quill", [2, 3]),
        ("a quill pen", []),
        ("Rota-Flow, (Quill)", [1, 3]),
        ("the end of Rota. Flow begins", []),
        ("MyRotaFlower", []),
    ],
)
def test_names_are_found_as_whole_words_with_a_capital(text: str, expected: list[int]) -> None:
    assert [mention.tool_id for mention in find(text, NAMES)] == expected


def test_a_longer_name_of_somebody_else_is_no_mention() -> None:
    found = find("Rotaflow Systems sells RotaFlow.", NAMES, but=["rotaflowsystems"])
    assert [mention.start for mention in found] == [23]


def test_the_span_is_that_of_the_name() -> None:
    (mention,) = find("They use RotaFlow daily.", NAMES)
    assert "They use RotaFlow daily."[mention.start : mention.end] == "RotaFlow"


def test_a_sentence_is_about_what_it_names_else_about_what_was_named_last() -> None:
    text = "RotaFlow is here. Quill came later. It saves time."
    mentions = find(text, NAMES)
    assert nearest_before(mentions, 0, 17) == [1]
    assert nearest_before(mentions, text.index("It"), len(text)) == [3]
    assert nearest_before(mentions, 0, 0) == [1]
    assert nearest_before([], 0, 5) == []


def test_a_name_that_two_tools_bear_needs_its_supplier(database: Database) -> None:
    with database.write() as session:
        one = make_organisation(session, "Alpha Health Ltd")
        other = make_organisation(session, "Beta Care Ltd")
        first = make_tool(session, "Scribe", supplier=one)
        second = make_tool(session, "Scribe", supplier=other)
        for tool in (first, second):
            session.add(ToolName(tool_id=tool.id, kind="name", key="scribe", text="Scribe"))
        session.flush()
        assert known_names(session, "They tried Scribe.") == {}
        assert known_names(session, "They tried Scribe by Alpha Health.") == {"scribe": first.id}


def test_a_long_text_has_few_enough_candidates() -> None:
    assert len(candidates("The Trust and the Board met. " * 2000)) < 20


def given(session: Session, supplier: str, *names: str) -> list[int]:
    """A supplier's tools of these names."""
    maker = make_organisation(session, supplier)
    tools = [make_tool(session, name, supplier=maker) for name in names]
    for tool in tools:
        session.add(ToolName(tool_id=tool.id, kind="name", key=name_key(tool.name), text=tool.name))
    session.flush()
    return [tool.id for tool in tools]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Scribe", "They tried Scribe.", False),
        ("Scribe", "They tried Scribe by Accurx.", True),
        ("Scribe", "They tried Accurx's Scribe.", True),
        ("Scribe", "They tried Accurx Scribe.", True),
        ("Scribe", "They tried a scribe by Accurx.", False),
        ("Scribe", "Accurx sells much. Scribe work is hard.", False),
        ("Joy", "It gave them Joy.", False),
        ("Bedlight", "They tried Bedlight.", True),
        ("Bedlight", "They tried bedlight.", False),
        ("Bedlight", "Every bed has a bedlight. Bedlight is one.", False),
        ("Accurx Scribe", "They tried Accurx's Scribe.", True),
        ("Accurx Scribe", "Accurx is a firm, and its Scribe was tried.", True),
        ("Accurx Scribe", "They tried the Scribe of another firm.", False),
        ("Accurx Scribe", "They tried accurx-scribe, or AccurxScribe.", True),
        ("RotaFlow", "They tried Rota-Flow.", True),
        ("RotaFlow", "They tried ROTA FLOW.", True),
    ],
)
def test_a_name_counts_by_itself_or_with_its_supplier(
    database: Database, name: str, text: str, found: bool
) -> None:
    with database.write() as session:
        (tool,) = given(session, "Accurx Ltd", name)
        names = known_names(session, text)
        assert {one.tool_id for one in find(text, names)} == ({tool} if found else set())


def test_suppliers_are_named_by_all_their_names(database: Database) -> None:
    with database.write() as session:
        maker = make_organisation(session, "Pungo Ltd")
        session.add(
            OrganisationName(organisation_id=maker.id, kind="trading", key="joyhealth", text="Joy")
        )
        buyer = make_organisation(session, "Holm Surgery", kind="buyer")
        session.flush()
        said = candidates("Holm Surgery asked Joy Health, and then Pungo Limited.")
        assert suppliers(session, said) == {"joyhealth": maker.id, "pungo": maker.id}
        assert buyer.key in said
