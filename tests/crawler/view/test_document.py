from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from catalogue.drafts import ClaimDraft, DeploymentDraft
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reading import read
from crawler.view import pdf_text
from crawler.view.document import view_document
from tests.crawler.pdfs import REPORT, pdf

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
URL = "https://www.rotaflow.example/wp-content/westmarch.pdf"
REQUEST = ReadRequest(
    extractors=("json_ld", "product_page", "case_study", "news"),
    publisher="Rotaflow Ltd",
    voice="VOICE_SUPPLIER",
    site="https://www.rotaflow.example/",
)


def page(body: bytes, url: str = URL) -> Page:
    return Page(url, body, "application/pdf", NOW)


def test_the_first_line_is_the_title_where_the_stated_one_is_that_of_a_file() -> None:
    assert view_document(page(REPORT)).title == "Rota planning at Westmarch: a case study"


def test_a_title_that_is_stated_is_taken() -> None:
    body = pdf([["Rotas for wards."]], title="Rotas that plan themselves")
    assert view_document(page(body)).title == "Rotas that plan themselves"


def test_lines_of_a_paragraph_are_joined_and_the_running_foot_is_left_out() -> None:
    text = view_document(page(REPORT)).text
    assert "2 hours per week on average, compared with the diary" in text
    assert "open. It was introduced on 12 wards" in text
    assert "page 2" not in text


def test_the_day_is_the_one_that_is_written_and_else_that_of_its_making() -> None:
    assert view_document(page(REPORT)).published_on == date(2026, 3, 3)
    bare = pdf([["Rotas for wards."]], created="D:20260401093000Z")
    assert view_document(page(bare)).published_on == date(2026, 4, 1)
    future = pdf([["Rotas for wards."]], created="D:29990401093000Z")
    assert view_document(page(future)).published_on is None


def test_every_quote_says_on_which_page_it_stands() -> None:
    reading = read(page(REPORT), REQUEST)
    claims = [draft for draft in reading.drafts if isinstance(draft, ClaimDraft)]
    assert {claim.quote.place for claim in claims} == {"page:2"}
    assert any(claim.low == 2.0 and claim.unit == "hours" for claim in claims)
    (place,) = [draft for draft in reading.drafts if isinstance(draft, DeploymentDraft)]
    assert place.buyer == "Westmarch NHS Foundation Trust"
    assert place.quote.place == "page:3"


def test_a_pdf_that_pdfium_refuses_is_read_by_pypdf() -> None:
    junk_before = b"\n" * 2000 + REPORT
    moved = REPORT.replace(b"startxref", b"startxfer")
    for body in (junk_before, moved):
        assert "Westmarch" in view_document(page(body)).text


def test_pypdf_gives_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = view_document(page(REPORT)).text
    monkeypatch.setattr(pdf_text, "_by_pdfium", _refuse)
    assert view_document(page(REPORT)).text.split() == whole.split()


def _refuse(body: bytes) -> None:
    raise pypdfium2.PdfiumError(f"no PDF of {len(body)} bytes")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.4\n", "broken"),
        (b"%PDF-1.7\n" + b"\0garbage" * 500, "broken"),
        (REPORT[:300], "broken"),
        (pdf([[]]), "scan"),
        (pdf([]), "broken|scan"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_a_reason(body: bytes, said: str) -> None:
    with pytest.raises(UnreadablePageError, match=said):
        view_document(page(body))


def test_a_bomb_of_pages_is_cut() -> None:
    body = pdf([[f"Rota {number}"] for number in range(pdf_text.MAX_PAGES + 50)])
    began = time.perf_counter()
    view = view_document(page(body))
    assert len(view.page_starts) == pdf_text.MAX_PAGES
    assert view.notes == (f"Only the first {pdf_text.MAX_PAGES} pages were read.",)
    assert time.perf_counter() - began < 5.0


def test_equal_words_are_an_equal_fingerprint() -> None:
    again = pdf([["Rotas for wards."]], created="D:20260701093000Z")
    once = pdf([["Rotas for wards."]], created="D:20260401093000Z")
    assert view_document(page(again)).text_sha == view_document(page(once)).text_sha
