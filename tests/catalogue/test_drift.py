"""A result told again, through the whole of ingest: who repeats whom, and what is news of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.drafts import ClaimDraft, EvidenceDraft
from catalogue.models import Signal, Tool
from catalogue.projection import out_of_step
from catalogue.queries.detail import detail
from catalogue.rows import ToolDetail
from tests.catalogue.visits import DAY_2, Site, crawl, page, quoted, source, tool

PRODUCT = "http://www.quill.example/scribe"
STUDY = "http://www.network.example/evaluation"
REPORT = "http://www.press.example/news/1"
FOUND = "Clinicians with Quill Scribe spent 23.5% less time on documentation."
TOLD = "Quill Scribe cuts documentation by nearly a quarter, the University of Westmarch says."
BY = "The University of Westmarch compared nine practices."


def share(words: str, high: float, hedge: str = "") -> ClaimDraft:
    return ClaimDraft(
        extractor="claims@1",
        quote=quoted(words, ""),
        dimension="BEN_TIME",
        metric="documentation",
        direction="down",
        low=None if hedge else high,
        high=high,
        unit="percent",
        hedge=hedge,
    )


def study(grade: str = "EVS_3") -> EvidenceDraft:
    return EvidenceDraft(
        extractor="article@1",
        title="An independent evaluation",
        quote=quoted(BY, ""),
        evidence_type="EVT_NRC",
        strength=grade,
        funder="REL_NHS_NATIONAL",
        measurer="REL_INDEPENDENT",
        author="REL_INDEPENDENT",
    )


def product() -> Site:
    told = page("Quill Scribe", "Quill Scribe writes notes.", tool("Quill Scribe", PRODUCT))
    return Site(source("quill"), {PRODUCT: told})


def evaluation() -> Site:
    told = page("Evaluation", f"{BY} {FOUND}", share(FOUND, 23.5), study(), kind="news")
    dated = told.model_copy(update={"published_on": date(2026, 8, 26)})
    return Site(source("network", kind="network"), {STUDY: dated})


def press(words: str = TOLD, high: float = 25, hedge: str = "nearly") -> Site:
    told = page("Paperwork down", words, share(words, high, hedge), kind="news")
    dated = told.model_copy(update={"published_on": date(2026, 8, 27)})
    record = source("press", kind="publisher", voice="VOICE_PRESS")
    return Site(record, {**blank().pages, REPORT: dated})


def blank() -> Site:
    """The press, before it has written anything about the tool."""
    record = source("press", kind="publisher", voice="VOICE_PRESS")
    return Site(record, {"http://www.press.example/": page("Ward & Wire", "A trade paper.")})


def known(database: Database) -> ToolDetail:
    with database.read() as session:
        assert list(out_of_step(session)) == []
        return detail(session, session.scalars(select(Tool.id)).one())


def signals(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.before, row.after) for row in rows]


def test_a_retelling_repeats_the_study_and_shows_the_path(database: Database) -> None:
    crawl(database, product(), evaluation(), press())
    first, again = known(database).claims
    assert (first.figure, first.standing) == ("23.5%", "independent")
    assert [one.figure for one in first.path] == ["23.5%", "nearly 25%"]
    assert again.repeats == first.path[0]
    assert again.repeats is not None
    assert again.repeats.on == date(2026, 8, 26)
    assert signals(database) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (2, 0, 1)])
def test_the_order_of_sites_does_not_matter(database: Database, order: tuple[int, ...]) -> None:
    sites = (product(), evaluation(), press())
    crawl(database, *(sites[place] for place in order))
    first, again = known(database).claims
    assert (first.figure, again.figure) == ("23.5%", "nearly 25%")
    assert (first.standing, again.standing) == ("independent", "independent")
    assert again.repeats is not None


def test_a_new_retelling_with_another_figure_is_drift_and_no_new_claim(database: Database) -> None:
    crawl(database, product(), evaluation(), blank())
    crawl(database, press(), at=DAY_2)
    assert signals(database) == [("SIG_CLAIM_DRIFT", "23.5%", "nearly 25%")]


def test_a_new_retelling_with_the_same_figure_is_no_news(database: Database) -> None:
    crawl(database, product(), evaluation(), blank())
    crawl(
        database,
        press("The University of Westmarch: 23.5% less documentation.", 23.5, ""),
        at=DAY_2,
    )
    assert signals(database) == []


def test_another_study_with_another_figure_is_a_new_claim(database: Database) -> None:
    words = "At Northmere University, Quill Scribe cut documentation by 25%."
    crawl(database, product(), evaluation(), blank())
    crawl(database, press(words, 25, ""), at=DAY_2)
    assert signals(database) == [("SIG_CLAIM_ADDED", "", "25%")]


def test_a_page_that_is_gone_is_repeated_by_nobody(database: Database) -> None:
    crawl(database, product(), evaluation(), press())
    gone = Site(source("network", kind="network"), {STUDY: "gone"})
    crawl(database, gone, at=DAY_2)
    (left,) = known(database).claims
    assert (left.repeats, left.path, left.bearings) == (None, (), ())
    assert left.standing == "unsupported"
