"""One page, one transaction: what it makes, what it extends, what it signals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import Reading
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Ingestor
from catalogue.models import Base, Claim, Deployment, Document, Signal, Statement, Tag, Tool
from catalogue.queries.detail import detail
from catalogue.queries.fingerprint import content, fingerprint
from catalogue.queries.totals import totals
from catalogue.review.rulings import Decision, decide
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    claim,
    crawl,
    deployment,
    page,
    source,
    tool,
    visit_of,
)

ROTA = "http://www.rotaflow.example/products/rota"
SAVES = "RotaFlow saves up to 2 hours a week."
PILOT = "Tallow Vale ICB is piloting RotaFlow."


def product(name: str = "RotaFlow", says: str = SAVES, hours: float = 2, **values: str) -> Reading:
    return page(
        name, says, tool(name, ROTA, summary="Builds ward rosters.", **values), claim(says, hours)
    )


def supplier(reading: Reading | None = None) -> Site:
    return Site(source(), {ROTA: reading or product()})


def network() -> Site:
    url = "http://www.network.example/pilot"
    told = page("A pilot of RotaFlow", PILOT, deployment(PILOT, "Tallow Vale ICB"))
    return Site(source("network", kind="network"), {url: told})


def signals(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.before, row.after) for row in rows]


def test_every_shown_value_says_who_said_it_when_and_in_which_words(database: Database) -> None:
    crawl(database, supplier(product(price="£2 per user per month")))
    with database.read() as session:
        (tool_id,) = session.scalars(select(Tool.id))
        known = detail(session, tool_id)
    price = next(row for row in known.values if row.property == "price")
    assert price.value == "£2 per user per month"
    assert price.provenance is not None
    assert price.provenance.said_by == "Rotaflow Ltd"
    assert price.provenance.voice == "Supplier"
    assert price.provenance.quote == "£2 per user per month"
    assert price.provenance.first_seen == DAY_1.date()
    silent = next(row for row in known.values if row.property == "data_location")
    assert (silent.absence, silent.provenance) == ("not_stated", None)


def test_a_case_study_is_joined_to_the_tool_it_names_in_either_order(database: Database) -> None:
    crawl(database, network(), supplier())
    with database.read() as session:
        (row,) = session.scalars(select(Deployment))
        assert session.get_one(Tool, row.tool_id).name == "RotaFlow"
        assert row.first_seen == DAY_1


def test_an_unchanged_page_extends_what_it_said(database: Database) -> None:
    crawl(database, supplier())
    crawl(database, supplier(), at=DAY_2)
    with database.read() as session:
        seen = {(row.first_seen, row.last_seen) for row in session.scalars(select(Statement))}
        assert seen == {(DAY_1, DAY_2)}
        assert totals(session).claims == 1
    assert signals(database) == []


def test_a_statement_is_never_overwritten(database: Database) -> None:
    crawl(database, supplier(product(price="£2")))
    crawl(database, supplier(product(price="£3")), at=DAY_2)
    with database.read() as session:
        prices = session.scalars(select(Statement).where(Statement.property == "price"))
        kept = {(row.value, row.first_seen, row.last_seen) for row in prices}
    assert kept == {("£2", DAY_1, DAY_1), ("£3", DAY_2, DAY_2)}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (product(), product(price="£3"), ("SIG_PRICE_CHANGED", "not stated", "£3")),
        (
            product(autonomy="AUT_1_OPERATOR"),
            product(autonomy="AUT_5_OBSERVER"),
            ("SIG_AUTONOMY_RAISED", "User operates", "User observes"),
        ),
        (
            product(assurance__ASR_DTAC="AST_CLAIMED"),
            product(assurance__ASR_DTAC="AST_LAPSED"),
            ("SIG_ASSURANCE_LAPSED", "DTAC: Supplier says", "DTAC: Lapsed"),
        ),
        (product(), product("RotaFlow One"), ("SIG_RENAMED", "RotaFlow", "RotaFlow One")),
        (
            product(),
            product(says="RotaFlow saves up to 3 hours a week.", hours=3),
            ("SIG_CLAIM_CHANGED", "up to 2 hours per week", "up to 3 hours per week"),
        ),
    ],
)
def test_a_change_of_what_is_said_is_one_signal(
    database: Database, before: Reading, after: Reading, expected: tuple[str, str, str]
) -> None:
    crawl(database, supplier(before))
    crawl(database, supplier(after), at=DAY_2)
    assert signals(database) == [expected]


def test_lowered_autonomy_is_no_signal(database: Database) -> None:
    crawl(database, supplier(product(autonomy="AUT_5_OBSERVER")))
    crawl(database, supplier(product(autonomy="AUT_1_OPERATOR")), at=DAY_2)
    assert signals(database) == []


def test_a_fault_changes_nothing_and_signals_nothing(database: Database) -> None:
    crawl(database, supplier())
    with database.read() as session:
        before = list(content(session))
    crawl(database, Site(source(), {ROTA: "fault"}), at=DAY_2)
    with database.read() as session:
        assert list(content(session)) == before
    assert signals(database) == []


def test_a_page_that_is_gone_is_a_signal_once(database: Database) -> None:
    crawl(database, supplier())
    crawl(database, Site(source(), {ROTA: "gone"}), at=DAY_2)
    crawl(database, Site(source(), {ROTA: "gone"}), at=DAY_2)
    assert signals(database) == [("SIG_SITE_GONE", ROTA, "HTTP 410")]


def test_an_address_that_never_was_a_page_is_nothing_new(database: Database) -> None:
    gone = Site(source(), {ROTA: product(), "http://www.rotaflow.example/never": "gone"})
    crawl(database, gone)
    assert sum(outcome.new for outcome in crawl(database, gone, at=DAY_2)) == 0


def test_the_first_crawl_of_everything_has_no_news(database: Database) -> None:
    crawl(database, supplier(), network())
    assert signals(database) == []


def test_a_supplier_that_joins_later_is_announced_once(database: Database) -> None:
    crawl(database, network())
    crawl(database, network(), supplier(), at=DAY_2)
    assert signals(database) == [("SIG_NEW_SUPPLIER", "", "RotaFlow")]


def test_a_renamed_tool_keeps_its_record(database: Database) -> None:
    crawl(database, supplier())
    crawl(database, supplier(product("RotaFlow One")), at=DAY_2)
    with database.read() as session:
        assert session.scalars(select(Tool.name)).all() == ["RotaFlow One"]


def test_what_a_person_said_of_a_tag_is_never_overruled(database: Database) -> None:
    crawl(database, supplier())
    with database.write() as session:
        tool_id = session.scalars(select(Tool.id)).one()
        no_rota = Decision(f"tool/{tool_id}", "use_cases/UC_SCHED_ROTA", "rejected")
        decide(session, "tag", [no_rota], actor="Kim", at=DAY_1)
    crawl(database, supplier(product(price="£3")), at=DAY_2)
    with database.read() as session:
        tag = session.scalars(select(Tag).where(Tag.code == "UC_SCHED_ROTA")).one()
        assert (tag.state, tag.by) == ("rejected", "Kim")


def test_a_visit_whose_lease_was_lost_is_dropped(database: Database) -> None:
    clock = fixed_clock(DAY_1)
    frontier, ingestor = Frontier(database, clock), Ingestor(database, clock)
    frontier.register([source()])
    run = frontier.start("rotaflow", [Found(ROTA, 0)], 10)
    (task,) = frontier.lease(run, 1)
    visit = visit_of(run, task, product(), DAY_1)
    assert ingestor.ingest(visit).new
    assert not ingestor.ingest(visit).new
    with database.read() as session:
        assert len(session.scalars(select(Document)).all()) == 1


def test_hostile_text_is_cleaned_before_it_is_stored(database: Database) -> None:
    name = "\x1b]0;pwned\x07Rota\x00Flow\u202e"
    crawl(database, supplier(page(name, "\x1b[2J" + SAVES, tool(name, ROTA))))
    with database.read() as session:
        for line in content(session):
            assert not {"\x1b", "\x00", "\u202e", "\x07"} & set(
                line.encode().decode("unicode_escape")
            )


MARKET = [
    ("rotaflow", ROTA, product(price="£2", autonomy="AUT_1_OPERATOR")),
    ("rotaflow", "http://www.rotaflow.example/", page("Home", SAVES, claim(SAVES))),
    (
        "quill",
        "http://www.quill.example/products/scribe",
        page(
            "Quill",
            "Quill writes letters.",
            tool("Quill", "http://www.quill.example/products/scribe"),
        ),
    ),
    (
        "network",
        "http://www.network.example/a",
        page("Pilot", PILOT, deployment(PILOT, "Tallow Vale ICB")),
    ),
    (
        "network",
        "http://www.network.example/b",
        page(
            "Two tools",
            "RotaFlow and Quill were tried. Quill saves up to 4 hours a week.",
            claim("Quill saves up to 4 hours a week.", 4),
            deployment("RotaFlow and Quill were tried.", "Northmere NHS Trust"),
        ),
    ),
]


def _store(database: Database, order: Sequence[int]) -> str:
    sources = {
        "rotaflow": source(),
        "quill": source("quill"),
        "network": source("network", kind="network"),
    }
    clock = fixed_clock(DAY_1)
    frontier, ingestor = Frontier(database, clock), Ingestor(database, clock)
    frontier.register(list(sources.values()))
    for index in order:
        name, url, reading = MARKET[index]
        run = frontier.start(name, [Found(url, 0)], 100)
        (task,) = frontier.lease(run, 1)
        ingestor.ingest(visit_of(run, task, reading, DAY_1))
    with database.read() as session:
        return fingerprint(session)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(len(MARKET))))
def test_the_order_of_reading_does_not_matter(database: Database, order: list[int]) -> None:
    _wipe(database)
    expected = _store(database, range(len(MARKET)))
    _wipe(database)
    assert _store(database, order) == expected


def _wipe(database: Database) -> None:
    with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


def test_a_claim_counts_for_the_tool_its_sentence_names(database: Database) -> None:
    _store(database, range(len(MARKET)))
    with database.read() as session:
        row = session.scalars(select(Claim).where(Claim.high == 4)).one()
        assert session.get_one(Tool, row.tool_id).name == "Quill"
