"""The walk over registers of organisations."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from catalogue.drafts import SupplierDraft
from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.archetype import Listed
from crawler.archetypes.companies import PAGE_SIZE, ROOTS, Companies

HOUSE = ROOTS["companies_house"]


def house(**options: object) -> Companies:
    return Companies.model_validate({"of": "companies_house", **options})


def ods(**options: object) -> Companies:
    return Companies.model_validate({"of": "ods", "roles": ["RO197"], **options})


def organisations(count: int) -> bytes:
    rows = [
        {
            "Name": f"DALE TRUST {number}",
            "OrgId": f"X{number}",
            "Status": "Active",
            "PostCode": "AA1 1AA",
            "PrimaryRoleId": "RO197",
            "PrimaryRoleDescription": "NHS TRUST",
        }
        for number in range(count)
    ]
    return json.dumps({"Organisations": rows}).encode()


def listed(walk: Companies, url: str, body: bytes) -> Listed:
    return walk.listed(Listing(url, body, "application/json"))


def test_companies_are_looked_up_by_number_in_its_full_form() -> None:
    walk = house(numbers=["1234567", "sc 123456"])

    assert walk.seeds() == (
        Found(f"{HOUSE}company/01234567", 0, "page"),
        Found(f"{HOUSE}company/SC123456", 0, "page"),
    )


def test_the_suppliers_of_the_catalogue_are_looked_up_unless_the_file_says_no() -> None:
    assert house().looks_up == "GB-COH"
    assert house().seeds_of(["07654321"]) == (Found(f"{HOUSE}company/07654321", 0, "page"),)
    assert house(known=False, numbers=["07654321"]).looks_up == ""
    assert ods().looks_up == ""


def test_the_ods_is_asked_role_by_role_and_page_by_page() -> None:
    walk = ods(roles=["RO197", "RO318"])
    first, second = walk.seeds()

    assert (first.kind, second.kind) == ("list", "list")
    assert parse_qs(urlsplit(first.url).query) == {
        "PrimaryRoleId": ["RO197"],
        "Limit": [str(PAGE_SIZE)],
        "Status": ["Active"],
    }
    (further,) = listed(walk, first.url, organisations(PAGE_SIZE)).found
    assert parse_qs(urlsplit(further.url).query)["Offset"] == [str(PAGE_SIZE)]
    assert listed(walk, further.url, organisations(3)).found == ()


def test_a_page_of_the_ods_is_one_document_of_buyers_with_codes() -> None:
    walk = ods()
    (document,) = listed(walk, walk.seeds()[0].url, organisations(2)).documents
    first, second = document.reading.drafts

    assert document.url.endswith("#organisations")
    assert isinstance(first, SupplierDraft)
    assert (first.kind, first.identifiers) == ("buyer", (("GB-NHS", "X0"),))
    assert [(one.property, one.value) for one in first.values] == [
        ("company_status", "Active"),
        ("role", "NHS TRUST"),
    ]
    assert isinstance(second, SupplierDraft)
    assert "AA1 1AA" not in document.reading.model_dump_json()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"Organisations": 5}', b"<html>"])
def test_any_other_answer_is_a_listing_error(body: bytes) -> None:
    with pytest.raises(ListingError):
        listed(ods(), f"{ROOTS['ods']}organisations?PrimaryRoleId=RO197", body)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"of": "companies_house", "roles": ["RO197"]}, "roles are of the ods"),
        ({"of": "ods"}, "roles are missing"),
        ({"of": "ods", "roles": ["RO197"], "numbers": ["01234567"]}, "asked by roles"),
        ({"of": "companies_house", "known": False}, "nobody is looked up"),
        ({"of": "companies_house", "numbers": ["12"]}, None),
        ({"of": "companies_house", "numbers": ["ABC"]}, "no Companies House number"),
        ({"of": "companys"}, "'companies_house' or 'ods'"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], words: str | None) -> None:
    if words is None:
        assert Companies.model_validate(options).numbers == ("00000012",)
        return
    with pytest.raises(ValidationError, match=words):
        Companies.model_validate(options)
