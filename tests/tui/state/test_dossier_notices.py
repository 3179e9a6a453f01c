"""Procurements of a tool: what they came to, why they are shown, and no ceiling as a value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalogue.rows import NoticeRow, Provenance, ReleaseRow
from tests.tui import market
from tests.tui.state.test_dossier import text
from tui.state import dossier

SAID = Provenance(
    said_by="Find a Tender",
    voice="Government",
    quote="Ambient voice for outpatients",
    place="/releases/0/tender/title",
    url="https://notices.example/900020-2026",
    document="Ambient voice for outpatients",
    first_seen=date(2026, 11, 5),
    last_seen=date(2026, 11, 5),
    extractor="notice@1",
)
AWARD = NoticeRow(
    ocid="ocds-h6vhtk-0f0001",
    title="Ambient voice for outpatients",
    buyer="Northshire Hospitals NHS Foundation Trust",
    stage="award",
    type="Contract award notice",
    suppliers=("Rotaflow Systems Ltd",),
    value="£310,000",
    ceiling="",
    published_on=date(2026, 11, 3),
    deadline=date(2026, 10, 20),
    starts_on=date(2027, 4, 1),
    ends_on=date(2029, 3, 31),
    url=SAID.url,
    basis="IDENTIFIER",
    releases=(
        ReleaseRow(
            release_id="900020-2026",
            type="Contract award notice",
            stage="award",
            changes=False,
            title="Ambient voice for outpatients",
            published_on=date(2026, 11, 3),
            url=SAID.url,
            provenance=SAID,
        ),
    ),
)


def shown(*rows: NoticeRow) -> str:
    return text(dossier.evidence(replace(market.detail(1), notices=rows)))


def test_a_procurement_says_what_it_came_to_and_why_it_is_shown() -> None:
    told = shown(AWARD)
    assert "Contract award notice, Northshire Hospitals NHS Foundation Trust" in told
    assert "to Rotaflow Systems Ltd · £310,000" in told
    assert "ends 31 Mar 2029" in told
    assert "by registered number; the tool is not named" in told
    assert "Government says, 5 Nov 2026: “Ambient voice for outpatients”" in told


def test_a_frameworks_ceiling_is_called_one() -> None:
    told = shown(replace(AWARD, value="", ceiling="£1,200,000,000"))
    assert "framework ceiling £1,200,000,000" in told
    assert "· £1,200,000,000" not in told


def test_what_is_not_known_is_said_in_words() -> None:
    told = shown(replace(AWARD, value="", suppliers=(), buyer="", published_on=None))
    assert "buyer not stated" in told
    assert "no supplier named · value not stated" in told


def test_a_tool_without_notices_has_no_such_section() -> None:
    assert "Procurement" not in shown()


def test_its_provenance_lists_the_notices_in_order() -> None:
    entries = dossier.evidence(replace(market.detail(1), notices=(AWARD,)))
    (subject,) = (e.subject for e in entries if e.subject and e.subject.title == "Procurement")
    assert subject.notes[0] == "3 Nov 2026: Contract award notice"
    assert subject.provenance == SAID
