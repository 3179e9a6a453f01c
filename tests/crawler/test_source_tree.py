from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.errors import SourceError
from crawler.archetypes.feed import Feed
from crawler.archetypes.site import Site
from crawler.source import load_source
from crawler.source_tree import read_tree

FAMILY = """\
publisher: {kind: network}
licence: {name: all-rights-reserved}
cadence: monthly
walk: {archetype: site, deny: [/events/], max_pages: 50}
extract: [json_ld, case_study]
expect: {documents: {min: 5, max: 50}}
"""
SOURCE = """\
name: rota
family: circle
publisher: {name: Rota}
cadence: daily
walk: {url: "http://www.rota.example/", deny: [/jobs/]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "circle.yml").write_text(FAMILY, encoding="utf-8")
    (tmp_path / "rota.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def test_a_family_gives_what_the_source_does_not(folder: Path) -> None:
    source = load_source(folder / "rota.yml")
    assert (source.publisher.name, source.publisher.kind) == ("Rota", "network")
    assert (source.cadence, source.extractors) == ("daily", ("json_ld", "case_study"))
    assert isinstance(source.walk, Site)
    assert (source.walk.deny, source.walk.max_pages) == (("/jobs/",), 50)


def test_every_key_knows_where_it_came_from(folder: Path) -> None:
    origins = read_tree(folder / "rota.yml").origins
    assert origins["cadence"] == origins["walk.deny"] == origins["publisher.name"] == "source"
    assert origins["walk.max_pages"] == origins["publisher.kind"] == "family circle"
    assert origins["expect.documents.min"] == "family circle"
    assert "enabled" not in origins


def test_a_source_of_another_archetype_leaves_the_walk_of_its_family(folder: Path) -> None:
    other = SOURCE.replace("deny: [/jobs/]", "archetype: feed")
    (folder / "rota.yml").write_text(other, encoding="utf-8")
    source = load_source(folder / "rota.yml")
    assert source.walk == Feed(url="http://www.rota.example/")
    assert source.publisher.kind == "network"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("family: circle", "family: circel"), "no family 'circel'. Did you mean 'circle'?"),
        (("deny: [/jobs/]", "dney: [/jobs/]"), "Unknown key 'walk.dney'. Did you mean 'deny'?"),
        (("cadence: daily", "key: {env: ROTA_KEY, sent: x}"), "Did you mean 'sent_as'?"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, change: tuple[str, str], words: str) -> None:
    path = folder / "rota.yml"
    path.write_text(SOURCE.replace(*change), encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        load_source(path)
    assert words in str(raised.value)


def test_a_family_has_no_name_and_no_family(folder: Path) -> None:
    (folder / "families" / "circle.yml").write_text("name: circle\n", encoding="utf-8")
    with pytest.raises(SourceError, match="which a family cannot give"):
        load_source(folder / "rota.yml")
