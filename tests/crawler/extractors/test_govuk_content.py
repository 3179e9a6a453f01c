"""Algorithmic transparency records, field by field."""

from __future__ import annotations

import json
from html import escape

import pytest

from catalogue.drafts import DeploymentDraft, SupplierDraft
from crawler.page import Page, ReadRequest
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT

SITE = "https://www.gov.example/"
FIELDS = {
    "2.1.1 - Organisation or department": "Tallow Vale ICB",
    "2.1.4 - External supplier involvement": "Yes",
    "2.1.4.1 - External supplier": "Dovecote Lines Ltd",
    "2.1.4.2 - Companies House Number": "1234567",
    "2.1.4.3 - External supplier role": "Built and runs the tool.",
    "2.1.4.4 - Procurement procedure type": "Call-off from a framework",
    "2.3.1 - Phase": "Production",
}


def drafts(
    title: str = "Tallow Vale ICB: Dovecote Answer", **fields: str
) -> tuple[DeploymentDraft | None, SupplierDraft | None]:
    told = {**FIELDS, **{f"2 - {name.replace('_', ' ')}": words for name, words in fields.items()}}
    last = {label.rpartition(" - ")[2].casefold(): (label, told[label]) for label in told}
    body = "".join(f"<h3>{label}</h3><p>{escape(words)}</p>" for label, words in last.values())
    record = {
        "base_path": "/record",
        "title": title,
        "document_type": "algorithmic_transparency_record",
        "details": {"body": body},
    }
    request = ReadRequest(("govuk_content",), "GOV", "VOICE_GOV", SITE)
    page = Page(f"{SITE}record", json.dumps(record).encode(), "application/json", FETCHED_AT)
    found = read(page, request).drafts
    used = next((one for one in found if isinstance(one, DeploymentDraft)), None)
    maker = next((one for one in found if isinstance(one, SupplierDraft)), None)
    return used, maker


def test_the_suppliers_number_stands_with_the_place_of_use() -> None:
    used, maker = drafts()
    assert used is not None
    assert maker is not None
    assert (used.about, used.buyer, used.phase) == (
        "Dovecote Answer",
        "Tallow Vale ICB",
        "PH_PRODUCTION",
    )
    assert used.supplier == maker.name.text == "Dovecote Lines Ltd"
    assert used.supplier_ids == maker.identifiers == (("GB-COH", "01234567"),)
    assert used.extractor.startswith("transparency_record@")


@pytest.mark.parametrize(
    ("words", "funding"),
    [
        ("Call-off from a framework", "TRIAL_FUND_LOCAL_BUDGET"),
        ("Open competition", "TRIAL_FUND_LOCAL_BUDGET"),
        ("Free trial offered by the supplier, free of charge", "TRIAL_FUND_SUPPLIER_FREE"),
        ("N/A", "TRIAL_FUND_UNKNOWN"),
        ("Not applicable as the tool was not procured by contract", "TRIAL_FUND_UNKNOWN"),
    ],
)
def test_how_it_was_procured_tells_who_paid(words: str, funding: str) -> None:
    used, _ = drafts(Procurement_procedure_type=words)
    assert used is not None
    assert used.funding == funding


@pytest.mark.parametrize(
    ("words", "supplier"),
    [
        ("Dovecote Lines, Ltd", "Dovecote Lines, Ltd"),
        ("Dovecote Lines Ltd, Quillon Hythe Ltd", ""),
        ("None - developed in-house", ""),
        ("N/A, built by our own staff", ""),
        ("In-house", ""),
        ("No7 Software Ltd", "No7 Software Ltd"),
    ],
)
def test_a_supplier_is_named_or_there_is_none(words: str, supplier: str) -> None:
    used, maker = drafts(External_supplier=words)
    assert used is not None
    assert used.supplier == supplier
    assert (maker is not None) == bool(supplier)


@pytest.mark.parametrize(
    ("title", "tool"),
    [
        ("Tallow Vale ICB: Dovecote Answer", "Dovecote Answer"),
        ("DSIT - Redbox", "Redbox"),
        ("Tallow Vale ICB - Answer", "Answer"),
        ("Dovecote Answer", "Dovecote Answer"),
        ("Inbox - sorted", "Inbox - sorted"),
    ],
)
def test_the_title_names_the_body_before_the_tool(title: str, tool: str) -> None:
    used, _ = drafts(title)
    assert used is not None
    assert (used.about, used.buyer) == (tool, "Tallow Vale ICB")
