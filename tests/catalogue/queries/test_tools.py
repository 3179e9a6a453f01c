"""The list of tools: filters, orders and counts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, event

from catalogue.database import Database
from catalogue.errors import NotFoundError, QueryError
from catalogue.queries.tools import browse, facets, find_tool, rows
from catalogue.rows import Filters
from tests.catalogue.visits import Site, crawl, page, source, tool

BASE = "http://www.{}.example/products/{}"


@pytest.fixture
def market(database: Database) -> Database:
    """Three tools of two suppliers, and one that is clinical."""
    pages = {
        "rotaflow": [
            ("RotaFlow", "Rostering for wards.", {"autonomy": "AUT_1_OPERATOR"}),
            ("Lens", "Diagnosis of cancer from chest X-rays for radiologists.", {}),
        ],
        "quill": [
            ("Quill", "Ambient scribe for general practice.", {"autonomy": "AUT_4_APPROVER"}),
            ("Roster Two", "Rostering for ambulance crews.", {}),
        ],
    }
    sites = []
    for name, tools in pages.items():
        site: dict[str, object] = {}
        for title, summary, values in tools:
            url = BASE.format(name, title.replace(" ", ""))
            site[url] = page(title, summary, tool(title, url, summary=summary, **values))
        sites.append(Site(source(name), site))  # type: ignore[arg-type] # readings only
    crawl(database, *sites)
    return database


def names(database: Database, filters: Filters, sort: str = "name") -> list[str]:
    with database.read() as session:
        ids = browse(session, filters, sort)
        lines = rows(session, ids)
        return [lines[one].name for one in ids]


def test_clinical_tools_are_left_out_unless_asked_for(market: Database) -> None:
    assert names(market, Filters()) == ["Quill", "Roster Two", "RotaFlow"]
    assert names(market, Filters().toggled("scope", "SC_CLINICAL_OUT")) == ["Lens"]


def test_codes_of_one_facet_widen_and_facets_narrow(market: Database) -> None:
    rota = Filters().toggled("use_case", "UC_SCHED_ROTA")
    assert names(market, rota) == ["Roster Two", "RotaFlow"]
    both = rota.toggled("use_case", "UC_DOC_SCRIBE")
    assert names(market, both) == ["Quill", "Roster Two", "RotaFlow"]
    assert names(market, both.toggled("autonomy", "AUT_4_APPROVER")) == ["Quill"]
    assert names(market, rota.toggled("autonomy", "AUT_NOT_STATED")) == ["Roster Two"]


@pytest.mark.parametrize("sort", ["name", "evidence", "changed", "supplier"])
def test_every_order_gives_every_tool_once(market: Database, sort: str) -> None:
    assert sorted(names(market, Filters(), sort)) == ["Quill", "Roster Two", "RotaFlow"]


def test_the_order_by_supplier(market: Database) -> None:
    assert names(market, Filters(), "supplier") == ["Quill", "Roster Two", "RotaFlow"]


def test_a_facets_own_choice_does_not_narrow_its_counts(market: Database) -> None:
    chosen = Filters().toggled("use_case", "UC_DOC_SCRIBE")
    with market.read() as session:
        counts = {(one.facet, one.code): one.count for one in facets(session, chosen)}
    assert counts["use_case", "UC_SCHED_ROTA"] == 2
    assert counts["use_case", "UC_DOC_SCRIBE"] == 1
    assert counts["scope", "SC_BORDERLINE"] == 1
    assert sum(count for (facet, _), count in counts.items() if facet == "supplier") == 1


def test_counts_over_hits_only(market: Database) -> None:
    with market.read() as session:
        quill = find_tool(session, "quill")
        counts = {(one.facet, one.code): one.count for one in facets(session, Filters(), [quill])}
    assert counts["use_case", "UC_DOC_SCRIBE"] == 1
    assert ("use_case", "UC_SCHED_ROTA") not in counts


@pytest.mark.parametrize("text", ["RotaFlow", "rota flow", "ROTAFLOW"])
def test_a_tool_is_found_by_any_spelling(market: Database, text: str) -> None:
    with market.read() as session:
        assert rows(session, [find_tool(session, text)]).popitem()[1].name == "RotaFlow"


def test_a_wrong_name_is_answered_with_the_nearest(market: Database) -> None:
    with market.read() as session, pytest.raises(NotFoundError, match="'RotaFlow'"):
        find_tool(session, "RotaFlw")
    with market.read() as session, pytest.raises(NotFoundError, match="horizon search"):
        find_tool(session, "zzzz")


@pytest.mark.parametrize("text", ["\u00b2", "\u0663", "9" * 18, "9" * 40, "9" * 5000])
def test_digits_that_are_no_id_are_a_name_that_nothing_bears(market: Database, text: str) -> None:
    with market.read() as session, pytest.raises(NotFoundError):
        find_tool(session, text)


def test_a_wrong_facet_is_answered_with_the_nearest(market: Database) -> None:
    with market.read() as session, pytest.raises(QueryError, match="'setting'"):
        browse(session, Filters((("settng", frozenset({"x"})),)))


def test_unknown_ids_are_left_out(market: Database) -> None:
    with market.read() as session:
        assert rows(session, [10**9]) == {}


@pytest.mark.parametrize("sort", ["name", "evidence", "changed", "supplier"])
def test_each_order_is_read_from_indexes_alone(database: Database, sort: str) -> None:
    plans: list[str] = []

    def explain(
        connection: Connection, _: object, statement: str, values: tuple[Any, ...], *__: object
    ) -> None:
        if not statement.startswith("EXPLAIN"):
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(row[3] for row in rows)

    with database.read() as session:
        if session.get_bind().dialect.name != "sqlite":
            pytest.skip("a server's plan depends on how much it holds")
        event.listen(session.connection(), "before_cursor_execute", explain)
        browse(session, Filters(), sort)
    assert plans
    assert all("COVERING INDEX" in step for step in plans)
