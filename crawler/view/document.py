"""PDF documents, as the extractors see them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from catalogue.text import one_line
from crawler.page import Page, UnreadablePageError
from crawler.view.dates import EARLIEST, parse_day, written_day
from crawler.view.fingerprint import fingerprint
from crawler.view.kind import kind_of
from crawler.view.links import absolute
from crawler.view.main_text import readable
from crawler.view.page_view import PageView
from crawler.view.pdf_text import MAX_PAGES, pdf_text
from crawler.view.structured import Structured

_NO_TITLE = re.compile(
    r"^(?:untitled\b.*|(?:microsoft\s+)?(?:word|powerpoint|excel)\b\s*-?.*|slide \d+|document\d*"
    r"|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|pages|rtf|odt))$",
    re.IGNORECASE,
)
_CREATED = re.compile(r"^D:(\d{4})(\d{2})(\d{2})")
_TITLE = 200
_JOINT = "\n\n"


def view_document(page: Page) -> PageView:
    """Parse a PDF.

    Raises:
        UnreadablePageError: it is broken, locked or has no words (a scan).
    """
    pdf = pdf_text(page.body)
    parts = [readable(part) for part in pdf.pages]
    if not any(parts):
        raise UnreadablePageError("unreadable", "The PDF has no words: it may be a scan.")
    text, starts = _joined(parts)
    title = _title(pdf.title, text, page.url)
    tree = LexborHTMLParser("")
    kind = kind_of(tree, Structured(), page.url, title)
    latest = page.fetched_at.date()
    days = (written_day(text), parse_day(_CREATED.sub(r"\1-\2-\3 ", pdf.created)))
    return PageView(
        url=page.url,
        canonical=absolute(page.url, page.url) or page.url,
        title=title,
        heading=title,
        text=text,
        text_sha=fingerprint(f"{title}\n{text}"),
        kind="case_study" if kind == "case_study" else "page",
        language="en",
        published_on=next((day for day in days if day and EARLIEST <= day <= latest), None),
        links=(),
        tree=tree,
        data=Structured(),
        page_starts=starts,
        notes=(f"Only the first {MAX_PAGES} pages were read.",) if pdf.cut else (),
    )


def _joined(parts: list[str]) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, and where in it each page starts."""
    starts, length = [], 0
    for part in parts:
        starts.append(length)
        length += len(part) + len(_JOINT)
    return _JOINT.join(parts), tuple(starts)


def _title(said: str, text: str, url: str) -> str:
    """What the document calls itself, else its first line, else the name of its file."""
    stated = readable(one_line(said, _TITLE))
    if stated and not _NO_TITLE.match(stated):
        return stated
    lines = (line.strip() for line in text.split("\n"))
    first = next((line for line in lines if sum(map(str.isalpha, line)) > len("Page")), "")
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return one_line(first, _TITLE) or one_line(name, _TITLE)
