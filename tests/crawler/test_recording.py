from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.errors import SourceError
from crawler.expected import EXPECTED, accept, check_recording, is_recorded
from crawler.recording import INDEX, Answer, Recording, read_recording, replay, write_recording
from crawler.source import Source
from tests.crawler.survey import sites

AT = datetime(2026, 11, 21, tzinfo=UTC)


def source(**walk: object) -> Source:
    return Source.model_validate(
        {
            "name": "rota",
            "publisher": {"name": "Rota Systems Ltd"},
            "walk": {"archetype": "site", "url": sites.ROOT, "deny": ["/tag/", "/author/"], **walk},
        }
    )


def answers(without: str = "") -> list[Answer]:
    return [
        Answer(
            f"{sites.ROOT[:-1]}{path}",
            answer.status,
            answer.headers.get("Content-Type", ""),
            "",
            answer.body,
        )
        for path, answer in sites.supplier().items()
        if path != without
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_recording(tmp_path, AT, answers())
    accept(source(), tmp_path)
    return tmp_path


def test_a_recording_is_played_again_and_gives_the_same(folder: Path) -> None:
    assert is_recorded(folder)
    assert check_recording(source(), folder) == []
    expected = json.loads((folder / EXPECTED).read_text())
    assert len(expected["documents"]) == 11
    assert (expected["pages_not_recorded"], expected["listings_not_recorded"]) == (0, [])
    assert any(document["drafts"] for document in expected["documents"])


def test_a_page_that_reads_otherwise_is_a_finding(folder: Path) -> None:
    (path,) = [one for one in folder.glob("*.html") if b"trust-2 saved" in one.read_bytes()]
    path.write_bytes(path.read_bytes().replace(b"40 per cent", b"50 per cent"))
    (finding,) = check_recording(source(), folder)
    assert "differs from expected.json" in finding
    assert "50 per cent" in finding


def test_an_address_that_was_not_recorded_is_a_finding(folder: Path) -> None:
    page = f"{sites.ROOT}products/tool-1/"
    write_recording(folder, AT, answers(without="/products/tool-1/"))
    (finding, _) = check_recording(source(), folder)
    assert finding == (
        f"The walk asks for 1 pages that were not recorded, 0 were left out: {page}."
    )
    write_recording(folder, AT, answers(without="/sitemap.xml"))
    (finding, *_) = check_recording(source(), folder)
    assert finding.startswith(f"The walk asks for the listing {sites.ROOT}sitemap.xml, which")


def test_an_answer_that_nobody_asks_for_is_a_finding(folder: Path) -> None:
    narrower = source(deny=["/tag/", "/author/", "/products/tool-1/"])
    findings = check_recording(narrower, folder)
    assert any("never asks for http://www.rota.example/products/tool-1/" in one for one in findings)


def test_pages_without_any_draft_are_a_finding(tmp_path: Path) -> None:
    write_recording(tmp_path, AT, [Answer(sites.ROOT, 200, "text/html", "", sites.page("A").body)])
    alone = source(sitemap=False, max_depth=0)
    accept(alone, tmp_path)
    assert check_recording(alone, tmp_path) == [
        "The recorded pages give no draft: record a page that does."
    ]


def test_recorded_errors_are_answers_too(tmp_path: Path) -> None:
    write_recording(tmp_path, AT, [Answer(sites.ROOT, 500), Answer(f"{sites.ROOT}robots.txt", 404)])
    played = replay(source(), read_recording(tmp_path))
    assert dict(played.unread) == {sites.ROOT: "Answered with 500."}
    assert played.unknown_listings == (f"{sites.ROOT}sitemap.xml",)


def test_what_stands_in_for_a_listing_is_played_too() -> None:
    walk = {"archetype": "wordpress", "url": sites.ROOT}
    wordpress = Source.model_validate({"name": "rota", "publisher": {"name": "R"}, "walk": walk})
    (api,) = wordpress.walk.seeds()
    recording = Recording(AT, {api.url: Answer(api.url, 404)})
    played = replay(wordpress, recording)
    assert (played.unread, played.unused) == ((), ())
    assert played.unknown_listings == (f"{sites.ROOT}feed/?paged=1",)


def test_a_new_recording_leaves_nothing_of_the_old(folder: Path) -> None:
    write_recording(folder, AT, [Answer(sites.ROOT, 200, "text/html", "", b"<html></html>")])
    assert sorted(path.name for path in folder.iterdir()) == ["001.html", EXPECTED, INDEX]


@pytest.mark.parametrize("text", ["", "{}", '{"recorded_at": "x", "answers": []}'])
def test_a_damaged_recording_is_said_to_be_one(folder: Path, text: str) -> None:
    (folder / INDEX).write_text(text)
    with pytest.raises(SourceError, match="cannot be read"):
        read_recording(folder)
    (finding,) = check_recording(source(), folder)
    assert "cannot be read" in finding


def test_a_recording_without_expectations_is_a_finding(folder: Path) -> None:
    (folder / EXPECTED).unlink()
    (finding,) = check_recording(source(), folder)
    assert EXPECTED in finding
