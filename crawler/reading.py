"""Reading a page: pure, page in, reading out."""

from __future__ import annotations

from catalogue.drafts import Reading
from crawler.extractors import extractor
from crawler.extractors.note import Note
from crawler.fault_pages import fault_page
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.view.card import view_card
from crawler.view.main_text import visible_text
from crawler.view.page_view import PageView, view_html
from crawler.view.record import view_record

__all__ = ["ReadRequest", "read"]


def read(page: Page, request: ReadRequest) -> Reading:
    """Everything that one page gives.

    The extractors are run only when the chosen text differs from the one known.

    Raises:
        UnreadablePageError: the page is of another type than HTML, JSON, XML, PDF and tables, is
            broken, or has no words.
        SourceError: the request names an extractor that does not exist.
    """
    extractors = [extractor(name) for name in request.extractors]
    if page.is_pdf:
        from crawler.view.document import view_document  # noqa: PLC0415 (few crawls meet one)

        view = view_document(page)
    elif page.is_table:
        from crawler.view.table import view_table  # noqa: PLC0415 (it takes numpy along)

        columns = request.options.get("columns") or {}
        view = view_table(page, columns.values(), request.options.get("sheet") or "")
    elif page.is_html:
        view = view_html(page)
        _refuse_fault_pages(view, page)
    elif page.is_json:
        view = view_record(page)
    elif page.is_xml:
        view = view_card(page)
    else:
        raise UnreadablePageError("unreadable", f"A page of type {page.media_type} is not read.")
    if not view.text and not view.title:
        raise UnreadablePageError("unreadable", "The page has no words.")
    changed = view.text_sha != request.known_text_sha
    found = dict.fromkeys(one for run in extractors if changed for one in run(view, request))
    return Reading(
        title=view.title,
        text=view.text,
        text_sha=view.text_sha,
        kind=view.kind,
        published_on=view.published_on,
        language=view.language,
        drafts=tuple(one for one in found if not isinstance(one, Note)),
        links=view.links,
        notes=(*view.notes, *(one.text for one in found if isinstance(one, Note))),
    )


def _refuse_fault_pages(view: PageView, page: Page) -> None:
    """Raise UnreadablePageError for a page that is none, or shows nothing without a script."""
    if fault := fault_page(view.title, view.heading, visible_text(view.tree), page.html):
        raise UnreadablePageError(fault.kind, fault.note)
    if not view.text and not view.data.items:
        raise UnreadablePageError("empty", "The page shows no words without running its scripts.")
