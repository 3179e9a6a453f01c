"""The address that a page calls its own."""

from __future__ import annotations

import re

from crawler.address import clean, same_page

HEAD = 64 * 1024
"""How much of a page is searched, in bytes: `rel=canonical` stands in the head."""

_LINK = re.compile(rb"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"\brel\s*=\s*([\"']?)canonical\1(?=[\s/>])", re.IGNORECASE)
_HREF = re.compile(
    rb"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)


def canonical(body: bytes, url: str) -> str:
    """The spelling of its address that an HTML page asks for; `url` itself where it asks for
    none, or for another page: sites that call every page their home page are common, and
    would hide all their pages behind one.
    """
    for link in _LINK.finditer(body, 0, HEAD):
        if not _CANONICAL.search(link[0]):
            continue
        if href := _HREF.search(link[0]):
            asked = clean(_text(href[1] or href[2] or href[3] or b""), url)
            return asked if asked and same_page(asked, url) else url
    return url


def _text(href: bytes) -> str:
    return href.decode("utf-8", errors="replace").replace("&amp;", "&")
