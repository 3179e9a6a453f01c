"""A tool whose listing says that it can no longer be bought."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Signal
from tests.catalogue.visits import DAY_2, Site, crawl, page, source, tool

ADDRESS = "https://www.marketplace.example/services/1"


def listing(**values: str) -> Site:
    told = page("RotaFlow", "RotaFlow builds rosters.", tool("RotaFlow", ADDRESS, **values))
    return Site(source("market", kind="publisher", voice="VOICE_SUPPLIER"), {ADDRESS: told})


def test_a_withdrawn_listing_is_news_once(database: Database) -> None:
    crawl(database, listing())
    crawl(database, listing(availability="withdrawn"), at=DAY_2)
    crawl(database, listing(availability="withdrawn"), at=DAY_2)

    with database.read() as session:
        told = session.scalars(select(Signal)).all()
        assert [(one.type, one.before, one.after) for one in told] == [
            ("SIG_SITE_GONE", "not stated", "withdrawn")
        ]


def test_a_listing_that_was_withdrawn_from_the_first_is_no_news(database: Database) -> None:
    crawl(database, listing(availability="withdrawn"))

    with database.read() as session:
        assert session.scalars(select(Signal)).all() == []
