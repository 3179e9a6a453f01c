"""How much the catalogue holds, and what runs did."""

from __future__ import annotations

import pytest

from catalogue.database import Database
from catalogue.models import CrawlRun
from catalogue.queries.totals import run_totals, totals
from catalogue.rows import RunTotals, Totals
from tests.builders import (
    DAY,
    make_claim,
    make_deployment,
    make_document,
    make_evidence,
    make_organisation,
    make_tool,
)
from tests.catalogue.visits import DAY_2, Site, crawl, page, source, tool

URLS = [f"http://www.rotaflow.example/{name}" for name in "abcd"]


def test_an_empty_catalogue_holds_nothing(database: Database) -> None:
    with database.read() as session:
        assert totals(session) == Totals(0, 0, 0, 0, 0, 0, 0)


def test_only_what_is_current_and_some_tools_counts(database: Database) -> None:
    with database.write() as session:
        rota, quill = make_tool(session), make_tool(session, "Quill")
        make_tool(session, "Pen", supplier=make_organisation(session, "Pen Ltd"))
        one, two, gone = (make_document(session) for _ in range(3))
        make_claim(session, rota, document=one)
        make_claim(session, None, document=one)
        make_claim(session, rota, "Saved time.", document=one).last_seen = DAY.replace(year=2025)
        make_claim(session, rota, document=gone)
        make_evidence(session, rota, document=one)
        for page_, tool_ in ((one, rota), (two, rota), (two, quill), (gone, quill)):
            make_deployment(session, tool_, document=page_)
        gone.gone_at = DAY
        session.flush()
        assert totals(session) == Totals(
            documents=2, tools=3, suppliers=2, claims=1, evidence=1, deployments=2, signals=0
        )


@pytest.fixture
def crawled(database: Database) -> Database:
    told = page("RotaFlow", "Builds rotas.", tool("RotaFlow", URLS[0]))
    crawl(database, Site(source(), {URLS[0]: told, URLS[1]: page("B", "B"), URLS[2]: "fault"}))
    second = {URLS[0]: told, URLS[1]: "gone", URLS[2]: page("C", "C"), URLS[3]: "refused"}
    crawl(database, Site(source(), second), at=DAY_2)  # type: ignore[arg-type] # readings and states
    return database


def test_what_a_run_did(crawled: Database) -> None:
    with crawled.read() as session:
        runs = [run.id for run in session.query(CrawlRun).order_by(CrawlRun.id)]
        first, second = (run_totals(session, [run]) for run in runs)
        both = run_totals(session, runs)
    assert first == RunTotals(pages=2, changed=2, faults=1, fault_kinds={"": 1})
    assert (second.pages, second.changed, second.unchanged, second.gone) == (3, 1, 1, 1)
    assert (both.pages, both.faults) == (5, 1)


def test_no_run_did_nothing(database: Database) -> None:
    with database.read() as session:
        assert run_totals(session, []) == RunTotals()
