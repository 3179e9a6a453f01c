"""Service pages of a marketplace, by visible label."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalogue.drafts import ClaimDraft, Reading, ToolDraft, Value
from catalogue.text import name_key
from crawler.extractors.listing_labels import labels
from crawler.page import Page, ReadRequest
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT, recorded
from tests.crawler.real import real


def reading(name: str) -> Reading:
    page = recorded(name)
    return read(page.page, page.request)


def tool(given: Reading) -> ToolDraft:
    return next(draft for draft in given.drafts if isinstance(draft, ToolDraft))


def value(given: Reading, name: str) -> Value:
    return next(one for one in tool(given).values if one.property == name)


def page(body: str) -> Reading:
    html = f"<html><body><main>{body}</main></body></html>".encode()
    request = ReadRequest(("service_listing",), "Market", "VOICE_SUPPLIER", "https://m.example/")
    return read(Page("https://m.example/services/1", html, "text/html", FETCHED_AT), request)


def test_the_tool_is_the_suppliers_and_not_the_marketplaces() -> None:
    assert tool(reading("gcloud_available")).supplier == "Quillfeather Ltd"


def test_a_certificate_is_a_claim_that_keeps_who_gave_it_when_and_what_it_leaves_out() -> None:
    held = value(reading("gcloud_available"), "assurance.ASR_ISO27001")

    assert (held.value, held.absence) == ("AST_CLAIMED", "yes")
    said = "Yes, by Halberd Certification, on 12/03/2025, not covering The sales office"
    assert held.original == said


def test_an_answer_no_is_kept_as_no_and_not_as_silence() -> None:
    refused = value(reading("gcloud_withdrawn"), "assurance.ASR_ISO27001")

    assert (refused.absence, refused.original) == ("no", "No")


def test_a_withdrawn_service_says_so_in_the_words_of_the_banner() -> None:
    gone = value(reading("gcloud_withdrawn"), "availability")

    assert gone.value == "withdrawn"
    assert gone.original.endswith("stopped offering this service on 3 May 2026.")
    assert not any(
        one.property == "availability" for one in tool(reading("gcloud_reseller")).values
    )


def test_a_reseller_is_known_by_its_type_and_by_whose_service_it_sells() -> None:
    given = reading("gcloud_reseller")

    assert value(given, "reselling").value == "Reseller providing extra support"
    assert value(given, "resold_from").value == "Quillfeather Ltd"


def test_of_several_places_where_data_are_kept_the_farthest_is_given() -> None:
    assert value(reading("gcloud_available"), "data_location").value == "LOC_EEA"
    assert value(reading("gcloud_reseller"), "data_location").value == "LOC_OTHER"


def test_each_benefit_is_a_claim_with_or_without_a_figure() -> None:
    claims = [d for d in reading("gcloud_available").drafts if isinstance(d, ClaimDraft)]

    assert [(claim.quote.text, claim.high, claim.hedge) for claim in claims] == [
        ("Reduces letter turnaround by up to 40%", 40.0, "up to"),
        ("Staff go home on time", None, ""),
    ]


def test_an_unknown_label_is_noted_with_its_words() -> None:
    assert reading("gcloud_available").notes == (
        "Unknown label 'Energy badge of the service': Gold",
    )


def test_the_person_to_contact_is_in_no_text_and_no_draft() -> None:
    given = reading("gcloud_available")

    assert "Petra" not in given.model_dump_json()
    assert "sales@" not in given.model_dump_json()


def test_a_page_that_names_no_supplier_gives_no_tool_and_says_why() -> None:
    given = page("<h1>RotaOstler</h1><p>Builds rosters.</p><dl><dt>API</dt><dd>Yes</dd></dl>")

    assert given.drafts == ()
    assert "does not name the supplier" in given.notes[0]


def test_labels_are_known_whatever_their_order_case_and_punctuation() -> None:
    given = page(
        "<span class='x-caption'>Ostler CIC</span><h1>RotaOstler</h1>"
        "<dl><dt>data storage AND processing locations:</dt><dd>United Kingdom</dd></dl>"
    )

    assert value(given, "data_location").value == "LOC_UK"


@pytest.mark.parametrize("words", ["No", "Never", "None or don\u2019t know", "Not held"])
def test_no_in_any_form_is_no_certificate(words: str) -> None:
    given = page(
        f"<span class='caption'>Ostler CIC</span><h1>RotaOstler</h1>"
        f"<dl><dt>Accessibility standards</dt><dd>{words}</dd></dl>"
    )

    assert value(given, "assurance.ASR_WCAG").absence == "no"


def test_every_label_of_the_real_question_set_is_known() -> None:
    folder = real("gcloud") / "g-cloud-13"
    shown = yaml.safe_load((folder / "manifests" / "display_service.yml").read_text())
    names = {
        yaml.safe_load(_question(folder, name).read_text())["name"]
        for section in shown
        for name in section["questions"]
    }

    assert len(names) > 150
    assert {name for name in names if not labels().knows(name_key(name))} == set()


def _question(folder: Path, name: str) -> Path:
    return folder / "questions" / "services" / f"{name}.yml"
