"""JSON documents: those of the GOV.UK content API, and records of other APIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from catalogue.text import one_line
from crawler.page import Page, UnreadablePageError
from crawler.view.dates import parse_day
from crawler.view.fields import view_fields
from crawler.view.fingerprint import fingerprint
from crawler.view.kind import Kind
from crawler.view.links import absolute, links
from crawler.view.main_text import readable, visible_text
from crawler.view.page_view import PageView
from crawler.view.structured import Structured, load_json

_NEWS = frozenset({"news_article", "news_story", "press_release", "speech", "blog_post"})
_OF_CONTENT = frozenset(
    {"details", "base_path", "description", "document_type", "schema_name", "content_id"}
)
"""Fields by one of which a document of the content API is known."""
_LISTINGS = frozenset({"organisation", "taxon", "collection", "document_collection", "finder"})


def view_record(page: Page) -> PageView:
    """Parse a document of the content API; any other record is seen field by field.

    Raises:
        UnreadablePageError: the page is not a JSON object.
    """
    try:
        record = load_json(page.body)
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError("unreadable", "The page is not valid JSON.") from error
    if not isinstance(record, dict):
        raise UnreadablePageError("unreadable", "The page is JSON, but not an object.")
    if record.keys().isdisjoint(_OF_CONTENT):
        return view_fields(page, record)
    details = record.get("details")
    details = details if isinstance(details, dict) else {}
    tree = LexborHTMLParser("\n".join(_bodies(record, details)))
    text = readable(visible_text(tree))
    notice = record.get("withdrawn_notice")
    notice = notice if isinstance(notice, dict) else {}
    site = absolute(page.url, str(record.get("base_path") or page.url))
    return PageView(
        url=page.url,
        canonical=site or page.url,
        title=one_line(str(record.get("title") or ""), 300),
        heading=one_line(str(record.get("title") or ""), 300),
        text=text,
        text_sha=fingerprint(
            f"{record.get('title')}\n{text}",
            ({"withdrawn": bool(notice), "metadata": details.get("metadata")},),
        ),
        kind=_kind(str(record.get("document_type") or "")),
        language=str(record.get("locale") or "en"),
        published_on=parse_day(
            str(record.get("first_published_at") or record.get("public_updated_at") or "")
        ),
        links=links(tree, site or page.url),
        tree=tree,
        data=Structured(),
        record=record,
        notes=(f"Withdrawn: {_plain(notice)}",) if notice else (),
    )


def _bodies(record: Mapping[str, Any], details: Mapping[str, Any]) -> Iterator[str]:
    """The withdrawal notice, the description and the body, as HTML."""
    notice = record.get("withdrawn_notice")
    if isinstance(notice, dict) and isinstance(notice.get("explanation"), str):
        yield f"<p>Withdrawn.</p>{notice['explanation']}"
    for words in (record.get("description"), details.get("summary")):
        if isinstance(words, str):
            yield f"<p>{words}</p>"
    body = details.get("body")
    if isinstance(body, list):  # one version for each content type
        contents = [part.get("content") for part in body if isinstance(part, dict)]
        body = next((words for words in contents if isinstance(words, str)), None)
    if isinstance(body, str):
        yield body
    parts = details.get("parts")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and isinstance(part.get("body"), str):
            yield f"<h2>{part.get('title', '')}</h2>{part['body']}"


def _plain(notice: Mapping[str, Any]) -> str:
    explanation = LexborHTMLParser(str(notice.get("explanation") or "")).text(separator=" ")
    return one_line(explanation, 200) or "no reason given."


def _kind(document_type: str) -> Kind:
    if "case_study" in document_type or document_type == "algorithmic_transparency_record":
        return "case_study"
    if document_type in _NEWS:
        return "news"
    if document_type in _LISTINGS:
        return "listing"
    return "guidance" if document_type else "page"
