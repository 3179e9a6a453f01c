"""The company behind a site, as its small print names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from catalogue.drafts import Quote, SupplierDraft
from catalogue.text import quote
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

_NOTICE = re.compile(
    r"(?P<name>[A-Z][\w&'\u2019().-]*(?:\s+(?:[A-Z&(][\w&'\u2019().-]*|of|and|the)){0,6}?\s+"
    r"(?:Ltd|Limited|plc|PLC|LLP|CIC))\b\.?"
    r"[^.]{0,80}?\.?[^.]{0,80}?\b(?:compan(?:y|ies)(?:\s+house)?|registration|registered)\s*"
    r"(?:registration\s*)?(?:number|no\.?)\s*:?\s*(?P<number>\d{7,8}|[A-Z]{2}\d{6})\b"
)
_NOTICED = ("compan", "registr", "registered")
"""One of these stands in every such notice."""
_NUMBERED = re.compile(r"\d\d{5}")
"""So does such a number, which is in few footers."""
_LEADING = re.compile(
    r"^(?:(?:©|Copyright|All Rights Reserved|Rights Reserved|Privacy|Terms|Cookies|Policy)\W*\s*)+",
    re.IGNORECASE,
)


def company(view: PageView, request: ReadRequest, extractor: str) -> Iterator[SupplierDraft]:
    """The publisher's legal name and company number, from a supplier's own site."""
    words = view.small_print
    if request.voice != "VOICE_SUPPLIER" or not any(one in words for one in _NOTICED):
        return
    found = _NOTICE.search(words) if _NUMBERED.search(words) else None
    if found is None:
        return
    host = (urlsplit(request.site).hostname or "").removeprefix("www.")
    number = found["number"]
    yield SupplierDraft(
        extractor=extractor,
        name=Quote(text=quote(_LEADING.sub("", found["name"])), place="body"),
        homepage=request.site,
        identifiers=(
            ("GB-COH", number.zfill(8) if number.isdigit() else number),
            ("DOMAIN", host),
        ),
    )
