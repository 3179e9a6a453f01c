"""JSON of registers and other APIs: a record of named fields, as text a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from catalogue.text import one_line
from crawler.page import Page
from crawler.view.fingerprint import fingerprint
from crawler.view.main_text import readable
from crawler.view.page_view import PageView
from crawler.view.structured import Structured

MAX_LINES: Final = 5_000
"""Most fields that the text of a record holds."""

_TITLES: Final = ("title", "company_name", "name", "Name")
_LEFT_OUT: Final = re.compile(
    r"^(?:etag|links|self|kind)$|address|officer|person|contact|phone|e-?mail", re.IGNORECASE
)
"""Fields that are about the machine or about people: neither is kept."""


def view_fields(page: Page, record: Mapping[str, Any]) -> PageView:
    """See a record as a page: a line for each field, but none about people."""
    title = next((str(record[key]) for key in _TITLES if isinstance(record.get(key), str)), "")
    text = readable("\n".join(islice(_lines(record), MAX_LINES)))
    return PageView(
        url=page.url,
        canonical=page.url,
        title=one_line(title, 300),
        heading=one_line(title, 300),
        text=text,
        text_sha=fingerprint(text),
        kind="page",
        language="en",
        published_on=None,
        links=(),
        tree=LexborHTMLParser(""),
        data=Structured(),
        record=record,
    )


def _lines(value: object, label: str = "") -> Iterator[str]:
    """Each scalar under its label, lists one line for each item."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not _LEFT_OUT.search(str(key)):
                yield from _lines(inner, " ".join(filter(None, (label, _words(str(key))))))
    elif isinstance(value, list):
        for inner in value:
            yield from _lines(inner, label)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and f"{value}":
        yield f"{label}: {one_line(str(value), 500)}" if label else one_line(str(value), 500)


def _words(key: str) -> str:
    """A field's name in words: `company_status`, `PrimaryRoleId`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", key).casefold()
