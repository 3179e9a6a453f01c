from __future__ import annotations

import pytest

from crawler.archetypes.feed import Feed
from crawler.archetypes.site import Site
from crawler.archetypes.sitemap import Sitemap
from crawler.archetypes.with_documents import WithDocuments

ROOT = "https://www.rota.example/"
LINKS = [
    f"{ROOT}files/report.pdf",
    f"{ROOT}files/REPORT-2.PDF?version=2",
    f"{ROOT}files/report.pdf#page=3",
    f"{ROOT}files/draft.pdf",
    f"{ROOT}files/report.docx",
    "https://elsewhere.example/report.pdf",
]


@pytest.mark.parametrize("kind", [Site, Sitemap, Feed])
def test_pdfs_of_the_site_are_found_where_they_are_wanted(kind: type[WithDocuments]) -> None:
    options = {"url": ROOT, "pdf": True, "deny": ["draft"]}
    found = [item.url for item in kind.model_validate(options).follow(LINKS, 1)]
    assert found == LINKS[:2]
    assert kind.model_validate({"url": ROOT}).follow(LINKS, 1) == ()


def test_a_site_takes_pdfs_from_its_deepest_pages_and_whatever_it_allows() -> None:
    site = Site.model_validate({"url": ROOT, "pdf": True, "max_depth": 1, "allow": ["/news/"]})
    found = site.follow([f"{ROOT}news/a", *LINKS[:1]], 1)
    assert [(item.url, item.depth) for item in found] == [(LINKS[0], 2)]


def test_the_budget_is_small_and_none_without_the_option() -> None:
    assert Site.model_validate({"url": ROOT}).pdf_budget == 0
    assert Site.model_validate({"url": ROOT, "pdf": True, "max_pdf": 3}).pdf_budget == 3
