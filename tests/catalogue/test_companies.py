"""What a company register says of suppliers: former names, new names, and the end."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import SupplierDraft, Value
from catalogue.frontier import Frontier
from catalogue.models import Organisation, OrganisationName, Signal
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, quoted, source, tool

URL = "https://api.register.example/company/01234567"


def register(name: str, status: str, *former: str) -> Site:
    company = SupplierDraft(
        extractor="company_profile@1",
        name=quoted(name),
        identifiers=(("GB-COH", "01234567"),),
        former_names=former,
        values=(Value(property="company_status", value=status, quote=quoted(status)),),
    )
    record = source("register", kind="regulator", voice="VOICE_REGULATOR")
    return Site(record, {URL: page(name, f"{name}, {status}", company)})


def signals(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.before, row.after) for row in rows]


@pytest.mark.parametrize("status", ["dissolved", "liquidation", "administration"])
def test_the_end_of_a_company_is_news_once(database: Database, status: str) -> None:
    crawl(database, register("Ostler Ltd", "active"))
    crawl(database, register("Ostler Ltd", status), at=DAY_2)
    crawl(database, register("Ostler Ltd", status, "Old Ostler Ltd"), at=DAY_2)

    assert signals(database) == [("SIG_DISSOLVED", "Ostler Ltd: active", f"Ostler Ltd: {status}")]


def test_a_new_name_is_news_and_the_old_one_still_finds_the_company(database: Database) -> None:
    crawl(database, register("Ostler Ltd", "active"))
    crawl(database, register("Rotary Minds Ltd", "active", "Ostler Ltd"), at=DAY_2)
    article = tool("RotaFlow", "http://www.paper.example/rota").model_copy(
        update={"supplier": "Ostler"}
    )
    crawl(
        database,
        Site(
            source("paper", kind="publisher"),
            {"http://www.paper.example/": page("a", "b", article)},
        ),
        at=DAY_2,
    )

    assert signals(database)[0] == ("SIG_RENAMED", "Ostler Ltd", "Rotary Minds Ltd")
    with database.read() as session:
        suppliers = session.scalars(select(Organisation).where(Organisation.kind == "supplier"))
        assert len(suppliers.all()) == 1


def test_a_former_name_leads_to_the_company_that_had_it(database: Database) -> None:
    crawl(database, register("Rotary Minds Ltd", "active", "Ostler Ltd"))

    with database.read() as session:
        names = session.execute(select(OrganisationName.kind, OrganisationName.text)).all()
        assert [tuple(one) for one in names] == [("former", "Ostler Ltd")]


def test_the_frontier_hands_out_the_numbers_of_suppliers(database: Database) -> None:
    crawl(database, register("Ostler Ltd", "active"))

    frontier = Frontier(database, fixed_clock(DAY_1))
    assert frontier.identifiers("GB-COH") == ["01234567"]
    assert frontier.identifiers("GB-NHS") == []
