"""The words of a PDF, page by page, and what it says of itself.

pypdfium2 reads; pypdf reads what pypdfium2 refuses. Both are shown untrusted bytes, so this runs
in the reader's child process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Final

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError

from crawler.page import UnreadablePageError

MAX_PAGES: Final = 200
"""Most pages of one document that are read."""

_SENTENCE_END: Final = re.compile(r"[.!?:;]['\")\u2019\u201d]?$")
_ITEM: Final = re.compile(r"(?:[-*\u2022\u25aa\uf0b7\u2013]|\d{1,2}[.)]|[a-z]\))\s")
_HYPHENS: Final = re.compile(r"(?<=\w)[-\u00ad\ufffe\u2010]\n(?=[a-z])")
_NUMBERS: Final = re.compile(r"\d+")
_SHORT: Final = 0.6
"""A line shorter than this share of a page's longest ends its paragraph."""
_REPEATED: Final = 3
"""On so many pages, and on half of all, a line at the edge is the document's and not the page's."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF says."""

    pages: tuple[str, ...]
    """The words of each page; paragraphs on lines of their own."""
    title: str
    """As its metadata have it; "" where they have none."""
    created: str
    """As its metadata have it (`D:20260312...`)."""
    cut: bool = False
    """Whether it has more pages than are read."""


def pdf_text(body: bytes) -> PdfText:
    """Read a PDF.

    Raises:
        UnreadablePageError: it is broken or locked.
    """
    try:
        pages, title, created, count = _by_pdfium(body)
    except pypdfium2.PdfiumError as error:
        try:
            pages, title, created, count = _by_pypdf(body)
        except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as other:
            said = "is locked" if "assword" in f"{error} {other}" else "is broken"
            raise UnreadablePageError("unreadable", f"The PDF {said}.") from error
    inner = _without_edges([page.replace("\r\n", "\n").replace("\r", "\n") for page in pages])
    return PdfText(
        tuple(_paragraphs(page) for page in inner), title.strip(), created, count > MAX_PAGES
    )


_Words = tuple[list[str], str, str, int]
"""Text of the pages, title, date of creation, number of pages."""


def _by_pdfium(body: bytes) -> _Words:
    document = pypdfium2.PdfDocument(body)
    try:
        pages = []
        for number in range(min(len(document), MAX_PAGES)):
            words = document[number].get_textpage()
            pages.append(words.get_text_bounded())
            words.close()
        said = document.get_metadata_dict()
        return pages, said.get("Title", ""), said.get("CreationDate", ""), len(document)
    finally:
        document.close()


def _by_pypdf(body: bytes) -> _Words:
    reader = pypdf.PdfReader(BytesIO(body), strict=False)
    count = len(reader.pages)
    pages = [reader.pages[number].extract_text() for number in range(min(count, MAX_PAGES))]
    said: dict[str, object] = dict(reader.metadata or {})
    return pages, str(said.get("/Title") or ""), str(said.get("/CreationDate") or ""), count


def _without_edges(pages: Sequence[str]) -> list[str]:
    """Pages without those of their first and last two lines that most pages share but for
    numbers; a page that would have nothing left is kept whole.
    """
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    edges = Counter(_NUMBERS.sub("#", line) for page in lines for line in {*page[:2], *page[-2:]})
    often = max(_REPEATED, len(pages) / 2)
    running = {line for line, count in edges.items() if count >= often}
    inner = (
        [
            line
            for place, line in enumerate(page)
            if 1 < place < len(page) - 2 or _NUMBERS.sub("#", line) not in running
        ]
        for page in lines
    )
    return ["\n".join(kept or page) for kept, page in zip(inner, lines, strict=True)]


def _paragraphs(page: str) -> str:
    """The words of a page with the lines of one paragraph joined."""
    lines = _HYPHENS.sub("", page).split("\n")
    longest = max((len(line) for line in lines), default=0)
    joined = lines[0]
    for before, line in pairwise(lines):
        ends = (
            len(before) < _SHORT * longest
            or _ITEM.match(line) is not None
            or (_SENTENCE_END.search(before) is not None and len(before) < 0.9 * longest)
        )
        joined += ("\n" if ends else " ") + line
    return joined
