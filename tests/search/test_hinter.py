"""Hints follow words, model and corrections, and become suggestions: never tags."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.hint_shelf import HintShelf
from catalogue.hints import Corrected
from catalogue.models import Embedding, Tag, TermHint, Tool
from catalogue.projection import out_of_step, project
from catalogue.review.rulings import Decision, Rulings
from search.hinter import Hinter, StoredVectors
from search.learned import ENOUGH
from tests.builders import make_organisation, make_statement, make_tool
from tests.search.shelf import HashingEmbedder

SCRIBE = "Listens to a consultation or visit and drafts the note from the conversation."


def tool_of(session: Session, name: str, summary: str) -> Tool:
    tool = make_tool(session, name, supplier=make_organisation(session, f"{name} Ltd"))
    make_statement(session, tool, "summary", summary)
    project(session, tool)
    return tool


def tags(session: Session, tool: int) -> dict[str, tuple[str, str]]:
    query = select(Tag.code, Tag.state, Tag.why).where(
        Tag.tool_id == tool, Tag.vocabulary == "use_cases"
    )
    return {code: (state, why) for code, state, why in session.execute(query)}


@pytest.fixture
def scribe(database: Database) -> int:
    with database.write() as session:
        return tool_of(session, "Larksong", SCRIBE).id


def test_what_is_near_in_meaning_becomes_a_suggestion_and_not_a_tag(
    database: Database, scribe: int, hashing: HashingEmbedder
) -> None:
    assert Hinter(HintShelf(database), hashing).refresh() == 1
    with database.read() as session:
        state, why = tags(session, scribe)["UC_DOC_SCRIBE"]
        assert state == "suggested"
        assert "near in meaning to" in why
        assert list(out_of_step(session)) == []


def test_only_tools_whose_words_changed_are_read_again(
    database: Database, scribe: int, hashing: HashingEmbedder
) -> None:
    with database.write() as session:
        tool_of(session, "Tilestock", "Counts tiles.")
    hinter = Hinter(HintShelf(database), hashing)
    assert (hinter.refresh(), hinter.refresh()) == (2, 0)
    with database.write() as session:
        tool = session.get_one(Tool, scribe)
        make_statement(session, tool, "feature", "Writes letters.")
        project(session, tool)
    assert hinter.refresh() == 1


def test_until_changed_words_are_read_words_alone_suggest(
    database: Database, scribe: int, hashing: HashingEmbedder
) -> None:
    Hinter(HintShelf(database), hashing).refresh()
    with database.write() as session:
        tool = session.get_one(Tool, scribe)
        make_statement(session, tool, "feature", "Rota planning for wards, with shifts.")
        project(session, tool)
    with database.read() as session:
        assert "near in meaning" not in " ".join(why for _, why in tags(session, scribe).values())


def test_another_model_reads_every_tool_again(
    database: Database, scribe: int, hashing: HashingEmbedder
) -> None:
    del scribe
    Hinter(HintShelf(database), hashing).refresh()
    assert Hinter(HintShelf(database), HashingEmbedder("other")).refresh() == 1


def test_a_text_is_encoded_once_ever(database: Database, hashing: HashingEmbedder) -> None:
    first = StoredVectors(HintShelf(database), hashing)(["One.", "Two.", "One."])
    hashing.seen.clear()
    again = StoredVectors(HintShelf(database), hashing)(["Two.", "Three.", "One."])
    assert hashing.seen == ["Three."]
    assert again[0].tolist() == first[1].tolist()
    with database.read() as session:
        assert len(session.scalars(select(Embedding)).all()) == 3


def test_hints_of_a_tool_are_replaced_as_a_whole(
    database: Database, scribe: int, hashing: HashingEmbedder
) -> None:
    shelf = HintShelf(database)
    Hinter(shelf, hashing).refresh()
    (one,) = shelf.described([scribe])
    shelf.put("nobody", {one: {}})
    with database.read() as session:
        assert session.scalars(select(TermHint)).all() == []
        assert "suggested" not in [state for state, _ in tags(session, scribe).values()]


def decide(database: Database, tools: Sequence[int], code: str, value: str) -> None:
    Rulings(database, "Kim").decide(
        "tag", [Decision(f"tool/{tool}", f"use_cases/{code}", value) for tool in tools]
    )


def test_enough_corrections_teach_the_suggestions_that_follow(
    database: Database, hashing: HashingEmbedder
) -> None:
    with database.write() as session:
        given = [tool_of(session, f"Lark {at}", "Sings loudly at dawn.").id for at in range(ENOUGH)]
        left = [tool_of(session, f"Tile {at}", "Covers roofs in stone.").id for at in range(ENOUGH)]
        later = tool_of(session, "Late", "Sings loudly at dawn.").id
    hinter = Hinter(HintShelf(database), hashing)
    hinter.refresh()
    decide(database, given, "UC_KNOW_SEARCH", "accepted")
    decide(database, left, "UC_KNOW_SEARCH", "rejected")
    assert hinter.refresh() == 2 * ENOUGH + 1
    with database.read() as session:
        _, why = tags(session, later)["UC_KNOW_SEARCH"]
        assert f"s people decided on {2 * ENOUGH} tools" in why
    assert hinter.refresh() == 0


def test_corrections_are_given_in_a_fixed_order(database: Database, scribe: int) -> None:
    decide(database, [scribe], "UC_DOC_SCRIBE", "accepted")
    decide(database, [scribe], "UC_BO_FIN", "rejected")
    assert HintShelf(database).corrected() == [
        Corrected(scribe, "use_cases", "UC_BO_FIN", accepted=False),
        Corrected(scribe, "use_cases", "UC_DOC_SCRIBE", accepted=True),
    ]
