"""Under which terms a site may be used: a guess from what its pages name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crawler.view.page_view import PageView
from crawler.view.structured import scalar

OGL: Final = (
    "OGL-UK-3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
OPL: Final = (
    "OPL-UK-3.0",
    "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
)
CLOSED: Final = "all-rights-reserved"

_CC = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<code>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>\d\.\d)"
    r"|publicdomain/zero/1\.0)",
    re.IGNORECASE,
)
_CC_WORDS = re.compile(r"\bCC[ -](?P<code>BY(?:-NC)?(?:-ND|-SA)?)[ -](?P<version>[1-4]\.0)\b")
_CC_NAME = re.compile(r"\bCreative Commons Attribution (?P<version>[1-4]\.0)\b", re.IGNORECASE)
_OGL = re.compile(r"\bopen[ -]government[ -]licen[cs]e|\bOGL\b", re.IGNORECASE)
_OPL = re.compile(r"\bopen parliament licence", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """A guessed licence."""

    name: str
    url: str
    because: str


def terms_of(views: Sequence[PageView]) -> Terms:
    """The licence that most pages name: by rel=license, in their data, or in words."""
    found = Counter(terms for terms in map(_terms, views) if terms is not None)
    if found:
        terms, count = found.most_common(1)[0]
        if 2 * count >= len(views):
            return terms
    return Terms(CLOSED, "", "no licence is stated")


def _terms(view: PageView) -> Terms | None:
    places = [
        node.attributes.get("href") or ""
        for node in view.tree.css('link[rel~="license"][href], a[rel~="license"][href]')
    ]
    places += [scalar(item.data.get("license")) for item in view.data.items]
    places += [view.data.tag("dcterms.license", "dc.rights", "dcterms.rights")]
    for place in filter(None, places):
        if terms := _named(place, "the pages name it"):
            return terms
    return _named(view.small_print, "the words of its pages")


def _named(words: str, because: str) -> Terms | None:
    """The licence that words or an address name."""
    if "open-government-licence" in words or _OGL.search(words):
        return Terms(*OGL, because)
    if _OPL.search(words):
        return Terms(*OPL, because)
    for pattern in (_CC, _CC_WORDS, _CC_NAME):
        if found := pattern.search(words):
            named = {"code": "by", **found.groupdict()}
            return _creative(named["code"], named["version"], because)
    return None


def _creative(code: str | None, version: str, because: str) -> Terms:
    if code is None:
        return Terms("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", because)
    code = code.casefold()
    url = f"https://creativecommons.org/licenses/{code}/{version}/"
    return Terms(f"CC-{code.upper()}-{version}", url, because)
