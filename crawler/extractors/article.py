"""Reads articles: what is claimed, which study is reported, where a tool is in use, and what may
be the name of one.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.drafts import AnyDraft
from crawler.extractors.claims import claims
from crawler.extractors.deployments import deployments
from crawler.extractors.leads import leads
from crawler.extractors.studies import studies
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

CASE_STUDY = "case_study@2"
NEWS = "news@2"


def case_study(view: PageView, request: ReadRequest) -> Iterator[AnyDraft]:
    """A case study. On a site that is not a supplier's own, a page of no known kind counts as
    one: its address does not say what it is, but its publisher has no product pages. So does a
    PDF anywhere.
    """
    if view.kind == "case_study" or _of_no_kind(view, request):
        yield from _article(view, request, CASE_STUDY)


def news(view: PageView, request: ReadRequest) -> Iterator[AnyDraft]:
    """A news article; and a page of no known kind as with `case_study`, when that is not run."""
    unknown = _of_no_kind(view, request) and "case_study" not in request.extractors
    if view.kind == "news" or unknown:
        yield from _article(view, request, NEWS)


def _article(view: PageView, request: ReadRequest, extractor: str) -> Iterator[AnyDraft]:
    claimed = list(claims(view, extractor))
    yield from claimed
    yield from studies(view, request, extractor, claimed=bool(claimed))
    yield from deployments(view, request, extractor)
    yield from leads(view, request, extractor)


def _of_no_kind(view: PageView, request: ReadRequest) -> bool:
    """Whether a page of no known kind is to be read as an article."""
    return view.kind == "page" and (bool(view.page_starts) or _others_site(view, request))


def _others_site(view: PageView, request: ReadRequest) -> bool:
    """Whether the page, not the home page, stands on a site that is not a supplier's."""
    return request.voice != "VOICE_SUPPLIER" and view.canonical.count("/") > len("//") + 1
