"""Company profiles: what a register says, and nothing of people."""

from __future__ import annotations

import json
from typing import Any

from catalogue.drafts import Reading, SupplierDraft
from crawler.page import Page, ReadRequest
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT

PROFILE: dict[str, Any] = {
    "company_name": "OSTLER ROTA LIMITED",
    "company_number": "01234567",
    "company_status": "active",
    "type": "ltd",
    "date_of_creation": "2019-04-02",
    "sic_codes": ["62012"],
    "has_insolvency_history": False,
    "registered_office_address": {"address_line_1": "1 Penny Lane", "postal_code": "AA1 1AA"},
    "previous_company_names": [
        {"name": "ROTA HOUSE LIMITED", "effective_from": "2019-04-02", "ceased_on": "2021-01-01"}
    ],
    "links": {"officers": "/company/01234567/officers"},
    "etag": "abc",
}


def reading(**changed: object) -> Reading:
    body = json.dumps({**PROFILE, **changed}).encode()
    url = "https://api.register.example/company/01234567"
    request = ReadRequest(("company_profile",), "Register", "VOICE_REGULATOR", url)
    return read(Page(url, body, "application/json", FETCHED_AT), request)


def test_a_profile_gives_the_company_with_its_former_names() -> None:
    (company,) = reading().drafts

    assert isinstance(company, SupplierDraft)
    assert company.name.text == "OSTLER ROTA LIMITED"
    assert company.identifiers == (("GB-COH", "01234567"),)
    assert company.former_names == ("ROTA HOUSE LIMITED",)
    assert [(one.property, one.value, one.quote.place) for one in company.values] == [
        ("company_status", "active", "/company_status"),
        ("incorporated_on", "2019-04-02", "/date_of_creation"),
        ("insolvency", "none on the register", "/has_insolvency_history"),
    ]


def test_nothing_of_people_or_addresses_is_kept() -> None:
    kept = reading(contact_details={"name": "J Bloggs"}).model_dump_json()

    for word in ("Penny Lane", "AA1 1AA", "officers", "Bloggs"):
        assert word not in kept


def test_the_text_is_readable_and_steady_where_only_the_tag_differs() -> None:
    assert "company status: active" in reading().text
    assert reading(etag="other").text_sha == reading().text_sha
    assert reading(company_status="dissolved").text_sha != reading().text_sha


def test_an_error_record_gives_no_company() -> None:
    body = b'{"errors": [{"error": "company-profile-not-found"}]}'
    request = ReadRequest(("company_profile",), "R", "VOICE_REGULATOR", "https://r.example/")
    page = Page("https://r.example/company/1", body, "application/json", FETCHED_AT)

    assert read(page, request).drafts == ()
