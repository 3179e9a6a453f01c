"""What the fields of the query language let pass."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import ToolDraft
from catalogue.errors import NotFoundError
from catalogue.queries.tools import browse, rows
from catalogue.query import read
from catalogue.review.shortlists import Shortlists
from tests.catalogue.visits import DAY_1, DAY_2, Site, claim, crawl, page, source, tool

QUILL = "http://www.quill.example/products/Quill"
ROTA = "http://www.rotaflow.example/products/RotaFlow"
TODAY = date(2026, 11, 28)


@pytest.fixture
def market(database: Database) -> Database:
    """A scribe that claims time and says it has DTAC 2; a rota tool with DTAC 1, seen later."""
    scribe = {"assurance__ASR_DTAC": "AST_CLAIMED", "autonomy": "AUT_4_APPROVER"}
    scribe["use_case"] = "UC_DOC_SCRIBE"
    crawl(
        database,
        Site(
            source("quill"),
            {
                QUILL: page(
                    "Quill",
                    "Ambient scribe for general practice. DTAC 2.0 compliant.",
                    with_words(tool("Quill", QUILL, **scribe), "DTAC 2.0"),
                    claim("Quill saves up to 2 hours a week."),
                )
            },
        ),
        at=DAY_1,
    )
    rota = {"assurance__ASR_DTAC": "AST_CLAIMED", "use_case": "UC_SCHED_ROTA"}
    crawl(
        database,
        Site(
            source("rotaflow"),
            {
                ROTA: page(
                    "RotaFlow",
                    "Rostering for wards. DTAC v1.",
                    with_words(tool("RotaFlow", ROTA, **rota), "DTAC v1"),
                )
            },
        ),
        at=DAY_2,
    )
    shortlists = Shortlists(database, "J. Smith", fixed_clock(datetime(2026, 11, 20, tzinfo=UTC)))
    shortlists.create("Scribes", "")
    with database.read() as session:
        (quill,) = browse(session, read("use:scribe").filters)
    shortlists.add("Scribes", [quill], "fits")
    return database


def with_words(draft: ToolDraft, words: str) -> ToolDraft:
    """The draft, its certificate in these words."""
    values = tuple(
        value.model_copy(update={"original": words})
        if value.property.startswith("assurance.")
        else value
        for value in draft.values
    )
    return draft.model_copy(update={"values": values})


def names(database: Database, text: str, today: date = TODAY) -> list[str]:
    with database.read() as session:
        ids = browse(session, read(text).filters, today=today)
        lines = rows(session, ids)
        return [lines[one].name for one in ids]


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("", ["Quill", "RotaFlow"]),
        ("-use:scribe", ["RotaFlow"]),
        ("autonomy:>=4", ["Quill"]),
        ("autonomy:<=4", ["Quill"]),
        ("-autonomy:>=4", ["RotaFlow"]),
        ("autonomy:not_stated", ["RotaFlow"]),
        ("claim:time", ["Quill"]),
        ("claim:money", []),
        ("-claim:time", ["RotaFlow"]),
        ("assured:dtac", ["Quill"]),
        ("assured:dtac2", ["Quill"]),
        ("assured:dtac1", []),
        ("assured:dspt", []),
        ("-assured:dtac", ["RotaFlow"]),
        ('supplier:"Quill Limited"', ["Quill"]),
        ("supplier:quill,rotaflow", ["Quill", "RotaFlow"]),
        ("-supplier:quill", ["RotaFlow"]),
        ("changed:>2026-10-20", ["RotaFlow"]),
        ("changed:2026-10", ["Quill"]),
        ("changed:<=2026-10-05", ["Quill"]),
        ("changed:30d", ["RotaFlow"]),
        ("changed:7d", []),
        ("changed:2026-10,2026-11", ["Quill", "RotaFlow"]),
        ("shortlisted:no", ["RotaFlow"]),
        ("shortlisted:yes", ["Quill"]),
        ("shortlisted:scribes", ["Quill"]),
        ("-shortlisted:scribes", ["RotaFlow"]),
    ],
)
def test_a_field_lets_pass_what_it_says(market: Database, text: str, passing: list[str]) -> None:
    assert names(market, text) == passing


def test_assurance_holds_until_it_lapses(market: Database) -> None:
    assert names(market, "assured:dtac1", date(2026, 4, 1)) == ["RotaFlow"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("supplier:Quil", "Did you mean 'Quill Ltd'?"),
        ("shortlisted:Scribs", "Did you mean 'Scribes'?"),
    ],
)
def test_a_name_that_there_is_not_is_answered_with_the_nearest(
    market: Database, text: str, answer: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        names(market, text)
    assert answer in str(caught.value)
