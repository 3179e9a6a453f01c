"""Marketplace, registry, table, company register, papers and model cards on loopback, each
crawled in a child process into a real catalogue.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Document, Evidence, Issue, Listing, Organisation, Signal, Tool
from catalogue.queries.check import check
from catalogue.settings import Settings, load
from crawler.archetypes.papers import Papers
from crawler.child import crawl_in_child
from crawler.progress import SourceTally
from crawler.snapshots import Snapshots
from tests.crawler.archetypes.test_papers import RECORD, answer
from tests.crawler.extractors.recorded import PAGES
from tests.crawler.extractors.test_company_profile import PROFILE
from tests.crawler.small_site import Answer, SmallSite

pytestmark = pytest.mark.slow

DAYS = tuple(datetime(2026, month, 5, 9, tzinfo=UTC) for month in (9, 10, 11))
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


def crawl(
    settings: Settings, folder: Path, walk: dict[str, Any], day: int = 0, **source: object
) -> SourceTally:
    path = folder / "platform.yml"
    tree = {
        "name": "platform",
        "publisher": {
            "name": "A platform",
            "url": "https://platform.example/",
            "kind": "regulator",
        },
        "walk": walk,
        **source,
    }
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    given = {"crawl": {"delay": 0.0}, "today": DAYS[day].isoformat()}
    *_, last = crawl_in_child(load(settings.home, env={}, overrides=given), [path])
    return last.sources[0]


def sound(settings: Settings, database: Database) -> bool:
    return check(database, Snapshots(settings.snapshots).__contains__) == []


def signals(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.subject) for row in rows]


def test_a_marketplace_is_searched_page_by_page_and_a_withdrawal_is_news(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    available = (PAGES / "gcloud_available.html").read_bytes()
    banner = b'<main id="main-content"><p>Quillfeather Ltd stopped offering this service.</p>'
    link = '<a href="/g-cloud/services/{}">x</a>'
    with SmallSite() as site:
        site.routes = {
            "/g-cloud/search?q=letters": Answer(
                f'{link.format(1)}<a rel="next" href="?q=letters&page=2">Next</a>'.encode(),
                headers=HTML,
            ),
            "/g-cloud/search?q=letters&page=2": Answer(link.format(2).encode(), headers=HTML),
            "/g-cloud/services/1": Answer(available, headers=HTML),
            "/g-cloud/services/2": Answer(
                (PAGES / "gcloud_price_range.html").read_bytes(), headers=HTML
            ),
        }
        walk = {
            "archetype": "marketplace",
            "url": f"{site.root}g-cloud/search",
            "queries": ["letters"],
        }
        first = crawl(settings, tmp_path, walk, voice="VOICE_SUPPLIER")
        site.routes["/g-cloud/services/1"] = Answer(
            available.replace(b"<main ", banner + b"<div ").replace(b"</main>", b"</div></main>"),
            headers=HTML,
        )
        second = crawl(settings, tmp_path, walk, 1, voice="VOICE_SUPPLIER")

    assert (first.state, first.listed, first.read, first.signals) == ("finished", 2, 2, 0)
    assert (second.state, second.unchanged) == ("finished", 1)
    assert signals(database) == [("SIG_SITE_GONE", "LetterLark")]
    with database.read() as session:
        owners = {tool.name: tool.supplier.name for tool in session.scalars(select(Tool))}
        assert owners == {"LetterLark": "Quillfeather Ltd", "RotaOstler": "Ostler Rota CIC"}
        (issue,) = session.scalars(select(Issue.subject).where(Issue.kind == "reading"))
        assert issue == "Unknown label 'Energy badge of the service': Gold"
    assert sound(settings, database)


def test_a_registry_tells_who_joins_and_who_leaves(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    def page(*names: str) -> Answer:
        rows = "".join(f"<tr><td>{name}</td></tr>" for name in names)
        body = f"<main><h1>Registry</h1><table><tr><th>Supplier</th></tr>{rows}</table></main>"
        return Answer(f"<html><body>{body}</body></html>".encode(), headers=HTML)

    with SmallSite({"/avt/": page("Ostler", "Brill", "Aldous")}) as site:
        walk = {
            "archetype": "registry",
            "url": f"{site.root}avt/",
            "registry": "the Registry",
            "self_certified": True,
        }
        crawl(settings, tmp_path, walk)
        site.routes["/avt/"] = page("Ostler", "Brill", "Quillfeather")
        changed = crawl(settings, tmp_path, walk, 1)
        site.routes["/avt/"] = page("Ostler")
        crawl(settings, tmp_path, walk, 2)

    assert changed.signals == 2
    assert signals(database) == [
        ("SIG_REGISTRY_JOINED", "Quillfeather"),
        ("SIG_REGISTRY_LEFT", "Aldous"),
    ]
    with database.read() as session:
        assert len(session.scalars(select(Listing.id).where(Listing.listed)).all()) == 3
    assert sound(settings, database)


def test_a_workbook_and_a_file_of_ones_own_take_the_same_way(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("Product;Company\nRotaFlow;Ostler Ltd\nLetterLark;Quillfeather\n")
    walk = {
        "archetype": "table",
        "file": str(file),
        "columns": {"name": "Product", "supplier": "Company"},
    }
    first = crawl(settings, tmp_path, walk)
    again = crawl(settings, tmp_path, walk, 1)
    file.write_text("Tool;Company\nRotaFlow;Ostler Ltd\n")
    wrong = crawl(settings, tmp_path, walk, 2)

    assert (first.state, first.read) == ("finished", 1)
    assert (again.state, again.unchanged) == ("finished", 1)
    assert wrong.state == "failed"
    with database.read() as session:
        assert sorted(session.scalars(select(Tool.name))) == ["LetterLark", "RotaFlow"]
        notes = session.scalars(select(Issue.note)).all()
        assert any("There is no column 'Product'." in note for note in notes)
    assert sound(settings, database)


def test_known_suppliers_are_looked_up_with_the_key_and_the_end_of_one_is_news(
    settings: Settings,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOME_REGISTER_KEY", "sesame")
    profile = {"/company/01234567": Answer(json.dumps(PROFILE).encode(), headers=JSON)}
    file = tmp_path / "suppliers.csv"
    file.write_text("Company,Number\nOstler Rota Ltd,01234567\n")
    ours = {
        "archetype": "table",
        "file": str(file),
        "rows_are": "supplier",
        "columns": {"name": "Company", "number": "Number"},
    }
    crawl(settings, tmp_path, ours)
    with SmallSite(profile) as site:
        walk = {"archetype": "companies", "of": "companies_house", "url": site.root}
        register: dict[str, Any] = {"key": {"env": "SOME_REGISTER_KEY", "sent_as": "basic"}}
        first = crawl(settings, tmp_path, walk, **register)
        told = json.dumps({**PROFILE, "company_status": "dissolved"})
        site.routes["/company/01234567"] = Answer(told.encode(), headers=JSON)
        crawl(settings, tmp_path, walk, 1, **register)
        sent = {one.headers["Authorization"] for one in site.asked if "company" in one.path}

    assert sent == {f"Basic {base64.b64encode(b'sesame:').decode()}"}
    assert first.read >= 1
    assert ("SIG_DISSOLVED", "OSTLER ROTA LIMITED") in signals(database)
    with database.read() as session:
        suppliers = session.scalars(select(Organisation).where(Organisation.kind == "supplier"))
        assert len(suppliers.all()) == 1
    assert sound(settings, database)


def test_each_paper_is_a_document_and_its_study_finds_the_tool_it_names(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    def path(walk: dict[str, Any], mark: str) -> str:
        parts = urlsplit(Papers.model_validate(walk)._page(mark))
        return f"{parts.path}?{parts.query}"

    preprint = {**RECORD, "id": "77", "source": "PPR", "title": "Another of LetterLark"}
    file = tmp_path / "ours.csv"
    file.write_text("Product,Company\nLetterLark,Quillfeather\n")
    columns = {"name": "Product", "supplier": "Company"}
    crawl(settings, tmp_path, {"archetype": "table", "file": str(file), "columns": columns})
    with SmallSite() as site:
        walk = {
            "archetype": "papers",
            "url": f"{site.root}search",
            "query": "LetterLark",
            "page_size": 1,
        }
        site.routes = {
            path(walk, "*"): Answer(answer(RECORD, hits=2, mark="A", more=True), headers=JSON),
            path(walk, "A"): Answer(answer(preprint, hits=2, mark="B"), headers=JSON),
        }
        tally = crawl(settings, tmp_path, walk, 1)

    assert (tally.listed, tally.read) == (2, 2)
    with database.read() as session:
        found = session.execute(
            select(Document.url, Document.licence, Evidence.peer_reviewed, Tool.name)
            .join(Evidence, Evidence.document_id == Document.id)
            .join(Tool, Tool.id == Evidence.tool_id)
            .order_by(Document.url)
        ).all()
    assert [tuple(one) for one in found] == [
        ("https://europepmc.org/article/MED/40000001", "cc by", True, "LetterLark"),
        ("https://europepmc.org/article/PPR/77", "cc by", False, "LetterLark"),
    ]
    assert sound(settings, database)


def test_model_cards_are_found_in_their_folder(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with SmallSite() as site:
        entries = [{"download_url": f"{site.root}one.xml"}]
        site.routes = {
            "/contents": Answer(json.dumps(entries).encode(), headers=JSON),
            "/one.xml": Answer(
                (PAGES / "model_card.xml").read_bytes(), headers={"Content-Type": "text/plain"}
            ),
        }
        walk = {"archetype": "modelcard", "url": f"{site.root}contents"}
        tally = crawl(settings, tmp_path, walk, voice="VOICE_SUPPLIER")

    assert (tally.state, tally.read) == ("finished", 1)
    with database.read() as session:
        (tool,) = session.scalars(select(Tool))
        assert (tool.name, tool.supplier.name) == ("LetterLark Scribe", "Quillfeather Ltd")
        assert tool.claims == 3
    assert sound(settings, database)
