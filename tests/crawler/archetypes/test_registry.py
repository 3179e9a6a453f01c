"""The walk over a registry."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.registry import Registry

URL = "https://registry.example/ambient/"


def registry(**options: object) -> Registry:
    return Registry.model_validate({"url": URL, "registry": "Ambient Registry", **options})


def test_it_begins_with_its_page_and_follows_only_its_further_pages() -> None:
    walk = registry(more=r"\?page=\d+")

    assert walk.seeds() == (Found(URL, 0, "page"),)
    links = ["?page=2", "https://other.example/?page=3", "/about", f"{URL}?page=2"]
    assert walk.follow(links, 0) == (Found(f"{URL}?page=2", 1, "page"),)
    assert registry().follow(links, 0) == ()


def test_its_reader_is_told_what_the_walk_has_no_use_for() -> None:
    told = registry(columns={"name": "Company"}, self_certified=True).for_extractors

    assert told == {
        "registry": "Ambient Registry",
        "self_certified": True,
        "artefact": "",
        "columns": {"name": "Company"},
        "heading": "",
    }


def test_it_has_no_listings() -> None:
    with pytest.raises(ListingError):
        registry().leads(Listing(URL, b"", "text/html"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"registry": ""}, "at least 1 character"),
        ({"columns": {"nam": "Company"}}, "Did you mean 'name'"),
        ({"columns": {"tool": "Product"}}, "must say"),
        ({"columns": {"name": "Company"}, "heading": "Suppliers"}, "give one of them"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        registry(**options)
