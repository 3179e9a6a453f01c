from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.govuk import GovUk

ROOT = "https://www.gov.example/"


def govuk(**options: object) -> GovUk:
    return GovUk.model_validate({"url": ROOT, "q": "rota", **options})


def answer(total: int, *links: object) -> bytes:
    return json.dumps(
        {"results": [{"link": link} for link in links], "total": total, "start": 0}
    ).encode()


def leads(walk: GovUk, url: str, body: bytes) -> tuple[Found, ...]:
    return walk.leads(Listing(url, body, "application/json"))


def test_the_search_is_asked_for_newest_first_with_all_filters() -> None:
    walk = govuk(
        filters={"organisations": ["nhs-england", "mhra"], "reject_format": "x"}, count=250
    )
    (seed,) = walk.seeds()
    assert seed.kind == "list"
    assert urlsplit(seed.url).path == "/api/search.json"
    assert parse_qs(urlsplit(seed.url).query) == {
        "q": ["rota"],
        "filter_organisations": ["nhs-england", "mhra"],
        "reject_format": ["x"],
        "fields": ["link"],
        "order": ["-public_timestamp"],
        "count": ["100"],
        "start": ["0"],
    }


def test_results_lead_to_their_content_documents() -> None:
    walk = govuk()
    found = leads(walk, walk.seeds()[0].url, answer(2, "/guidance/rota", "/news/a?b#c"))
    assert found == (
        Found(f"{ROOT}api/content/guidance/rota", 1, "page"),
        Found(f"{ROOT}api/content/news/a", 1, "page"),
    )


def test_results_elsewhere_are_left_out() -> None:
    walk = govuk()
    found = leads(
        walk, walk.seeds()[0].url, answer(4, "https://x.example/", "//x.example/", "/a", 5)
    )
    assert [one.url for one in found] == [f"{ROOT}api/content/a"]


def test_paging_goes_on_until_the_count_is_reached() -> None:
    walk = govuk(count=250)
    seen: list[str] = []
    (page,) = walk.seeds()
    starts = []
    while True:
        asked = {
            key: int(v[0])
            for key, v in parse_qs(urlsplit(page.url).query).items()
            if v[0].isdecimal()
        }
        starts.append(asked["start"])
        links = [f"/p/{asked['start'] + n}" for n in range(asked["count"])]
        found = leads(walk, page.url, answer(1000, *links))
        seen += [one.url for one in found if one.kind == "page"]
        more = [one for one in found if one.kind == "list"]
        if not more:
            break
        (page,) = more
    assert starts == [0, 100, 200]
    assert len(seen) == len(set(seen)) == 250


def test_paging_ends_with_the_results() -> None:
    walk = govuk(count=500)
    found = leads(walk, walk.seeds()[0].url, answer(2, "/a", "/b"))
    assert all(one.kind == "page" for one in found)
    assert leads(walk, walk.seeds()[0].url, answer(700)) == ()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"results": 5, "total": 1}', b'{"results": [{}], "total": 1}']
)
def test_any_other_answer_is_a_listing_error(body: bytes) -> None:
    walk = govuk()
    with pytest.raises(ListingError):
        leads(walk, walk.seeds()[0].url, body)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"q": " "}, "give q or filters"),
        ({"url": "https://www.gov.example/api"}, "without a path"),
        ({"count": 0}, "greater than or equal"),
        ({"filters": ["x"]}, "dictionary"),
    ],
)
def test_contradictory_options_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        govuk(**options)
