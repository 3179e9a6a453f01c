"""A list of strings as one parameter of a query."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import Database
from catalogue.mentions import suppliers
from catalogue.models import Organisation
from catalogue.strings import STRINGS, strings
from tests.builders import make_organisation


def test_each_string_is_a_row_as_it_was_written(database: Database) -> None:
    said = ["quill", 'it\'s "so"', "a,b", "\\n", "Zoë 🩺", "1", "null", ""]
    with database.read() as session:
        assert list(session.scalars(strings(), {STRINGS: said})) == said
        assert list(session.scalars(strings(), {STRINGS: []})) == []


def test_more_strings_than_a_query_may_have_parameters_are_looked_up(database: Database) -> None:
    many = {f"key{number}": [(0, 1)] for number in range(40_000)}
    with database.write() as session:
        made = make_organisation(session, "Key 39999", kind="supplier").id
        assert suppliers(session, many) == {"key39999": made}


def test_rows_are_found_by_their_index(database: Database) -> None:
    query = select(Organisation.id).where(Organisation.key.in_(strings()))
    with database.read() as session:
        written = str(query.compile(session.get_bind()))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {written}", ("[]",))
        steps = [str(row[-1]) for row in plan]
    assert any("SEARCH organisation USING" in step for step in steps)
    assert not any("SCAN organisation" in step for step in steps)
