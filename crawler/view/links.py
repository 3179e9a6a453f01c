"""The links of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser
from w3lib.url import url_query_cleaner

MAX_LINKS = 2000
"""Most links kept of one page."""

TRACKING = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "gclid",
    "fbclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
)

_SITE = re.compile(r"https?://[a-z0-9.:-]+(?=/|$)")
_ROOTED = re.compile(r"/(?=\w|$)")
"""What begins an address that is written from the root of its site."""
_BESIDE = re.compile(
    r"(?P<up>(?:\.\./)*)(?P<rest>(?:[\w%-][\w.%-]*/)*(?:[\w%-][\w.%-]*)?(?:(?<=[\w/.%-])[?#].*)?)",
    re.ASCII,
)
"""An address that is written from the folder of its page, and plainly so: "../../about/"."""
_FOLDER = re.compile(
    r"(?P<site>https?://[a-z0-9.:-]+)(?P<path>(?:/[\w%-][\w.%-]*)*)/[\w.%-]*", re.ASCII
)
"""An address of a page, as plain."""


def absolute(base: str, href: str) -> str:
    """The address that `href` on the page `base` leads to, without its fragment and tracking
    parameters; empty when it is no http or https address.
    """
    if href.startswith("#"):
        href = "#"  # one address, however many places of the page are led to
    elif _ROOTED.match(href) and (site := _site(base)):
        base = site  # the page's path does not matter: a menu is worked out once
    elif href and (beside := _BESIDE.fullmatch(href)) and (folder := _folder(base)):
        site_root, above = folder
        kept = above[: max(0, len(above) - beside["up"].count("/"))]
        base, href = f"{site_root}/", "/".join(["", *kept, beside["rest"]])  # so is this one
    return _absolute(base, href)


@lru_cache(maxsize=64)
def _site(base: str) -> str:
    """The root of a page's site; empty where its address is not plain."""
    found = _SITE.match(base)
    return f"{found[0]}/" if found else ""


@lru_cache(maxsize=64)
def _folder(base: str) -> tuple[str, tuple[str, ...]] | None:
    """The site of a page and the folders above it; None where its address is not plain."""
    found = _FOLDER.fullmatch(base)
    return (found["site"], tuple(found["path"].split("/")[1:])) if found else None


@lru_cache(maxsize=4096)
def _absolute(base: str, href: str) -> str:
    try:
        address = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # an IPv6 host that is none, a port that is no number
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    if "?" in address and any(f"{name}=" in parts.query for name in TRACKING):
        address = url_query_cleaner(address, TRACKING, remove=True)
    return address


def links(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """Absolute addresses in the order of the page, each once; those marked nofollow left out."""
    node = tree.css_first("base[href]")
    base = absolute(url, node.attributes.get("href") or "") if node is not None else ""
    seen: set[str] = set()
    found: dict[str, None] = {}
    for anchor in tree.css("a[href], area[href]"):
        attributes = anchor.attributes
        href, rel = attributes.get("href") or "", attributes.get("rel")
        if href in seen or (rel and "nofollow" in rel.casefold().split()):
            continue
        seen.add(href)
        if address := absolute(base or url, href):
            found.setdefault(address)
            if len(found) == MAX_LINKS:
                break
    return tuple(found)
