"""What a page says of certificates and assessments, with the days that it gives."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from catalogue.drafts import ToolDraft, Value
from crawler import reading
from crawler.page import Page, ReadRequest


def read(body: str) -> dict[str, Value]:
    html = f"<html><body><main><h1>RotaFlow</h1>{body}</main></body></html>".encode()
    site = "http://www.rotaflow.example/"
    request = ReadRequest(("product_page",), "Rotaflow Systems Ltd", "VOICE_SUPPLIER", site)
    page = Page(f"{site}products/rotaflow", html, "text/html", datetime(2026, 11, 1, tzinfo=UTC))
    tools = [one for one in reading.read(page, request).drafts if isinstance(one, ToolDraft)]
    return {
        one.property.removeprefix("assurance.ASR_"): one
        for one in tools[0].values
        if one.property.startswith("assurance.")
    }


@pytest.mark.parametrize(
    ("words", "artefact", "stated_on", "valid_until"),
    [
        ("RotaFlow was assessed against DTAC in March 2026.", "DTAC", date(2026, 3, 1), None),
        (
            "Our Cyber Essentials Plus certificate is valid until 3 May 2027.",
            "CYBER_ESS_PLUS",
            None,
            date(2027, 5, 3),
        ),
        ("We have met DSPT standards 2025-26.", "DSPT", None, None),
        ("We are working towards ISO 27001, expected in May 2027.", "ISO27001", None, None),
    ],
)
def test_days_are_read_with_the_artefact(
    words: str, artefact: str, stated_on: date | None, valid_until: date | None
) -> None:
    value = read(f"<p>{words}</p>")[artefact]
    assert (value.stated_on, value.valid_until) == (stated_on, valid_until)
    assert value.quote.text in words


def test_each_artefact_of_a_sentence_has_its_own_words_and_days() -> None:
    found = read(
        "<p>RotaFlow meets DTAC v2 (March 2026), is certified to ISO 27001:2022 until 9 May 2027 "
        "and holds Cyber Essentials.</p>"
    )
    assert found["DTAC"].original == "DTAC v2 (March 2026), is certified to"
    assert (found["DTAC"].stated_on, found["DTAC"].valid_until) == (date(2026, 3, 1), None)
    assert found["ISO27001"].valid_until == date(2027, 5, 9)
    assert found["CYBER_ESS"].stated_on is found["CYBER_ESS"].valid_until is None
    assert len({one.quote.text for one in found.values()}) == 1


def test_a_day_before_or_behind_a_list_is_that_of_all() -> None:
    for words in (
        "In March 2026 we were certified to Cyber Essentials and ISO 9001.",
        "We hold Cyber Essentials and ISO 9001, both renewed in March 2026.",
    ):
        found = read(f"<p>{words}</p>")
        assert found["CYBER_ESS"].stated_on == found["ISO9001"].stated_on == date(2026, 3, 1)


def test_a_labelled_value_gives_its_days() -> None:
    found = read("<dl><dt>DTAC</dt><dd>Version 2.0, 4 March 2026</dd></dl>")
    assert found["DTAC"].original == "Version 2.0, 4 March 2026"
    assert found["DTAC"].stated_on == date(2026, 3, 4)


def test_words_that_give_a_version_or_a_day_count_before_those_that_give_neither() -> None:
    found = read(
        "<p>RotaFlow is DTAC compliant.</p><p>RotaFlow was assessed against DTAC v2 in March 2026."
        "</p><p>It was assessed against DTAC v1 in May 2025.</p>"
    )
    assert found["DTAC"].stated_on == date(2026, 3, 1)
    assert found["DTAC"].quote.text.startswith("RotaFlow was assessed")


def test_a_page_can_only_claim() -> None:
    found = read("<p>We are on the MHRA register and certified to ISO 27001, verified.</p>")
    assert {one.value for one in found.values()} == {"AST_CLAIMED"}


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ('<a href="/files/ce-2026.pdf">Cyber Essentials certificate</a>', "AST_EVIDENCE_SEEN"),
        ('<a href="/security">Cyber Essentials certificate</a>', "AST_CLAIMED"),
        ('<a href="/files/brochure.pdf">How Cyber Essentials helps</a>', "AST_CLAIMED"),
    ],
)
def test_a_document_counts_as_seen_where_it_is_linked_itself(link: str, state: str) -> None:
    found = read(f"<p>We hold Cyber Essentials, renewed in May 2026.</p><p>{link}</p>")
    assert found["CYBER_ESS"].value == state
    assert found["CYBER_ESS"].stated_on == date(2026, 5, 1)


def test_a_linked_certificate_does_not_bring_back_what_has_lapsed() -> None:
    found = read(
        "<p>Our Cyber Essentials certificate expired on 30 June 2026.</p>"
        '<p><a href="/ce.pdf">Cyber Essentials certificate (2025)</a></p>'
    )
    assert found["CYBER_ESS"].value == "AST_LAPSED"
    assert found["CYBER_ESS"].valid_until == date(2026, 6, 30)
