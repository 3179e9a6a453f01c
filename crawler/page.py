"""A page as it was fetched: its bytes, and what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from w3lib.encoding import html_to_unicode

from catalogue.errors import HorizonError

MAX_TAG = 64 * 1024
"""Longest tag that a parser is shown, in bytes: parsers take quadratic time over attributes
(80,000 attributes on one tag kept lxml busy for 70 seconds)."""

MAX_TAGS = 200_000
"""Most tags of a page of HTML that a parser is shown: 690,000 take it seconds and hundreds of
MiB. A large page of a supplier has 10,000."""

_SAMPLE = 8192
_FEW_CONTROLS = 16
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r\x1b")

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
CSV_TYPES = frozenset({"text/csv", "application/csv", "text/tab-separated-values"})
WORKBOOK_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
    }
)
XML_TYPES = frozenset({"application/xml", "text/xml"})
VAGUE_TYPES = frozenset({"text/plain", "application/octet-stream", "application/zip"})
"""Types that say nothing of what a body is."""

MAX_TABLE = 10 * 1024 * 1024
"""Longest table that is read, in bytes."""

_INLINE_DATA = re.compile(rb"(?<=data:)[\w.+/-]{1,80};base64,[A-Za-z0-9+/=%\s]{256,}")
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d,}" % MAX_TAG)
_LOOKS_LIKE_HTML = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)


FaultPageKind = Literal[
    "empty", "soft_404", "error_page", "login", "bot_wall", "parked", "maintenance"
]
"""What a page may be that answers 200 and is none (`crawler.fault_pages`)."""


class UnreadablePageError(HorizonError):
    """A page cannot be read: `kind` is `unreadable`, `too_large`, or that of a `FaultPage`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Page:
    """One answer to one request, before anybody has read it."""

    url: str
    """Absolute address it came from, after redirects."""
    body: bytes
    content_type: str
    """The Content-Type header as sent; empty when there was none."""
    fetched_at: datetime

    @cached_property
    def media_type(self) -> str:
        """The media type alone, in lower case: `text/html`; guessed where no header says it."""
        declared = self.content_type.partition(";")[0].strip().casefold()
        if declared and declared not in {"application/octet-stream", "text/plain"}:
            return declared
        if _LOOKS_LIKE_HTML.match(self.body[:4096]):
            return "text/html"
        return declared or "application/octet-stream"

    @property
    def is_html(self) -> bool:
        """Whether the page is HTML."""
        return self.media_type in HTML_TYPES

    @property
    def is_json(self) -> bool:
        """Whether the page is JSON."""
        return self.media_type == "application/json" or self.media_type.endswith("+json")

    @property
    def is_workbook(self) -> bool:
        """Whether the page is an XLSX workbook: a zip archive that its type or name calls one."""
        named = self.media_type in WORKBOOK_TYPES or _path(self.url).endswith(".xlsx")
        return named and self.body.startswith(b"PK\x03\x04")

    @property
    def is_table(self) -> bool:
        """Whether the page is a table: CSV by type or, where the type says nothing, by name."""
        if self.is_workbook or self.media_type in CSV_TYPES:
            return True
        vague = self.media_type in VAGUE_TYPES | WORKBOOK_TYPES
        return vague and _path(self.url).endswith((".csv", ".tsv"))

    @property
    def is_xml(self) -> bool:
        """Whether the page is XML: by type or, where the type says nothing, by name."""
        if self.media_type in XML_TYPES:
            return True
        return self.media_type in VAGUE_TYPES and _path(self.url).endswith(".xml")

    @property
    def is_pdf(self) -> bool:
        """Whether the page is a PDF."""
        return self.media_type == "application/pdf" or self.body.startswith(b"%PDF-")

    @cached_property
    def html(self) -> str:
        """The body as text: by its byte order mark, else the header, else its own meta tag,
        else UTF-8, else Windows-1252. Wrong bytes become U+FFFD; nothing is raised.
        """
        body = _without_inline_data(self.body)
        _, text = html_to_unicode(self.content_type or None, body, auto_detect_fun=_guess)
        return text.replace("\0", "")

    def check(self, max_html: int) -> None:
        """Refuse what no parser should be shown.

        Raises:
            UnreadablePageError: the page is longer than `max_html` bytes, has a tag longer than
                `MAX_TAG` or more than `MAX_TAGS`, is empty or binary, or is of another type
                than HTML, JSON, XML, PDF and tables.
        """
        if self.is_pdf:
            return
        if self.is_table:
            if not self.body.strip():
                raise UnreadablePageError("unreadable", "The table is empty.")
            if len(self.body) > MAX_TABLE:
                raise UnreadablePageError("too_large", f"A table is longer than {MAX_TABLE} bytes.")
            return
        if not (self.is_html or self.is_json or self.is_xml):
            raise UnreadablePageError(
                "unreadable", f"A page of type {self.media_type} is not read."
            )
        if not self.body.strip():
            raise UnreadablePageError("unreadable", "The page is empty.")
        if _is_binary(self.body[:_SAMPLE]):
            raise UnreadablePageError(
                "unreadable", "The page is not text, whatever its header says."
            )
        if len(self.body) > max_html:
            size = f"{len(self.body)} bytes; {max_html} are read at most"
            raise UnreadablePageError("too_large", f"The page has {size}.")
        if not self.is_json:
            self._check_tags()

    def _check_tags(self) -> None:
        """Refuse the markup that parsers take quadratic time over."""
        if len(self.body) <= min(MAX_TAG, MAX_TAGS):
            return
        body = _without_inline_data(self.body)
        # Without a long stretch between two tags there is none, and that is found out much faster.
        if len(max(body.split(b"<"), key=len)) > MAX_TAG and _LONG_TAG.search(body):
            raise UnreadablePageError("too_large", f"A tag is longer than {MAX_TAG} bytes.")
        if self.is_html and self.body.count(b"<") > MAX_TAGS:
            raise UnreadablePageError("too_large", f"The page has more than {MAX_TAGS} tags.")


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """How a page is to be read."""

    extractors: tuple[str, ...]
    """Names of the extractors to run, in order."""
    publisher: str
    """Name of the publisher of the source."""
    voice: str
    """VOICE_ code of the source."""
    site: str
    """Address of the source's site: its host names the publisher's domain."""
    known_text_sha: str = ""
    """Chosen-text hash of the last reading: when it is met again, no extractor is run."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the source tells its extractors, as JSON knows it: see `Archetype.told`."""


def _path(url: str) -> str:
    """The path of an address, in lower case."""
    return url.partition("?")[0].partition("#")[0].casefold()


def _without_inline_data(body: bytes) -> bytes:
    """A page without the pictures and fonts that are written into it."""
    return _INLINE_DATA.sub(b",", body) if b";base64," in body else body


def _is_binary(sample: bytes) -> bool:
    """Whether more than a few bytes are control characters; UTF-16 with its mark is text."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(_FEW_CONTROLS, len(sample) // 50)


def _guess(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
