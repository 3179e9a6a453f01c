"""What the calendar alone tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from catalogue.assurance import Stated
from catalogue.changes import Change
from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import Quote, Reading, ToolDraft, Value
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Ingestor
from catalogue.models import Signal
from catalogue.passing import Certificate, Framework, Pilot, ageing, ending, silent
from tests.catalogue.visits import DAY_1, Site, crawl, page, source, visit_of

SEEN = date(2026, 1, 5)
ENDS = date(2026, 11, 30)
LAST = date(2026, 12, 31)
ROTA = "http://www.rotaflow.example/products/rota"


def certificate(until: date | None = ENDS, state: str = "AST_CLAIMED") -> Certificate:
    stated = Stated("ASR_CYBER_ESS", state, SEEN, "", None, until)
    return Certificate(1, 7, stated, SEEN, "Valid until 30 November 2026.")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), []),
        (date(2026, 10, 1), [("SIG_ASSURANCE_EXPIRING", "ends on 30 November 2026")]),
        (ENDS, [("SIG_ASSURANCE_EXPIRING", "ends on 30 November 2026")]),
        (date(2026, 12, 1), [("SIG_ASSURANCE_LAPSED", "lapsed on 30 November 2026")]),
    ],
)
def test_a_certificate_ends(today: date, expected: list[tuple[str, str]]) -> None:
    found = [one.change for one in ageing([certificate()], today)]
    assert [(one.type, one.after) for one in found] == [
        (kind, f"Cyber Essentials: {words}") for kind, words in expected
    ]
    assert all(one.before == "Cyber Essentials: Supplier says" for one in found)
    assert all(one.quote == "Valid until 30 November 2026." for one in found)


def test_what_was_about_to_end_when_it_was_seen_is_no_news() -> None:
    soon = SEEN + timedelta(days=60)
    assert list(ageing([certificate(soon)], SEEN + timedelta(days=10))) == []
    assert len(list(ageing([certificate(soon)], soon + timedelta(days=1)))) == 1


def test_what_had_lapsed_before_it_was_seen_is_no_news() -> None:
    assert list(ageing([certificate(SEEN - timedelta(days=1))], date(2026, 12, 1))) == []


def test_what_its_page_says_has_lapsed_is_told_by_its_page() -> None:
    assert list(ageing([certificate(state="AST_LAPSED")], date(2026, 12, 1))) == []


def test_what_has_no_last_day_never_ends() -> None:
    assert list(ageing([certificate(None)], date(2036, 1, 1))) == []


def pilot(on: date, phase: str = "PH_BETA_PILOT", seen: date = SEEN, document: int = 1) -> Pilot:
    return Pilot(1, "Vale ICB", document, phase, on, seen, "A pilot.")


TOLD = date(2025, 12, 1)


def test_a_pilot_falls_silent() -> None:
    (due,) = silent([pilot(TOLD), pilot(date(2025, 3, 1))], date(2026, 12, 2))
    assert due.change == Change(
        "SIG_PILOT_SILENT",
        1,
        "Vale ICB: Pilot",
        "Vale ICB: nothing told since 1 December 2025",
    )


@pytest.mark.parametrize(
    ("pilots", "today"),
    [
        ([pilot(TOLD)], date(2026, 12, 1)),
        ([pilot(TOLD), pilot(date(2026, 5, 1), document=2)], date(2026, 12, 2)),
        ([pilot(TOLD), pilot(TOLD, "PH_PRODUCTION", document=2)], date(2026, 12, 2)),
        ([pilot(TOLD), pilot(TOLD, "PH_RETIRED", document=2)], date(2026, 12, 2)),
        ([pilot(date(2019, 5, 1))], date(2026, 12, 2)),
    ],
    ids=["not yet", "told again", "in use", "ended", "silent before it was seen"],
)
def test_a_pilot_that_has_not_fallen_silent(pilots: list[Pilot], today: date) -> None:
    assert list(silent(pilots, today)) == []


def test_a_framework_that_lists_a_tool_ends() -> None:
    frameworks = [Framework(3, "G-Cloud 14: extension", date(2026, 10, 28), "Until 28 October.")]
    listed = [(1, "G-Cloud 14"), (2, "Spark")]
    (due,) = ending(frameworks, listed, date(2026, 6, 1))
    assert due.change == Change(
        "SIG_FRAMEWORK_ENDING", 1, "listed on G-Cloud 14", "G-Cloud 14: ends on 28 October 2026"
    )
    assert list(ending(frameworks, listed, date(2026, 1, 1))) == []
    assert list(ending(frameworks, listed, date(2026, 10, 29))) == []


def product(until: date, says: str = "Builds rosters.") -> Reading:
    words = f"Cyber Essentials, valid until {until.isoformat()}"
    value = Value(
        property="assurance.ASR_CYBER_ESS",
        value="AST_CLAIMED",
        original=words,
        quote=Quote(text=words, place="p"),
        valid_until=until,
    )
    name = Quote(text="RotaFlow", place="h1")
    draft = ToolDraft(extractor="product_page@1", name=name, homepage=ROTA, values=(value,))
    return page("RotaFlow", f"{says} {words}", draft)


def told(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.after) for row in rows if row.type.startswith("SIG_ASSURANCE")]


def run(database: Database, at: datetime, reading: Reading | None = None) -> None:
    crawl(database, Site(source(), {ROTA: reading or product(LAST)}), at=at)


def test_each_is_told_once_and_never_by_a_first_run(database: Database) -> None:
    run(database, DAY_1)
    assert told(database) == []
    for days in (20, 31, 40, 90, 100):
        run(database, DAY_1 + timedelta(days=days))
    assert told(database) == [
        ("SIG_ASSURANCE_EXPIRING", "Cyber Essentials: ends on 31 December 2026"),
        ("SIG_ASSURANCE_LAPSED", "Cyber Essentials: lapsed on 31 December 2026"),
    ]


def test_a_renewed_certificate_does_not_lapse(database: Database) -> None:
    run(database, DAY_1)
    run(database, DAY_1 + timedelta(days=100), product(LAST.replace(year=2027)))
    assert told(database) == []


def test_a_run_that_failed_tells_nothing(database: Database) -> None:
    run(database, DAY_1)
    at = DAY_1 + timedelta(days=100)
    frontier, ingestor = Frontier(database, fixed_clock(at)), Ingestor(database, fixed_clock(at))
    started = frontier.start("rotaflow", [Found(ROTA, 0)], 100)
    for task in frontier.lease(started, 9):
        ingestor.ingest(visit_of(started, task, product(LAST), at))
    assert ingestor.conclude(started, "The site was given up.").state == "failed"
    assert told(database) == []
