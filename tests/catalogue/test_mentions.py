"""Where a running text names a tool."""

from __future__ import annotations

import pytest

from catalogue.database import Database
from catalogue.mentions import candidates, find, known_names, nearest_before
from catalogue.models import ToolName
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
