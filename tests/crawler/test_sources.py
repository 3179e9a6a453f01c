"""Every source of the pack: in order, and where pages are recorded (invented ones, at the real
addresses), played again strictly.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.address import clean, host_of
from crawler.doctor import check_file
from crawler.expected import EXPECTED, check_recording, is_recorded
from crawler.extractors import EXTRACTORS
from crawler.recording import read_recording
from crawler.source import DEFAULT_PACK, load_source

RECORDED = Path(__file__).parent / "sources"
FILES = sorted(DEFAULT_PACK.glob("*.yml"))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FOLDERS = sorted(path for path in RECORDED.iterdir() if path.is_dir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_is_in_order_and_knows_where_to_begin(path: Path) -> None:
    assert check_file(path) == []
    source = load_source(path)
    seeds = [*source.walk.seeds(), *source.walk.seeds_at(NOW, None)]
    assert seeds or source.walk.archetype == "companies", "it asks about suppliers that are known"
    for found in seeds:
        assert found.url == clean(found.url), "an address has one spelling"
        assert found.url.startswith("https://")
        assert host_of(found.url) in source.walk.hosts
        assert not source.walk.elsewhere(found.url)
    assert set(source.extractors) <= set(EXTRACTORS)
    assert source.record().name == path.stem


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_recorded_pages_give_exactly_what_is_expected(folder: Path) -> None:
    source = load_source(DEFAULT_PACK / f"{folder.name}.yml")
    assert is_recorded(folder)
    assert check_recording(source, folder) == []
    expected = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    assert (expected["pages_not_recorded"], expected["listings_not_recorded"]) == (0, [])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_recorded_pages_are_invented_and_hold_nothing_of_a_person(folder: Path) -> None:
    for answer in read_recording(folder).answers.values():
        assert len(answer.body) < 16_000, "an invented page is short"
    expected = (folder / EXPECTED).read_text(encoding="utf-8")
    assert "@" not in expected.replace('@1"', "").replace('@2"', "").replace("/@graph", "")


def test_every_archetype_of_the_pack_has_recorded_pages() -> None:
    walks = {path.stem: load_source(path).walk.archetype for path in FILES}
    assert {walks[folder.name] for folder in FOLDERS} == set(walks.values())
