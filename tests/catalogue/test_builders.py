"""The builders make rows that the catalogue's own queries take for real."""

from __future__ import annotations

from catalogue.database import HEAD, Database
from catalogue.queries.detail import detail
from tests.builders import (
    make_claim,
    make_deployment,
    make_evidence,
    make_statement,
    make_tool,
)


def test_a_built_tool_is_read_back_whole(database: Database) -> None:
    with database.write() as session:
        tool = make_tool(session)
        make_statement(session, tool, "price", "£2.50 per user per month")
        make_claim(session, tool)
        make_evidence(session, tool)
        make_deployment(session, tool)
        tool_id = tool.id

    with database.read() as session:
        read = detail(session, tool_id)

    assert read.row.supplier == "Rotaflow Systems Ltd"
    assert [value.value for value in read.values if value.property == "price"] == [
        "£2.50 per user per month"
    ]
    assert [claim.provenance.quote for claim in read.claims] == ["Saves up to 2 hours per week."]
    assert (len(read.evidence), len(read.deployments), len(read.documents)) == (1, 1, 4)


def test_the_database_of_tests_is_at_the_newest_schema(database: Database) -> None:
    assert database.revision() == HEAD
