"""The sources that come with us: who, under which terms, in whose voice, and what to expect."""

from __future__ import annotations

import pytest
import yaml

from catalogue.settings import CrawlSettings
from crawler.doctor import check
from crawler.effective import effective
from crawler.source import DEFAULT_PACK, Source, load_source, load_sources
from crawler.source_tree import FAMILIES, read_tree

PACK = load_sources(DEFAULT_PACK)
REGIONS = 15
OWN_KEYS = {"name", "title", "publisher", "licence", "voice", "cadence", "walk", "expect", "note"}
"""What a person has to judge for each source, so that no family may say it."""


def test_there_are_many_and_each_publisher_has_one_name_and_kind() -> None:
    assert len(PACK) >= 60
    kinds = {source.publisher.name: source.publisher.kind for source in PACK}
    assert len({source.publisher.name for source in PACK}) >= 40
    for source in PACK:
        assert kinds[source.publisher.name] == source.publisher.kind, source.name


@pytest.mark.parametrize("source", PACK, ids=lambda source: source.name)
def test_each_says_itself_what_a_person_has_to_judge(source: Source) -> None:
    text = (DEFAULT_PACK / f"{source.name}.yml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)) >= OWN_KEYS - ({"expect"} if source.key else set())
    assert len(text.splitlines()) <= 35
    assert len(source.note) >= 40
    assert check(source) == []
    assert source.expect.documents.min >= 1 or source.expect.may_be_empty


def test_all_the_networks_are_there_and_walk_alike() -> None:
    networks = [source for source in PACK if source.family == "health_innovation_network"]
    assert len({source.publisher.name for source in networks}) >= REGIONS + 1
    assert {source.spoken_by for source in networks} == {"VOICE_NETWORK"}
    assert len({source.publisher.url for source in networks}) == len(networks)


def test_every_family_has_members_and_is_seen_in_what_is_in_force() -> None:
    families = {path.stem for path in (DEFAULT_PACK / FAMILIES).glob("*.yml")}
    assert {source.family for source in PACK} - {""} == families
    for family in families:
        name = next(source.name for source in PACK if source.family == family)
        path = DEFAULT_PACK / f"{name}.yml"
        found = effective(load_source(path), read_tree(path), CrawlSettings())
        assert f"family {family}" in {one.origin for one in found}


def test_no_closed_text_is_taken_for_open() -> None:
    for source in PACK:
        if source.licence.name != "all-rights-reserved":
            assert source.licence.url, f"{source.name} names a licence and not where it stands"
        if source.spoken_by in {"VOICE_PRESS", "VOICE_SUPPLIER"} and source.family:
            assert source.licence.name == "all-rights-reserved"


def test_no_two_sources_walk_the_same() -> None:
    walks = [source.walk.model_dump_json() for source in PACK]
    assert len(set(walks)) == len(walks)
