"""Who is behind a site: a guess from its own pages, with what it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from catalogue.text import one_line
from crawler.address import host_of
from crawler.view.page_view import PageView
from crawler.view.structured import scalar

_ORGANISATIONS: Final = (
    "Organization",
    "Corporation",
    "LocalBusiness",
    "GovernmentOrganization",
    "NewsMediaOrganization",
    "MedicalOrganization",
    "NGO",
    "EducationalOrganization",
    "CollegeOrUniversity",
    "ResearchOrganization",
    "OnlineBusiness",
)
_PUBLISHED: Final = ("WebSite", "Article", "NewsArticle", "BlogPosting", "WebPage")
_HOLDER = re.compile(
    r"(?:©|\(c\)|\bcopyright)\s*(?:copyright\s*)?"
    r"(?:(?:19|20)\d\d\s*(?:[-\u2013]\s*(?:19|20)\d\d)?\s*)?"
    r"(?P<name>[A-Z][\w&'\u2019.,+-]*(?:\s+(?:of|and|for|the|&|[A-Z][\w&'\u2019.+-]*)){0,7})",
)
_AFTER_HOLDER = re.compile(
    r"[\s.,|]*\b(?:All|Registered|Company|Privacy|Cookies?|Terms|Contact|Site|Website|Designed)\b.*$"
)
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014·•»:-]\s+|\s*\|\s*")
_FORMS: Final = r"Ltd|Limited|plc|PLC|LLP|CIC|Inc|GmbH|AG|AB|ApS|BV|SAS?|Pty Ltd"
"""Legal forms of companies, as they stand behind a name."""
_NO_NAME = frozenset({"home", "homepage", "home page", "welcome", "index", "blog", "news", ""})


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed value and what it rests on."""

    value: str
    because: str


def name_of(views: Sequence[PageView], url: str) -> Guess:
    """The publisher's name: what most pages say for machines, else the part that most titles
    share, else who holds the copyright, else the host.
    """
    for said, because in (
        (_organisations(views), "structured data"),
        ((view.data.tag("og:site_name", "application-name") for view in views), "og:site_name"),
        (_sites(views), "structured data"),
        (_shared_titles(views), "what the titles share"),
        (_holders(views), "the copyright line"),
    ):
        counted = Counter(name for name in map(_bare, said) if name.casefold() not in _NO_NAME)
        if counted:
            return Guess(_in_full(counted.most_common(1)[0][0], views), because)
    return Guess(host_of(url), "the host")


def _in_full(name: str, views: Sequence[PageView]) -> str:
    """The name with the legal form that the small print gives it: "Rota" is "Rota Ltd" there."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}\s+({_FORMS})(?!\w)")
    found = Counter(form for view in views for form in pattern.findall(view.small_print))
    return f"{name} {found.most_common(1)[0][0]}" if found else name


def _organisations(views: Sequence[PageView]) -> Iterator[str]:
    """Names of the organisations that pages say they are published by, or that have the site."""
    for view in views:
        for item in view.data.of_type(*_PUBLISHED):
            yield scalar(item.data.get("publisher"))
        for item in view.data.of_type(*_ORGANISATIONS):
            site = scalar(item.data.get("url"))
            if not site or host_of(site).removeprefix("www.") == host_of(view.url).removeprefix(
                "www."
            ):
                yield scalar(item.data.get("legalName")) or scalar(item.data.get("name"))


def _sites(views: Sequence[PageView]) -> Iterator[str]:
    for view in views:
        for item in view.data.of_type("WebSite"):
            yield scalar(item.data.get("name"))


def _shared_titles(views: Sequence[PageView]) -> Iterator[str]:
    """The first or last part of titles, where several pages share it."""
    parts = Counter[str]()
    for view in views:
        node = view.tree.css_first("title")
        words = one_line(node.text()) if node is not None else ""
        split = _SEPARATOR.split(words)
        parts.update({split[0], split[-1]} if len(split) > 1 else {words})
    for part, count in parts.items():
        if count > 1 and 2 * count >= len(views):
            yield from [part] * count


def _holders(views: Sequence[PageView]) -> Iterator[str]:
    for view in views:
        for found in _HOLDER.finditer(view.small_print):
            name = _AFTER_HOLDER.sub("", found["name"]).strip(" .,")
            if len(name) > 2:  # noqa: PLR2004 (an initial is no name)
                yield name


def _bare(name: str) -> str:
    return one_line(name, 120).strip(" .,|-")
