"""Transparency records that public bodies publish, as signals."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import Database
from catalogue.drafts import DeploymentDraft, Reading
from catalogue.models import Signal
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, quoted, source, tool

ROTA = "http://www.rotaflow.example/products/rota"
RECORDS = "http://www.gov.example/records/"


def record(name: str, buyer: str = "Vale ICB", reader: str = "transparency_record@1") -> Reading:
    title = f"{buyer}: {name}"
    used = DeploymentDraft(
        extractor=reader,
        about=name,
        buyer=buyer,
        quote=quoted(title, "/title"),
        phase="PH_PRODUCTION",
    )
    return page(title, f"{buyer} uses {name}.", used, kind="case_study")


def told(database: Database, **pages: Reading) -> list[tuple[str, str, str, str]]:
    """Signals of records that appear on the second day."""
    supplier = Site(source(), {ROTA: page("RotaFlow", "Rosters.", tool("RotaFlow", ROTA))})
    publisher = source("gov", kind="government", voice="VOICE_GOV")
    first = {f"{RECORDS}first": record("Askfold")}
    later = {f"{RECORDS}{name}": given for name, given in pages.items()}
    crawl(database, supplier, Site(publisher, first), at=DAY_1)
    crawl(database, Site(publisher, {**first, **later}), at=DAY_2)
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.type, Signal.id))
        return [(row.type, row.subject, row.after, row.horizon) for row in rows]


def test_a_record_of_a_known_tool_is_told_of_the_tool(database: Database) -> None:
    assert told(database, rota=record("RotaFlow")) == [
        ("SIG_ATRS_PUBLISHED", "RotaFlow", "Vale ICB: RotaFlow", "HZ_NOW"),
        ("SIG_DEPLOYMENT_ADDED", "RotaFlow", "Vale ICB", "HZ_NOW"),
    ]


def test_a_record_of_an_unknown_tool_is_told_of_none(database: Database) -> None:
    assert told(database, other=record("Redbox", "DSIT")) == [
        ("SIG_ATRS_PUBLISHED", "DSIT: Redbox", "DSIT: Redbox", "HZ_NOT_STATED")
    ]


def test_another_page_on_a_use_is_no_record(database: Database) -> None:
    kinds = {row[0] for row in told(database, story=record("RotaFlow", reader="case_study@1"))}
    assert kinds == {"SIG_DEPLOYMENT_ADDED"}
