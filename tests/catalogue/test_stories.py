"""Documents that tell the same story, and which of them told it first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.changes import Change
from catalogue.database import Database
from catalogue.models import Document, StoryBand
from catalogue.queries.stories import marked, told
from catalogue.queries.totals import totals
from catalogue.rows import Hit
from catalogue.sketch import same_story, sketch
from catalogue.stories import Telling, head, retold, settle
from tests.builders import (
    make_deployment,
    make_document,
    make_evidence,
    make_organisation,
    make_source,
    make_tool,
)

RELEASE = (
    "Fenbury General Hospitals has begun a pilot of a rota engine in fourteen wards. The engine "
    "drafts a roster for six weeks at a time and the ward manager changes what does not suit. "
    "Nurses were asked which shifts they would rather not work, and the answers were written into "
    "the rules before the first roster was made. The pilot runs until the end of March and its "
    "results are to be published by the trust together with what it cost."
)
COPY = (
    "It has been a long winter on the wards. " + RELEASE + " A spokeswoman said that nobody had "
    "yet complained, which at Fenbury counts as praise. Unions will be watching closely."
)
ABOUT = (
    " About us: the company makes software for wards, clinics and community teams and was founded "
    "by two nurses who had had enough of paper. It employs forty people in two towns, publishes "
    "what its tools cost, and answers every letter that is written by hand within the week. "
)
OTHER = (
    "Saltreach plans its visits by a route planner since the spring. Twelve nurses and two "
    "planners were asked what had changed, and most of them said that days were calmer than they "
    "used to be, though nobody could say whether patients had noticed anything of it at all."
)


def test_a_copy_tells_the_same_and_another_story_does_not() -> None:
    release, copy, other = sketch(RELEASE), sketch(COPY), sketch(OTHER)
    assert same_story(release, copy)
    assert same_story(copy, release)
    assert release.bands & copy.bands
    assert not same_story(release, other)
    assert not release.bands & other.bands


def test_two_releases_of_one_house_share_no_more_than_its_last_paragraph() -> None:
    one, other = sketch(RELEASE[:200] + ABOUT), sketch(OTHER[:200] + ABOUT)
    assert not same_story(one, other)


def test_a_few_words_tell_no_story() -> None:
    assert sketch("Rotas, drafted overnight.").bands == frozenset()
    assert not same_story(sketch("Rotas."), sketch("Rotas."))


def test_capitals_and_punctuation_do_not_matter() -> None:
    assert sketch(RELEASE).bands == sketch(RELEASE.upper().replace(".", " !")).bands


def telling(number: int, voice: str, day: int | None) -> Telling:
    on = None if day is None else date(2026, 5, day)
    return Telling(number, f"http://www.a.example/{number}", voice, on)


@pytest.mark.parametrize(
    ("tellings", "first"),
    [
        ([telling(1, "VOICE_PRESS", 3), telling(2, "VOICE_SUPPLIER", 2)], 2),
        ([telling(1, "VOICE_PRESS", 2), telling(2, "VOICE_SUPPLIER", 3)], 1),
        ([telling(1, "VOICE_PRESS", 3), telling(2, "VOICE_SUPPLIER", 3)], 2),
        ([telling(1, "VOICE_PRESS", 3), telling(2, "VOICE_SUPPLIER", None)], 2),
        ([telling(1, "VOICE_PRESS", None), telling(2, "VOICE_PRESS", 3)], 2),
        ([telling(2, "VOICE_PRESS", 3), telling(1, "VOICE_PRESS", 3)], 1),
    ],
)
def test_the_original_is_the_earliest_and_speaks_for_itself(
    tellings: Sequence[Telling], first: int
) -> None:
    assert head(tellings) == first
    assert head(reversed(tellings)) == first


PAGES = (
    ("http://www.rotaflow.example/news/1", "rotaflow", RELEASE, date(2026, 5, 4)),
    ("http://www.press.example/1", "press", COPY, date(2026, 5, 5)),
    ("http://www.press.example/feed/1", "press", COPY + " Read more.", date(2026, 5, 6)),
    ("http://www.press.example/2", "press", OTHER, date(2026, 5, 1)),
)
"""Address, source, text and day of each page."""


def read(session: Session, pages: Sequence[tuple[str, str, str, date]]) -> dict[str, Document]:
    """Documents, each settled when it is read."""
    read: dict[str, Document] = {}
    for url, name, text, day in pages:
        voice = "VOICE_SUPPLIER" if name == "rotaflow" else "VOICE_PRESS"
        publisher = make_organisation(session, name, kind="publisher")
        source = make_source(session, name, publisher=publisher, voice=voice)
        document = make_document(
            session, url, source=source, text=text, kind="news", published_on=day
        )
        settle(session, document)
        read[url] = document
    return read


def stories(session: Session) -> dict[str, str]:
    """The address of the original, by that of the retelling."""
    urls = dict(session.execute(select(Document.id, Document.url)).all())
    query = select(Document.id, Document.story_id).where(Document.story_id.is_not(None))
    return {urls[one]: urls[first] for one, first in session.execute(query) if first is not None}


EXPECTED = {PAGES[1][0]: PAGES[0][0], PAGES[2][0]: PAGES[0][0]}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(PAGES))
def test_the_order_of_reading_does_not_matter(
    database: Database, order: list[tuple[str, str, str, date]]
) -> None:
    with database.read() as session:  # nothing of it is kept
        read(session, order)
        assert stories(session) == EXPECTED


def test_reading_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        for document in read(session, PAGES).values():
            assert settle(session, document) == set()
        assert stories(session) == EXPECTED


def test_a_page_that_says_something_else_leaves_its_story(database: Database) -> None:
    with database.write() as session:
        pages = read(session, PAGES)
        original = pages[PAGES[0][0]]
        original.text = "The release was taken down. " + ABOUT
        session.flush()
        settle(session, original)
        session.expire_all()
        assert stories(session) == {PAGES[2][0]: PAGES[1][0]}
        original.text = RELEASE
        session.flush()
        settle(session, original)
        assert stories(session) == EXPECTED


def test_only_stories_are_compared(database: Database) -> None:
    with database.write() as session:
        for number in range(2):
            page = make_document(session, f"http://www.a.example/{number}", text=RELEASE)
            assert settle(session, page) == set()
        assert session.scalars(select(StoryBand.band)).all() == []


def test_what_others_tell_is_counted_without_pages_that_are_gone(database: Database) -> None:
    with database.write() as session:
        pages = [*read(session, PAGES).values()]
        original, copy, _, alone = (page.id for page in pages)
        first = PAGES[0][0]
        assert told(session, [original, copy, alone]) == {original: ("", 2), copy: (first, 2)}
        hits = [Hit("tool", copy, "", "", 1, "", ""), Hit("document", copy, "", "", 1, "", "")]
        of_tool, of_page = marked(session, hits)
        assert (of_tool.also, of_page.retells, of_page.also) == (0, first, 2)
        pages[2].gone_at = pages[2].last_seen
        session.flush()
        assert told(session, [original]) == {original: ("", 1)}


def test_evidence_that_is_told_again_is_counted_once(database: Database) -> None:
    with database.write() as session:
        pages = [*read(session, PAGES).values()]
        tool = make_tool(session, "RotaFlow")
        for page in pages:
            make_evidence(session, tool, document=page)
        assert totals(session).evidence == 2


def test_a_retelling_is_no_second_signal(database: Database) -> None:
    with database.write() as session:
        pages = [*read(session, PAGES).values()]
        tool = make_tool(session, "RotaFlow")
        make_evidence(session, tool, document=pages[0])
        make_deployment(session, tool, "Fenbury General Hospitals", document=pages[0])
        study = Change("SIG_EVIDENCE_PUBLISHED", tool.id, "", "The same, in other words")
        place = Change("SIG_DEPLOYMENT_ADDED", tool.id, "", "Fenbury General Hospitals")
        elsewhere = Change("SIG_DEPLOYMENT_ADDED", tool.id, "", "Northmere")
        price = Change("SIG_PRICE_CHANGED", tool.id, "£1", "£2")
        news = [study, place, elsewhere, price]
        assert list(retold(session, pages[1], news)) == [elsewhere, price]
        assert list(retold(session, pages[3], news)) == news
