"""Organisations that try a tool, use it, or use it no more."""

from __future__ import annotations

import pytest

from catalogue.changes import NOTHING, Change, Said
from catalogue.database import Database
from catalogue.places import Place, between_places, elsewhere
from tests.builders import make_deployment, make_document, make_tool

TRIED: Place = (1, "Vale ICB", "PH_BETA_PILOT")
FREE: Place = (1, "Vale ICB", "PH_FREE_TRIAL")
USED: Place = (1, "Vale ICB", "PH_PRODUCTION")
SOMEHOW: Place = (1, "Vale ICB", "PH_NOT_STATED")
OVER: Place = (1, "Vale ICB", "PH_RETIRED")
OTHER: Place = (1, "Westmarch", "PH_PRODUCTION")


def now(*places: Place) -> Said:
    return Said(
        frozenset(), frozenset(), frozenset(places), {}, quotes=dict.fromkeys(places, "It.")
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [TRIED], [Change("SIG_PILOT_ANNOUNCED", 1, "", "Vale ICB")]),
        ([], [SOMEHOW], [Change("SIG_DEPLOYMENT_ADDED", 1, "", "Vale ICB")]),
        ([], [TRIED, USED], [Change("SIG_DEPLOYMENT_ADDED", 1, "", "Vale ICB")]),
        ([USED], [USED, OTHER], [Change("SIG_DEPLOYMENT_ADDED", 1, "", "Westmarch")]),
        (
            [TRIED],
            [USED],
            [Change("SIG_DEPLOYMENT_ADDED", 1, "Vale ICB: Pilot", "Vale ICB")],
        ),
        (
            [USED],
            [OVER],
            [Change("SIG_DEPLOYMENT_ENDED", 1, "Vale ICB: In use", "Vale ICB: Ended")],
        ),
        ([TRIED], [FREE], []),
        ([USED], [TRIED], []),
        ([USED], [], []),
        ([], [OVER], []),
        ([USED, OVER], [OVER], []),
    ],
)
def test_a_change_of_where_it_is_used(
    before: list[Place], after: list[Place], expected: list[Change]
) -> None:
    found = list(between_places(frozenset(before), now(*after)))
    assert found == expected
    assert all(one.quote == "It." for one in found)


def test_a_document_that_says_nothing_of_use_tells_nothing() -> None:
    assert list(between_places(frozenset({USED}), NOTHING)) == []


def test_what_other_documents_tell_of_the_same_tools_is_known(database: Database) -> None:
    with database.write() as session:
        tool, other = make_tool(session), make_tool(session, "Quill")
        page = make_document(session)
        mine = make_deployment(session, tool, document=page)
        theirs = make_deployment(session, tool, "Vale ICB")
        make_deployment(session, other, "Westmarch")
        merged = make_tool(session, "RotaFlow One")
        merged.canonical_id = tool.id
        later = make_deployment(session, merged, "Fenbury")
        assert mine.document_id != theirs.document_id
        assert elsewhere(session, [tool.id], page) == {
            (tool.id, "Vale ICB", theirs.phase),
            (tool.id, "Fenbury", later.phase),
        }
