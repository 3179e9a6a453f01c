"""How to read a kind of page: pure functions, page view in, drafts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalogue.drafts import AnyDraft
from catalogue.errors import SourceError, nearest
from crawler.extractors.article import case_study, news
from crawler.extractors.company_profile import company_profile
from crawler.extractors.govuk_content import govuk_content
from crawler.extractors.json_ld import json_ld
from crawler.extractors.model_card import model_card
from crawler.extractors.note import Note
from crawler.extractors.product_page import product_page
from crawler.extractors.registry_listing import registry_listing
from crawler.extractors.service_listing import service_listing
from crawler.extractors.table_rows import table_rows
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

Extractor = Callable[[PageView, ReadRequest], Iterator[AnyDraft | Note]]

EXTRACTORS: dict[str, Extractor] = {
    "json_ld": json_ld,
    "product_page": product_page,
    "case_study": case_study,
    "news": news,
    "govuk_content": govuk_content,
    "service_listing": service_listing,
    "registry_listing": registry_listing,
    "table_rows": table_rows,
    "company_profile": company_profile,
    "model_card": model_card,
}
"""All extractors by the name that a source gives them."""


def extractor(name: str) -> Extractor:
    """The extractor with this name.

    Raises:
        SourceError: there is none; the message names the nearest.
    """
    try:
        return EXTRACTORS[name]
    except KeyError:
        raise SourceError(f"There is no extractor '{name}'.", nearest(name, EXTRACTORS)) from None
