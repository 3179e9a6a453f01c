"""Replay: kept bodies read again, by extractors that changed, without any network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import AnyDraft, ToolDraft, Value
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Ingestor, PageVisit
from catalogue.models import Document, Notice
from catalogue.models import Source as SourceRow
from catalogue.replay import Replay
from catalogue.settings import Settings, load
from crawler.archetypes import Listing
from crawler.child import crawl_in_child
from crawler.extractors import EXTRACTORS
from crawler.extractors.note import Note
from crawler.page import ReadRequest, UnreadablePageError
from crawler.replay import catch_up, replay
from crawler.source import Source
from crawler.view.page_view import PageView
from tests.crawler.shop import DAY_1, DAY_2, HTML, ROTA, Shop, rotaflow
from tests.crawler.small_site import Answer, Asked, SmallSite

PACKAGES = Path(__file__).parent / "ocds_packages"


@pytest.fixture
def shop(database: Database, settings: Settings) -> Shop:
    return Shop(database, settings)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extractor that calls the summary something else than it did, and has a new version."""
    before = EXTRACTORS["json_ld"]

    def after(view: PageView, request: ReadRequest) -> Iterator[AnyDraft | Note]:
        for draft in before(view, request):
            if isinstance(draft, ToolDraft):
                values = tuple(map(_otherwise, draft.values))
                yield draft.model_copy(update={"values": values, "extractor": "json_ld@9"})
            else:
                yield draft

    monkeypatch.setitem(EXTRACTORS, "json_ld", after)
    monkeypatch.setattr("crawler.source.stamp", lambda *_: "another")


def _otherwise(value: Value) -> Value:
    if value.property != "summary":
        return value
    return value.model_copy(update={"value": "Plans who works when."})


def test_the_same_extractors_change_nothing(shop: Shop) -> None:
    shop.crawl(rotaflow())
    before = shop.fingerprint()
    came_to = shop.replay(rotaflow())
    assert (came_to.unchanged, came_to.changed, came_to.left) == (1, 0, [])
    assert shop.fingerprint() == before


def test_changed_extractors_change_values_and_raise_no_signal_now_or_next_time(
    shop: Shop, request: pytest.FixtureRequest
) -> None:
    shop.crawl(rotaflow())
    assert shop.said()["summary"] == "Builds ward rotas."
    request.getfixturevalue("changed")
    dry = shop.replay(rotaflow(), dry=True)
    assert shop.said()["summary"] == "Builds ward rotas."
    came_to = shop.replay(rotaflow())
    assert came_to.counts == dry.counts
    assert came_to.counts["statement", "json_ld@9", "changed"] == 1
    assert came_to.counts["statement", "json_ld@9", "renewed"] > 1
    (told,) = [one for one in came_to.examples if one.difference.what == "changed"]
    assert told.url == ROTA
    assert told.difference.before == "summary: Builds ward rotas."
    assert told.difference.after == "summary: Plans who works when."
    assert shop.said()["summary"] == "Plans who works when."
    shop.crawl(rotaflow(), at=DAY_2)
    assert shop.said()["summary"] == "Plans who works when."
    assert shop.signals() == []
    assert shop.replay(rotaflow()).changed == 0


def test_a_crawl_begins_by_reading_again_what_others_have_read(
    shop: Shop, request: pytest.FixtureRequest
) -> None:
    shop.crawl(rotaflow())
    door = Replay(shop.database)
    assert catch_up([rotaflow()], door, shop.settings).unchanged == 0  # it was read as of today
    request.getfixturevalue("changed")
    assert door.documents("rotaflow", reader=rotaflow().reader) != []
    shop.replay(rotaflow())
    assert door.documents("rotaflow", reader=rotaflow().reader) == []
    dearer = HTML.replace(b"2.50", b"3.50").replace(b"ward rotas.", b"rotas.")
    shop.crawl(rotaflow(), dearer, at=DAY_2)
    assert shop.signals() == ["SIG_PRICE_CHANGED"]


def test_other_extractors_in_the_file_are_other_readers(shop: Shop) -> None:
    shop.crawl(rotaflow())
    wider = rotaflow(extract=["json_ld", "product_page"])
    assert len(Replay(shop.database).documents("rotaflow", reader=wider.reader)) == 1


def test_a_page_whose_bytes_are_missing_is_left_as_it_is(shop: Shop) -> None:
    shop.crawl(rotaflow())
    before = shop.fingerprint()
    for path in shop.settings.snapshots.rglob("*.zst"):
        path.unlink()
    came_to = shop.replay(rotaflow())
    assert [(url, "There is no snapshot" in why) for url, why in came_to.left] == [(ROTA, True)]
    assert shop.fingerprint() == before


def test_a_page_that_is_a_fault_today_is_left_as_it_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.crawl(rotaflow())
    before = shop.fingerprint()

    def refuse(*_: object) -> Iterator[AnyDraft | Note]:
        raise UnreadablePageError("unreadable", "The page is nested too deeply.")

    monkeypatch.setitem(EXTRACTORS, "json_ld", refuse)
    came_to = shop.replay(rotaflow())
    assert came_to.left == [(ROTA, "It cannot be read any more: The page is nested too deeply.")]
    assert shop.fingerprint() == before


def notices(**options: object) -> Source:
    return Source.model_validate(
        {
            "name": "notices",
            "publisher": {"name": "A service", "kind": "regulator"},
            "walk": {"archetype": "ocds", "dialect": "fts", **options},
        }
    )


def test_documents_of_a_listing_are_read_by_its_archetype(shop: Shop) -> None:
    source = notices()
    body = (PACKAGES / "fts_uk6.json").read_bytes()
    url = f"{source.walk.url}?page=1"
    listed = source.walk.listed(Listing(url, body, "application/json"))
    clock = fixed_clock(DAY_1)
    frontier, ingestor = Frontier(shop.database, clock), Ingestor(shop.database, clock)
    frontier.register([source.record()])
    run = frontier.start(source.name, [Found(url, 0, "list")], 10)
    (task,) = frontier.lease(run, 10)
    documents = tuple(
        replace(one, reading=source.signed(one.reading, url, listed=True))
        for one in listed.documents
    )
    ingestor.ingest(
        PageVisit(
            run,
            task,
            "listed",
            DAY_1,
            status=200,
            content_type="application/json",
            raw_sha=shop.kept.put(body),
            size=len(body),
            documents=documents,
        )
    )
    ingestor.conclude(run)
    before = shop.fingerprint()
    with shop.database.read() as session:
        count = len(session.scalars(select(Notice.id)).all())
    assert count == len(documents) > 1
    came_to = shop.replay(source)
    assert (came_to.unchanged, came_to.changed, came_to.left) == (count, 0, [])
    assert shop.fingerprint() == before
    narrowed = shop.replay(notices(about=["no such words anywhere"]))
    assert {why for _, why in narrowed.left} == {"Its listing is not read to hold it any more."}
    assert shop.fingerprint() == before


def test_pages_are_read_in_child_processes_as_in_a_crawl(shop: Shop) -> None:
    shop.crawl(rotaflow())
    door = Replay(shop.database)
    told: list[tuple[int, int]] = []
    came_to = replay(
        [(rotaflow(), door.documents("rotaflow"))],
        door,
        shop.settings,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (came_to.unchanged, came_to.changed, came_to.left) == (1, 0, [])
    assert told == [(1, 1)]


@pytest.mark.slow
def test_a_crawl_of_what_others_have_read_reads_it_again_first_and_asks_for_no_page_twice(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "rota.yml"
    etag = {"Content-Type": "text/html", "ETag": '"1"'}

    def once(asked: list[Asked]) -> Answer:
        return Answer(b"", 304) if asked else Answer(HTML, headers=etag)

    with SmallSite({"/": once}) as site:
        for extract in ("[news]", "[json_ld]"):
            path.write_text(
                "name: rota\npublisher: {name: Rotaflow Ltd}\n"
                f"walk: {{archetype: site, url: '{site.root}'}}\nextract: {extract}\n",
                encoding="utf-8",
            )
            given = load(settings.home, env={}, overrides={"crawl": {"delay": 0.0}})
            *_, last = crawl_in_child(given, [path])
            assert (last.sources[0].faults, last.sources[0].changed) == (0, 0)
        page = [asked for asked in site.asked if asked.path == "/"]
    assert [asked.headers.get("If-None-Match") for asked in page] == [None, '"1"']
    shop = Shop(database, settings)
    assert shop.said()["summary"] == "Builds ward rotas."
    assert shop.signals() == []
    with database.read() as session:
        stamps = session.execute(select(Document.reader, SourceRow.reader).join(SourceRow)).all()
    assert {one == other for one, other in stamps} == {True}
