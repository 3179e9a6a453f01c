"""Merge, then undo: the same catalogue, whatever was judged in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.errors import CatalogueError
from catalogue.judgements import Table as Kind
from catalogue.judgements import judgements, subjects
from catalogue.models import Base, Organisation, Tool, ToolName
from catalogue.projection import out_of_step, project
from catalogue.queries import detail, tools, totals
from catalogue.queries.fingerprint import content
from catalogue.review.holding import holding
from catalogue.review.rulings import Decision, Rulings
from catalogue.review.shortlists import Shortlists
from catalogue.rows import Filters
from tests.builders import (
    make_claim,
    make_deployment,
    make_document,
    make_evidence,
    make_organisation,
    make_statement,
    make_tool,
)

TOOLS = 4
SUMMARIES = ("Builds ward rosters.", "Drafts clinic letters from dictation.", "Answers calls.")
TABLES: dict[Kind, type[Tool | Organisation]] = {"tool": Tool, "organisation": Organisation}
DERIVED = {"bearing", "displayed", "function", "tag"}
"""Tables of projections: a row that is made again has another number."""

RULINGS = st.lists(
    st.tuples(
        st.sampled_from(["tool", "organisation"]),
        st.integers(1, TOOLS),
        st.integers(1, TOOLS),
        st.sampled_from(["same", "same", "different", "unsure", ""]),
    ).filter(lambda one: one[1] != one[2]),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def market(database: Database, clock: Clock) -> Database:
    """Tools 1 to 4 of suppliers 1 to 4, with all that can be said of a tool."""
    with database.write() as session:
        sellers = [make_organisation(session, f"Seller {n}") for n in range(1, TOOLS + 1)]
        for number, seller in enumerate(sellers, 1):
            tool = make_tool(session, f"Rota {number}", supplier=seller)
            url = f"http://www.seller{number}.example/rota"
            page, press = make_document(session, url), make_document(session)
            for kind, key in (
                ("name", f"rota{number}"),
                ("homepage", url.removeprefix("http://www.")),
            ):
                session.add(ToolName(tool_id=tool.id, kind=kind, key=key, text=key))
            for name, value in (
                ("name", f"Rota {number}"),
                ("summary", SUMMARIES[number % 3]),
                ("price", f"£{number}"),
                ("feature", f"Feature {number}"),
            ):
                make_statement(session, tool, name, value, document=page)
            make_claim(session, tool, f"Saves {number} hours.", high=number, document=press)
            make_evidence(session, tool, document=press if number % 2 else page)
            make_deployment(session, tool, f"Trust {number % 2}", document=page)
            project(session, tool)
    people = Rulings(database, "kim", clock)
    people.decide("tag", [Decision("tool/4", "use_cases/UC_WF_AGENT", "accepted")])
    shortlists = Shortlists(database, "kim", clock)
    shortlists.create("Rotas", "")
    shortlists.add("Rotas", [2, 4], "seen")
    return database


def rows(session: Session) -> dict[str, list[str]]:
    """Every row of every table but the log of rulings, and what search has yet to take up."""
    return {table.name: sorted(_rows(session, table)) for table in Base.metadata.sorted_tables}


def _rows(session: Session, table: Table) -> Iterator[str]:
    left_out = {"id"} if table.name in DERIVED else {"stale"}
    columns = [column for column in table.columns if column.name not in left_out]
    for row in session.execute(select(*columns)) if table.name != "ruling" else ():
        yield repr(tuple(row))


def sound(session: Session) -> None:
    """What is shown agrees with what is said and with the rulings that hold."""
    assert list(out_of_step(session)) == []
    for kind, model in TABLES.items():
        known = judgements(holding(session, "identity"), kind).canonical
        held = dict(session.execute(select(model.id, model.canonical_id)).all())
        assert {record: shown or record for record, shown in held.items()} == {
            record: known.get(record, record) for record in held
        }
    shown = list(tools.browse(session, Filters()))
    assert len(shown) == len(set(shown)) == totals.totals(session).tools
    details = {tool_id: detail.detail(session, tool_id) for tool_id in shown}
    assert sum(len(one.claims) for one in details.values()) == TOOLS
    assert sum(len(one.evidence) for one in details.values()) == TOOLS
    assert sum(one.row.claims for one in details.values()) == TOOLS
    for tool_id, one in details.items():
        for record in one.merged:
            assert detail.detail(session, record.id).row.id == tool_id
    suppliers = [one for one in tools.facets(session, Filters()) if one.facet == "supplier"]
    assert sum(one.count for one in suppliers) == len(shown)
    assert len(suppliers) == totals.totals(session).suppliers


@pytest.mark.slow
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(judged=RULINGS)
def test_merging_and_undoing_gives_back_the_same_rows(
    market: Database, clock: Clock, judged: list[tuple[Kind, int, int, str]]
) -> None:
    reviewer = Rulings(market, "ann", clock)
    with market.read() as session:
        before, said = rows(session), list(content(session))
    made = 0
    for kind, one, other, verdict in judged:
        left, right = subjects(kind, one, other)
        try:
            reviewer.decide("identity", [Decision(left, right, verdict)])
        except CatalogueError:
            continue  # it contradicts what was judged before
        made += 1
    with market.read() as session:
        sound(session)
    for _ in range(made):
        assert reviewer.undo("identity")
    assert reviewer.undo("identity") == []
    with market.read() as session:
        sound(session)
        assert rows(session) == before
        assert list(content(session)) == said
