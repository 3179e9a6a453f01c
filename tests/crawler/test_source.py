from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalogue.errors import SourceError
from crawler.archetypes.feed import Feed
from crawler.archetypes.site import Site
from crawler.source import load_source, load_sources

SMALLEST = """\
name: rota
publisher: {name: Rota Ltd}
walk: {archetype: site, url: "http://www.rota.example/"}
"""

WHOLE = """\
name: rota
title: Rota, trade paper
publisher: {name: Rota Press, url: "http://www.rota.example/", kind: publisher}
licence: {name: OGL-UK-3.0, url: "https://licence.example/"}
voice: VOICE_PRESS
cadence: daily
enabled: false
walk: {archetype: feed, url: "http://feeds.rota.example/all", max_items: 20}
extract: [news, json_ld]
expect: {documents: {min: 4, max: 20}}
note: A line.
"""


def write(folder: Path, text: str, name: str = "rota") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_smallest_source_is_three_lines(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, SMALLEST))
    assert isinstance(source.walk, Site)
    assert source.extractors == Site.extractors
    assert source.spoken_by == "VOICE_SUPPLIER"
    assert source.site == "http://www.rota.example/"
    record = source.record()
    assert (record.title, record.licence, record.cadence) == (
        "Rota Ltd",
        "all-rights-reserved",
        "weekly",
    )


def test_everything_a_file_says_is_kept(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, WHOLE))
    assert isinstance(source.walk, Feed)
    assert source.walk.max_items == 20
    assert source.extractors == ("news", "json_ld")
    record = source.record()
    assert record.publisher_url == "http://www.rota.example/"
    assert (record.archetype, record.publisher_kind, record.voice, record.enabled) == (
        "feed",
        "publisher",
        "VOICE_PRESS",
        False,
    )
    definition = json.loads(record.definition)
    said = {"archetype": "feed", "url": "http://feeds.rota.example/all", "max_items": 20}
    assert said.items() <= definition["walk"].items()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("name: rota", "name: rota\npublsher: x"), "Unknown key 'publsher'. Did you mean 'publis"),
        (("url:", "allw: [a], url:"), "Unknown key 'walk.allw'. Did you mean 'allow'?"),
        (("url:", "max_items: 5, url:"), "Unknown key 'walk.max_items'"),
        (("archetype: site", "archetype: sight"), "Did you mean 'site'?"),
        (("archetype: site, ", ""), "unknown archetype 'None'"),
        (("publisher: {name: Rota Ltd}\n", ""), "The key 'publisher' is missing."),
        (("{name: Rota Ltd}", "{nmae: Rota Ltd}"), "Did you mean 'name'?"),
        (("http://www.rota.example/", "www.rota.example"), "walk.url"),
        (("name: rota", "name: rota\nvoice: VOICE_SUPLIER"), "Did you mean 'VOICE_SUPPLIER'?"),
        (("name: rota", "name: rota\ncadence: yearly"), "is no cadence"),
        (("name: rota", "name: rota\nquiet: at night"), "are no hours"),
        (("name: rota", "name: rota\ntimezone: Europe/Londn"), "Did you mean 'Europe/London'?"),
        (("name: rota", "name: rota\nname: rota"), "stands twice"),
        (("name: rota", "name: Rota-1"), "name"),
        (("name: rota", "name: rota\nexpect: {documents: {min: 5, max: 4}}"), "less than min"),
        (("name: rota", "name: rota\nexpect: {documents: {min: 201}}"), "at least 201"),
        (("name: rota", "name: rota\nextract: [news, news]"), "twice"),
        (("name: rota", "name: other"), "bears the name of its file"),
        ((SMALLEST, ""), "is empty"),
        ((SMALLEST, "- a\n- b\n"), "is empty or is not"),
        ((SMALLEST, "a: [b"), "not valid YAML"),
        ((SMALLEST, "!!python/object/apply:os.system [true]"), "not valid YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    path = write(tmp_path, SMALLEST.replace(*change))
    with pytest.raises(SourceError) as raised:
        load_source(path)
    assert words in str(raised.value)
    assert str(path) in str(raised.value)


def test_what_a_terminal_would_obey_is_no_part_of_a_name(tmp_path: Path) -> None:
    text = SMALLEST.replace("{name: Rota Ltd}", r'{name: "\e]0;owned\aRota\e[2J Ltd"}')
    record = load_source(write(tmp_path, text)).record()
    assert (record.publisher, record.title) == ("Rota Ltd", "Rota Ltd")
    nameless = SMALLEST.replace("{name: Rota Ltd}", r'{name: "\e[2J"}')
    with pytest.raises(SourceError, match=r"publisher\.name"):
        load_source(write(tmp_path, nameless))


def test_sources_of_a_folder_come_by_name(tmp_path: Path) -> None:
    write(tmp_path, SMALLEST.replace("rota\n", "zeta\n", 1), "zeta")
    write(tmp_path, SMALLEST)
    (tmp_path / "README.md").write_text("not a source")
    assert [source.name for source in load_sources(tmp_path)] == ["rota", "zeta"]


def test_an_empty_folder_and_an_absent_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source files"):
        load_sources(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        load_source(tmp_path / "absent.yml")
