from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import crawler
import demo
from crawler.doctor import check, check_file
from crawler.source import Source, load_sources

GOOD: dict[str, Any] = {
    "name": "rota",
    "title": "Rota, supplier's own site",
    "publisher": {"name": "Rota Ltd", "url": "http://www.rota.example/"},
    "licence": {"name": "all-rights-reserved"},
    "voice": "VOICE_SUPPLIER",
    "walk": {"archetype": "site", "url": "http://rota.example/tools/"},
    "extract": ["json_ld", "product_page"],
    "expect": {"documents": {"min": 3, "max": 50}},
}
FEED = {"archetype": "feed", "url": "http://www.rota.example/feed"}


def test_a_source_in_order_has_no_findings() -> None:
    assert check(Source.model_validate(GOOD)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"extract": ["json_lt"]}, "no extractor 'json_lt'. Did you mean 'json_ld'?"),
        ({"extract": ["govuk_content"]}, "archetype govuk"),
        ({"title": ""}, "title is missing"),
        ({"voice": ""}, "VOICE_SUPPLIER is taken"),
        ({"licence": None}, "licence is not stated"),
        ({"expect": {}}, "falls silent"),
        ({"expect": {"documents": {"min": 1, "max": 900}}}, "200 pages at most"),
        ({"publisher": {"name": "Rota", "url": "http://other.example/"}}, "other.example"),
        ({"walk": FEED, "publisher": {"name": "Rota"}}, "publisher.url is missing"),
        ({"walk": {"archetype": "site", "url": "http://www.nhs.gov.uk/"}}, "answers https"),
    ],
)
def test_what_could_be_better_is_said(change: dict[str, Any], words: str) -> None:
    tree = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    assert any(words in finding for finding in check(Source.model_validate(tree)))


def test_an_unreadable_file_is_a_finding(tmp_path: Path) -> None:
    (finding,) = check_file(tmp_path / "absent.yml")
    assert "cannot be read" in finding


@pytest.mark.parametrize("package", [crawler, demo], ids=["default pack", "demonstration"])
def test_the_sources_that_come_with_us_are_in_order(package: object) -> None:
    folder = Path(str(getattr(package, "__file__", ""))).parent / "sources"
    findings = {source.name: check(source) for source in load_sources(folder)}
    assert len(findings) >= 6
    assert all(found == [] for found in findings.values()), findings


def test_the_default_pack_says_who_and_under_which_licence() -> None:
    for source in load_sources(Path(str(crawler.__file__)).parent / "sources"):
        assert source.publisher.url.startswith("https://")
        assert source.walk.url.startswith("https://")
        assert source.note
        assert source.licence.name != "OGL-UK-3.0" or source.licence.url
