"""A fingerprint is equal exactly when two catalogues say the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from catalogue.database import Database
from catalogue.models import Claim, Displayed, Statement, Tag, Tool, Visit
from catalogue.queries.fingerprint import content, fingerprint
from tests.catalogue.visits import DAY_2, Site, claim, crawl, page, source, tool

URL = "http://www.rotaflow.example/rota"
SAVES = "RotaFlow saves up to 2 hours a week."
ROTA = page("RotaFlow", SAVES, tool("RotaFlow", URL, summary="Builds rotas."), claim(SAVES))


@pytest.fixture
def market(database: Database) -> Database:
    crawl(database, Site(source(), {URL: ROTA}))
    return database


def printed(database: Database) -> str:
    with database.read() as session:
        return fingerprint(session)


def test_reading_the_same_again_changes_nothing(market: Database) -> None:
    before = printed(market)
    crawl(market, Site(source(), {URL: ROTA}), at=DAY_2)
    assert printed(market) == before


def test_ids_and_times_of_visits_do_not_count(market: Database) -> None:
    before = printed(market)
    with market.write() as session:
        session.execute(update(Visit).values(fetched_at=DAY_2 + timedelta(days=1)))
        session.execute(update(Tool).values(changed_at=DAY_2, last_seen=DAY_2))
    assert printed(market) == before


@pytest.mark.parametrize(
    "change",
    [
        update(Statement).where(Statement.property == "summary").values(quote="Other words."),
        update(Statement).where(Statement.property == "summary").values(value="Other."),
        update(Displayed).where(Displayed.property == "summary").values(ordinal=1),
        update(Tag).values(state="rejected"),
        update(Tag).values(by="Kim"),
        update(Tool).values(scope="SC_BORDERLINE"),
        update(Claim).values(quote="Other words."),
        text("UPDATE organisation SET name = 'Other Ltd'"),
        text("UPDATE document SET text_sha = 'other'"),
    ],
)
def test_whatever_is_said_counts(market: Database, change: object) -> None:
    before = printed(market)
    with market.write() as session:
        session.execute(change)  # type: ignore[call-overload] # statements of two kinds
    assert printed(market) != before


def test_a_page_is_told_by_its_address_and_not_by_its_number(market: Database) -> None:
    with market.read() as session:
        lines = list(content(session))
        statements = session.scalars(select(Statement.id)).all()
    assert sum(line.startswith('["statement"') for line in lines) == len(statements)
    assert all(URL in line for line in lines if line.startswith('["statement"'))
