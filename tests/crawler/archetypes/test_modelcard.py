"""The walk to model cards."""

from __future__ import annotations

import json

import pytest

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.modelcard import ModelCard

FOLDER = "https://api.github.example/repos/a/b/contents/examples"
CARD = "https://raw.example/a/b/main/one.xml"


def modelcard(**options: object) -> ModelCard:
    return ModelCard.model_validate({"archetype": "modelcard", "url": FOLDER, **options})


def leads(body: bytes, url: str = FOLDER) -> tuple[Found, ...]:
    return modelcard().leads(Listing(url, body, ""))


def test_a_card_is_a_page_and_a_folder_is_a_listing() -> None:
    assert modelcard().seeds() == (Found(FOLDER, 0, "list"),)
    assert modelcard(url=CARD).seeds() == (Found(CARD, 0, "page"),)
    walk = modelcard(cards=["https://cards.example/two.xml"])
    assert walk.seeds()[1] == Found("https://cards.example/two.xml", 0, "page")
    assert walk.hosts == {"api.github.example", "cards.example"}


def test_a_folder_of_github_leads_to_its_cards() -> None:
    entries = [
        {"name": "one.xml", "download_url": CARD},
        {"name": "schema.xsd", "download_url": "https://raw.example/a/b/main/schema.xsd"},
        {"name": "older", "download_url": None},
    ]

    assert leads(json.dumps(entries).encode()) == (Found(CARD, 1, "page"),)


def test_a_page_leads_to_the_cards_it_links_to() -> None:
    body = b'<a href="cards/one.XML">one</a><a href="/about">about</a>'

    assert leads(body, "https://cards.example/") == (
        Found("https://cards.example/cards/one.XML", 1, "page"),
    )


@pytest.mark.parametrize("body", [b"", b"{}", b"[5]", b"<p>no links</p>", b'{"message": "limit"}'])
def test_what_leads_to_no_card_is_a_listing_error(body: bytes) -> None:
    with pytest.raises(ListingError):
        leads(body)
