"""The walk over a marketplace: searches, their pages, and the services they find."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.marketplace import Marketplace

ROOT = "https://www.marketplace.example/g-cloud/"


def marketplace(**options: object) -> Marketplace:
    return Marketplace.model_validate({"url": f"{ROOT}search", **options})


def results(*services: int, following: str = "", words: str = "") -> bytes:
    found = "".join(
        f'<li class="app-search-result"><h2><a href="/g-cloud/services/{number}">x</a></h2></li>'
        for number in services
    )
    return f"<html><body><p>{words}</p><ul>{found}</ul>{following}</body></html>".encode()


def leads(walk: Marketplace, body: bytes, url: str = f"{ROOT}search") -> tuple[Found, ...]:
    return walk.leads(Listing(url, body, "text/html"))


def test_each_query_is_a_search_of_its_own_that_keeps_the_other_parameters() -> None:
    walk = marketplace(url=f"{ROOT}search?lot=cloud-software&q=old", queries=["AI scribe", "rota"])

    assert [seed.url for seed in walk.seeds()] == [
        f"{ROOT}search?q=AI+scribe&lot=cloud-software",
        f"{ROOT}search?q=rota&lot=cloud-software",
    ]


def test_without_queries_the_address_is_the_search() -> None:
    assert marketplace().seeds() == (Found(f"{ROOT}search", 0, "list"),)


@pytest.mark.parametrize(
    "following",
    [
        '<a rel="next" href="?page=2">weiter</a>',
        '<nav><a href="/g-cloud/search?page=2">Next <span>page, 2 of 9</span></a></nav>',
    ],
)
def test_a_page_of_results_leads_to_its_services_and_to_the_next_page(following: str) -> None:
    found = leads(marketplace(), results(11, 12, 11, following=following))

    assert found == (
        Found(f"{ROOT}services/11", 1, "page"),
        Found(f"{ROOT}services/12", 1, "page"),
        Found(f"{ROOT}search?page=2", 0, "list"),
    )


def test_services_elsewhere_are_not_visited() -> None:
    body = results(5, following='<a href="https://other.example/services/6">x</a>')

    assert [one.url for one in leads(marketplace(), body)] == [f"{ROOT}services/5"]


def test_a_search_that_finds_nothing_is_in_order_but_a_page_without_services_is_not() -> None:
    assert leads(marketplace(), results(words="0 results found")) == ()
    with pytest.raises(ListingError):
        leads(marketplace(), results(words="Please sign in"))


def test_a_last_page_that_links_to_itself_ends_the_walk() -> None:
    body = results(5, following=f'<a href="{ROOT}search?page=9">Next</a>')

    found = leads(marketplace(), body, f"{ROOT}search?page=9")
    assert [one.kind for one in found] == ["page"]


def test_a_wrong_expression_is_refused() -> None:
    with pytest.raises(ValidationError, match="not a regular expression"):
        marketplace(service="(")
