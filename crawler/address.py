"""Addresses of pages: one spelling for each, and the ones that lead nowhere worth going."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit

from w3lib.url import safe_url_string

MAX_LENGTH: Final = 1000
"""Longest address that is followed, in characters."""

MAX_PARAMETERS: Final = 4
"""Most query parameters that an address may have to be followed: more is a search form."""

MAX_SEGMENTS: Final = 12
"""Deepest path that is followed, in segments."""

MAX_REPEATS: Final = 2
"""How often one path segment may occur: `/a/b/a/b/a/b` is a link that loops."""

_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|_?ga|_gl|gclid|gclsrc|dclid|fbclid|msclkid|mc_[ce]id|igshid|_hs\w+",
    re.IGNORECASE,
)
_SESSION = re.compile(r"phpsessid|jsessionid|sessionid|sid", re.IGNORECASE)

_FILES = re.compile(
    r"\.(?:7z|avi|avif|bmp|bz2|css|csv|dmg|docx?|eot|epub|exe|gif|ico|ics|iso|jpe?g|js|m4[av]|mjs|"
    r"mov|mp[34g]|mpeg|msi|od[pst]|og[agv]|otf|pdf|png|pptx?|rar|rtf|svg|tar|tgz|tiff?|ttf|vcf|wav|"
    r"web[mp]|wmv|woff2?|xlsx?|xz|zip|zst)$",
    re.IGNORECASE,
)
_CALENDAR_PATH = re.compile(
    r"/(?:calendar|events?|diary|whats-on|schedule)/(?:[^?#]*/)?(?:19|20|21)\d\d[-/]\d{1,2}(?:[-/]|$)",
    re.IGNORECASE,
)
_CALENDAR_QUERY = re.compile(
    r"ical|outlook-ical|tribe-bar-date|tribe_event_display|eventdisplay|month|year|day|week|"
    r"startdate|enddate|calendar",
    re.IGNORECASE,
)
_MACHINERY = re.compile(
    r"/(?:wp-admin|wp-login\.php|wp-json|xmlrpc\.php|cgi-bin|cdn-cgi|cart|basket|checkout|log-?in|"
    r"log-?out|sign-?in|sign-?up|register|my-account|account|print|feed|trackback)(?:/|$)",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"/?(?:(?:index|default|home|welcome|start)(?:\.\w{2,5})?|[a-z]{2}(?:-[a-z]{2})?)?/?",
    re.IGNORECASE,
)
"""Paths that are the front page by another name."""

_HOST = re.compile(
    r"(?=.{1,253}$)(?!.*xn--(?:\.|$))(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)"
    r"(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@lru_cache(maxsize=4096)  # the same address is asked for several times on its way
def clean(url: str, base: str = "") -> str:
    """The one spelling of an address: absolute, host in lower case, without fragment, default
    port, tracking or session parameters; "" when it is no address of a web page.
    """
    try:
        parts = urlsplit(safe_url_string(urljoin(base, url.strip())))
        netloc = _netloc(parts)
    except ValueError:
        return ""
    if not netloc:
        return ""
    kept = SplitResult(parts.scheme, netloc, parts.path or "/", _useful_query(parts.query), "")
    return kept.geturl()


def leads_to_a_host(url: str) -> bool:
    """Whether an address, escaped as that of a request is, has a host that there can be."""
    try:
        return bool(_netloc(urlsplit(url)))
    except ValueError:
        return False


def _netloc(parts: SplitResult) -> str:
    """The one spelling of host and port; "" when they are of no web page.

    Raises:
        ValueError: the port is no number.
    """
    host, port = (parts.hostname or "").rstrip("."), parts.port
    if parts.scheme not in _DEFAULT_PORTS or port == 0:
        return ""
    if ":" not in host and not _HOST.fullmatch(host):
        return ""
    netloc = f"[{host}]" if ":" in host else host
    return f"{netloc}:{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else netloc


def host_of(url: str) -> str:
    """The host name in an address, in lower case; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host and port, a leading `www.` and the
    scheme aside.
    """
    return _site(one) == _site(other) != ""


def same_page(one: str, other: str) -> bool:
    """Whether two addresses of one site are spellings of one page: they differ in scheme,
    `www.`, query, a closing slash or `index.html` and in nothing else.
    """
    return same_site(one, other) and _page_path(one) == _page_path(other)


def is_pdf(url: str) -> bool:
    """Whether an address is, by its name, of a PDF."""
    return urlsplit(url).path.casefold().endswith(".pdf")


def junk(url: str, *, pdf: bool = False) -> str:
    """Why an address is not worth following, as a short sentence; "" when it may be. With `pdf`,
    those of PDF documents may.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    reasons = (
        (len(url) > MAX_LENGTH, "The address is too long."),
        (
            bool(_FILES.search(parts.path)) and not (pdf and is_pdf(url)),
            "The address is of a file and not of a page.",
        ),
        (len(segments) > MAX_SEGMENTS, "The path is too deep."),
        (
            max(Counter(segments).values(), default=0) > MAX_REPEATS,
            "The path repeats itself.",
        ),
        (len(names) > MAX_PARAMETERS, "The address has too many parameters."),
        (
            bool(_CALENDAR_PATH.search(parts.path))
            or any(_CALENDAR_QUERY.fullmatch(name) for name in names),
            "The address is a page of a calendar.",
        ),
        (bool(_MACHINERY.search(parts.path)), "The address is part of the site's machinery."),
    )
    return next((reason for found, reason in reasons if found), "")


def _useful_query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    useful = [
        (name, value)
        for name, value in pairs
        if not (_TRACKING.fullmatch(name) or _SESSION.fullmatch(name))
    ]
    return query if len(useful) == len(pairs) else urlencode(useful)


@lru_cache(maxsize=4096)
def _site(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    odd = port if port not in (None, *_DEFAULT_PORTS.values()) else ""
    return f"{host}:{odd}" if host else ""


def _page_path(url: str) -> str:
    path = unquote(urlsplit(url).path)
    return re.sub(r"(?:/index\.(?:html?|php|aspx?))?/*$", "", path, flags=re.IGNORECASE)


def leads_home(asked: str, came_to: str) -> bool:
    """Whether an address below the front page of a site was answered with the front page: so
    many sites treat addresses of pages that they took down.
    """
    before, after = urlsplit(asked), urlsplit(came_to)
    return after.path in {"", "/"} and not after.query and not _FRONT.fullmatch(before.path)
