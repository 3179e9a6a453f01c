"""The title of a page, without the name of its site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from catalogue.text import name_key, one_line, organisation_key
from crawler.view.structured import Structured

MAX_TITLE = 300

_SEPARATOR = re.compile(r"\s+[|\u2013\u2014·•»:-]+\s+|\s*[|»]\s*|\s*::\s*")
_SHORT = 3
_FEW = 10
_LOGOS = '[class*="logo" i], [class*="logo" i] img, a[rel="home"], [class*="site-title" i]'


def heading(tree: LexborHTMLParser) -> str:
    """Text of the page's first main heading; empty when it has none."""
    for node in tree.css("main h1, article h1, h1"):
        if words := one_line(node.text(separator=" "), MAX_TITLE):
            return words
    return ""


def title(tree: LexborHTMLParser, data: Structured, sites: frozenset[str], h1: str) -> str:
    """The page's title.

    The main heading where the page's own title confirms it, else the shared title (og:title),
    else the document title, each without the name of the site; else the heading. `sites` are the
    keys of `site_names`.
    """
    node = tree.css_first("head title") or tree.css_first("title")
    document = one_line(node.text(separator=" "), MAX_TITLE) if node is not None else ""
    shared = one_line(data.tag("og:title", "twitter:title"), MAX_TITLE)
    if name_key(h1) in sites and (shared or document):
        h1 = ""  # a heading that names the site is on all of its pages
    if h1 and any(name_key(h1) in name_key(other) for other in (shared, document) if other):
        return h1
    for candidate in (shared, document):
        if bare := without_site(candidate, sites):
            return bare
    return h1


def site_names(tree: LexborHTMLParser, data: Structured, url: str) -> frozenset[str]:
    """Keys of the names that the site may go by: its host, what it calls itself, its logo.

    `tree` is the whole page, with its header.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = {host, host.partition(".")[0], data.tag("og:site_name", "application-name")}
    names |= {str(item.data.get("name", "")) for item in data.of_type("WebSite", "Organization")}
    for logo in tree.css(_LOGOS)[:_FEW]:
        attributes = logo.attributes
        names |= {attributes.get(name) or "" for name in ("title", "aria-label", "alt")}
        names.add(logo.text(strip=True))
    return frozenset(key for key in map(name_key, names) if key)


def _is_site(words: str, sites: frozenset[str]) -> bool:
    """Whether words name the site: as one of its names, or one of them with "Ltd" and the like."""
    return not {name_key(words), organisation_key(words)}.isdisjoint(sites)


def without_site(words: str, sites: frozenset[str]) -> str:
    """A title without a leading or trailing part that is the name of the site."""
    parts = list(_SEPARATOR.finditer(words))
    if not parts:
        return words
    first, last = words[: parts[0].start()], words[parts[-1].end() :]
    if _is_site(last, sites):
        return words[: parts[-1].start()].strip() or words
    if name_key(first) in sites:
        return words[parts[0].end() :].strip() or words
    # A name of the site we do not know: a short last part behind a bar.
    if "|" in parts[-1][0] and len(first) > _SHORT and len(last) < len(first) + _SHORT:
        return words[: parts[-1].start()].strip()
    return words
