from __future__ import annotations

import pytest

from catalogue.drafts import MAX_QUOTE, ToolDraft
from crawler.reading import read
from tests.crawler.extractors.recorded import PAGES, recorded, summary

NAMES = sorted(path.stem for path in PAGES.glob("*.yml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_page_gives_exactly_what_a_careful_reader_finds(name: str) -> None:
    page = recorded(name)

    assert summary(read(page.page, page.request)) == page.expected


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_from_the_main_text_stands_at_its_place(name: str) -> None:
    page = recorded(name)
    reading = read(page.page, page.request)
    quotes = [
        draft.quote
        for draft in reading.drafts
        if not isinstance(draft, ToolDraft) and hasattr(draft, "quote")
    ]
    quotes += [
        value.quote
        for draft in reading.drafts
        if isinstance(draft, ToolDraft)
        for value in draft.values
    ]

    for quote in quotes:
        if quote.place.startswith("chars:"):
            start, end = map(int, quote.place.removeprefix("chars:").split("-"))
            assert quote.text == " ".join(reading.text[start:end].split())
        assert 0 < len(quote.text) <= MAX_QUOTE
