"""Notices from the package to the tool they name, by the real archetype, frontier and ingestor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import NoticeDraft, Party, SupplierDraft
from catalogue.frontier import Found, Frontier, SourceRecord
from catalogue.ingest import Conclusion, Ingestor, PageVisit
from catalogue.models import CrawlTask, Deployment, Document, Notice, Signal, Snapshot, Tool, Visit
from catalogue.notices import money
from catalogue.queries.check import check
from catalogue.queries.detail import detail
from catalogue.queries.notices import of_tool, procurements
from catalogue.queries.signals import signals
from catalogue.rows import NoticeRow, SignalRow
from crawler.archetypes import Listing
from crawler.archetypes.ocds import Ocds
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, quoted, source, tool

PACKAGES = Path(__file__).parents[1] / "crawler" / "ocds_packages"
FTS = Ocds.model_validate({"archetype": "ocds", "dialect": "fts"})
PROCESS = "ocds-h6vhtk-0f0001"
HOME = "http://www.rotaflow.example/scribe"


def service(name: str = "find_a_tender") -> SourceRecord:
    record = source(name, kind="publisher", voice="VOICE_GOV")
    return replace(record, definition='{"expect": {"may_be_empty": true}}')


def harvest(
    database: Database, packages: Sequence[str], *, day: int = 0, expect: str = ""
) -> Conclusion:
    """Crawl a service whose windows of a day hold these packages, one for each."""
    at = DAY_1 + timedelta(days=day)
    clock = fixed_clock(at)
    frontier, ingestor = Frontier(database, clock), Ingestor(database, clock)
    record = service()
    frontier.register([replace(record, definition=expect) if expect else record])
    windows = {f"{FTS.url}window/{day}/{name}": name for name in packages}
    run = frontier.start(record.name, [Found(url, 0, "list") for url in windows], 100)
    while tasks := frontier.lease(run, 10):
        for task in tasks:
            body = (PACKAGES / windows[task.url]).read_bytes()
            listed = FTS.listed(Listing(task.url, body, "application/json"))
            ingestor.ingest(
                PageVisit(
                    run=run,
                    task=task,
                    state="listed",
                    fetched_at=at,
                    status=200,
                    raw_sha=sha256(body).hexdigest(),
                    size=len(body),
                    documents=listed.documents,
                    found=listed.found,
                    final=True,
                )
            )
    return ingestor.conclude(run)


def supplier_site(*, number: bool = True) -> Site:
    named = SupplierDraft(
        extractor="company@1",
        name=quoted("Rotaflow Systems Ltd"),
        identifiers=(("GB-COH", "99000001"),) if number else (),
    )
    record = replace(source("rotaflow"), publisher="Rotaflow Systems Ltd")
    scribe = page("Rotaflow Scribe", "A scribe.", tool("Rotaflow Scribe", HOME), named)
    return Site(record, {HOME: scribe})


def scribe_of(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(Tool.id).where(Tool.name == "Rotaflow Scribe")).one()


def shown(database: Database) -> list[NoticeRow]:
    with database.read() as session:
        return of_tool(session, scribe_of(database))


def told(database: Database) -> list[SignalRow]:
    with database.read() as session:
        return [one for one in signals(session, 100) if one.type.startswith("SIG_NOTICE")]


def test_every_release_of_a_package_is_a_document_with_the_packages_bytes(
    database: Database,
) -> None:
    harvest(database, ["fts_uk6.json"])
    with database.read() as session:
        assert session.scalar(select(func.count(Document.id))) == 3
        assert session.scalar(select(func.count(func.distinct(Snapshot.raw_sha)))) == 1
        states = session.execute(select(Visit.state, func.count()).group_by(Visit.state))
        assert {row[0]: row[1] for row in states} == {"listed": 1, "read": 3}
        (task,) = session.scalars(select(CrawlTask))
        assert (task.state, task.final, task.document_id) == ("done", True, None)
    assert check(database, lambda _: True) == []


def test_notices_of_one_process_are_compiled_into_what_holds_now(database: Database) -> None:
    harvest(database, ["fts_uk10.json", "fts_uk2.json", "fts_uk6.json", "fts_uk4.json"])
    with database.read() as session:
        (row,) = procurements(session, PROCESS)
    assert [one.type for one in row.releases] == [
        "Preliminary market engagement notice",
        "Tender notice",
        "Contract award notice",
        "Contract change notice",
    ]
    assert (row.stage, row.buyer) == ("contract", "Northshire Hospitals NHS Foundation Trust")
    assert (row.value, row.ceiling) == ("£350,000", "")
    assert row.suppliers == ("Rotaflow Systems Ltd", "Quillcrest Limited")
    assert (row.deadline, row.ends_on) == (date(2026, 11, 20), date(2030, 3, 31))


def test_several_buyers_under_one_ocid_stay_apart(database: Database) -> None:
    harvest(database, ["fts_uk6.json"])
    with database.read() as session:
        rows = procurements(session, "ocds-h6vhtk-0f0009")
    assert {(row.buyer, row.suppliers, row.value) for row in rows} == {
        ("Northshire Hospitals NHS Foundation Trust", ("Rotaflow Systems Ltd",), "£50,000"),
        ("Westmarch Integrated Care Board", ("Quillcrest Limited",), "£60,000"),
    }


def test_a_frameworks_ceiling_is_never_a_contracts_value(database: Database) -> None:
    harvest(database, ["fts_uk4.json"])
    with database.read() as session:
        (row,) = procurements(session, "ocds-h6vhtk-0f0003")
    assert (row.value, row.ceiling) == ("", "£1,200,000,000")


def test_a_tool_is_found_by_its_suppliers_number_and_else_by_its_name(database: Database) -> None:
    harvest(database, ["fts_uk6.json"])
    crawl(database, supplier_site())
    rows = shown(database)
    assert {row.ocid: row.basis for row in rows} == {
        PROCESS: "IDENTIFIER",
        "ocds-h6vhtk-0f0009": "IDENTIFIER",
    }
    assert {row.buyer for row in rows} == {"Northshire Hospitals NHS Foundation Trust"}


def test_without_a_number_the_suppliers_name_is_the_basis(database: Database) -> None:
    crawl(database, supplier_site(number=False))
    harvest(database, ["fts_uk6.json"])
    assert {row.basis for row in shown(database)} == {"NAME"}


def test_a_notice_that_names_the_tool_says_so_whichever_was_read_first(
    database: Database,
) -> None:
    harvest(database, ["cf_page2.json"])
    crawl(database, supplier_site())
    (row,) = shown(database)
    assert (row.basis, row.type, row.suppliers) == (
        "NAME_IN_TEXT",
        "Award notice",
        ("ROTAFLOW SYSTEMS LIMITED",),
    )
    with database.read() as session:
        assert detail(session, scribe_of(database)).notices == (row,)


def test_suppliers_of_notices_do_not_become_suppliers_of_the_catalogue(database: Database) -> None:
    harvest(database, ["fts_uk6.json"])
    crawl(database, supplier_site())
    with database.read() as session:
        named = session.scalars(select(Tool.name)).all()
        assert named == ["Rotaflow Scribe"]


def test_the_first_crawl_tells_nothing_and_later_notices_are_signals(database: Database) -> None:
    crawl(database, supplier_site())
    harvest(database, ["fts_uk2.json"])
    assert told(database) == []
    assert harvest(database, ["fts_uk4.json"], day=1).signals == 2
    harvest(database, ["fts_uk6.json", "cf_page2.json"], day=29)
    harvest(database, ["fts_uk10.json"], day=31)
    assert sorted((one.type, one.subject) for one in told(database)) == [
        ("SIG_NOTICE_AWARD", "Ambient voice technology for outpatient letters"),
        ("SIG_NOTICE_AWARD", "Qualification system for ambient voice"),
        ("SIG_NOTICE_AWARD", "Qualification system for ambient voice"),
        ("SIG_NOTICE_AWARD", "Rotaflow Scribe"),
        ("SIG_NOTICE_CHANGE", "Ambient voice technology for outpatient letters"),
        ("SIG_NOTICE_TENDER", "Ambient voice technology for outpatient letters"),
        ("SIG_NOTICE_TENDER", "Digital documentation framework"),
    ]
    by_subject = {(one.type, one.subject): one for one in told(database)}
    award = by_subject["SIG_NOTICE_AWARD", "Rotaflow Scribe"]
    assert award.tool_id == scribe_of(database)
    assert award.after == (
        "Award notice by Sandmoor Community Trust to ROTAFLOW SYSTEMS LIMITED, £24,000, "
        "“Rotaflow Scribe licences”"
    )
    framework = by_subject["SIG_NOTICE_TENDER", "Digital documentation framework"]
    assert "framework ceiling £1,200,000,000" in framework.after


def test_a_notice_read_again_in_another_window_is_no_news(database: Database) -> None:
    harvest(database, ["fts_uk2.json"])
    harvest(database, ["fts_uk2.json"], day=1)
    assert told(database) == []
    with database.read() as session:
        assert session.scalar(select(func.count(Notice.id))) == 2
        last = session.scalars(select(Visit.state).order_by(Visit.id.desc()).limit(3)).all()
        assert sorted(last) == ["listed", "unchanged", "unchanged"]


def test_past_windows_are_not_asked_for_again(database: Database) -> None:
    harvest(database, ["fts_uk2.json"])
    frontier = Frontier(database, fixed_clock(DAY_2))
    assert frontier.reached("find_a_tender") == DAY_1
    assert frontier.reached("nobody") is None
    run = frontier.start("find_a_tender", [], 100)
    assert frontier.lease(run, 10) == []
    assert Ingestor(database, fixed_clock(DAY_2)).conclude(run).state == "finished"


def test_windows_of_a_run_that_failed_are_asked_for_again(database: Database) -> None:
    harvest(database, ["fts_uk2.json"])
    wanted = '{"expect": {"documents": {"min": 50}}}'
    assert harvest(database, ["fts_uk4.json"], day=1, expect=wanted).state == "failed"
    with database.read() as session:
        assert session.scalar(select(func.count(Notice.id))) == 2
        assert session.scalar(select(func.count(Signal.id))) == 0
    frontier = Frontier(database, fixed_clock(DAY_2))
    run = frontier.start("find_a_tender", [], 100)
    assert [task.url for task in frontier.lease(run, 10)] == [f"{FTS.url}window/1/fts_uk4.json"]


def test_amounts_are_told_as_they_were_given() -> None:
    assert money(120_000, 120_000, "GBP") == "£120,000"
    assert money(1_000.5, 2_500_000, "EUR") == "€1,000.50 to €2,500,000"
    assert money(7, 7, "NOK") == "NOK 7"
    assert money(None, None, "GBP") == ""


def award(**given: object) -> NoticeDraft:
    """An award of a scribe to one of two suppliers that each have one of this name."""
    facts = {
        "extractor": "notice@1",
        "ocid": PROCESS,
        "release_id": "1",
        "notice_type": "NTC_UK6",
        "title": "Licences for Scribe",
        "buyer": Party(name="Holm Surgery", identifiers=(("GB-NHS", "H81001"),)),
        "suppliers": (Party(name="Rotaflow Systems Limited"),),
        "value_low": 100.0,
        "value_high": 100.0,
        "starts_on": date(2027, 1, 4),
        "quote": quoted("Licences for Scribe"),
    }
    return NoticeDraft.model_validate({**facts, **given})


def places(database: Database, draft: NoticeDraft) -> list[tuple[object, ...]]:
    makers = [
        Site(
            replace(source(name), publisher=publisher),
            {f"http://www.{name}.example/s": page("S", "S.", tool("Scribe", ""))},
        )
        for name, publisher in (("rotaflow", "Rotaflow Systems Ltd"), ("quill", "Quill Ltd"))
    ]
    notice = page(draft.title, "Licences.", draft, kind="notice")
    crawl(database, *makers, Site(service(), {"http://www.fts.example/1": notice}))
    with database.read() as session:
        rows = session.scalars(select(Deployment)).all()
        tools = {one.id: one.supplier.name for one in session.scalars(select(Tool))}
        return [
            (tools[row.tool_id], row.buyer.name, row.phase, row.funding, row.started_on)
            for row in rows
            if row.tool_id
        ]


def test_an_award_puts_the_tool_of_its_supplier_to_use_but_not_yet(database: Database) -> None:
    assert places(database, award()) == [
        (
            "Rotaflow Systems Ltd",
            "Holm Surgery",
            "PH_PRE_DEPLOYMENT",
            "TRIAL_FUND_LOCAL_BUDGET",
            date(2027, 1, 4),
        )
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"notice_type": "NTC_UK4"},
        {"framework": True},
        {"buyer": None},
        {"title": "Licences for software"},
        {"suppliers": ()},
    ],
    ids=["tender", "framework", "no buyer", "no tool named", "either supplier's"],
)
def test_other_notices_put_nothing_to_use(database: Database, given: dict[str, object]) -> None:
    assert places(database, award(**given)) == []
