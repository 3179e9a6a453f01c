"""Each invented host has a source file, as a real one would."""

from __future__ import annotations

import yaml

import demo
from catalogue import vocabularies
from crawler.source import load_source
from demo.market import Day


def test_every_source_is_read_as_a_real_one_is() -> None:
    for file in demo.source_files(2):
        assert load_source(file).name == file.stem


def test_every_source_is_named_as_its_file_and_says_that_it_is_invented() -> None:
    voices = vocabularies.load()["voices"]
    for file in demo.source_files(2):
        source = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert source["name"] == file.stem
        assert source["publisher"]["name"]
        assert source["walk"]["archetype"] in {"site", "feed", "govuk"}
        assert voices.get(source["voice"])
        assert "Invented for demonstration" in source["note"]


def test_expected_documents_lie_within_what_the_source_expects() -> None:
    days: tuple[Day, ...] = (1, 2)
    for day in days:
        counts = demo.load_expected(day)["documents"]
        for file in demo.source_files(day):
            limits = yaml.safe_load(file.read_text(encoding="utf-8"))["expect"]["documents"]
            assert limits["min"] <= counts[file.stem] <= limits["max"], file.stem


def test_a_new_supplier_has_a_source_on_day_2_only() -> None:
    first = {file.stem for file in demo.source_files(1)}
    second = {file.stem for file in demo.source_files(2)}
    assert second - first == {"demo_tidewrack"}
    assert not first - second
