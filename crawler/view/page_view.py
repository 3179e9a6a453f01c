"""A page, parsed once, as the extractors see it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from catalogue.drafts import Quote
from catalogue.text import one_line, quote, sentences
from crawler.page import Page
from crawler.view.chrome import strip_chrome
from crawler.view.dates import published_on
from crawler.view.fingerprint import fingerprint
from crawler.view.kind import Kind, kind_of
from crawler.view.links import absolute, links
from crawler.view.main_text import main_text, readable, visible_text
from crawler.view.rows import Table
from crawler.view.structured import Structured, structured
from crawler.view.title import heading, site_names, title


@dataclass(frozen=True)
class PageView:
    """Everything that was made of one page before an extractor reads it. To be read only."""

    url: str
    canonical: str
    """The address that the page gives itself, where it is on the same host; else `url`."""
    title: str
    heading: str
    """The main heading; empty when there is none."""
    text: str
    """The main text, cleaned and redacted: what quotes are cut from."""
    text_sha: str
    kind: Kind
    language: str
    published_on: date | None
    links: tuple[str, ...]
    tree: LexborHTMLParser
    """The page without chrome."""
    data: Structured
    small_print: str = ""
    """All words of the page as they stand, chrome included, on one line: for what is said in
    footers. Neither cleaned nor redacted, so nothing of it is kept but what an extractor picks."""
    record: Mapping[str, Any] | None = None
    """The document, where the page is JSON."""
    table: Table | None = None
    """The table, where the page is a CSV file or a workbook."""
    page_starts: tuple[int, ...] = ()
    """Where in the main text each page of a PDF starts; none for other pages."""
    notes: tuple[str, ...] = ()

    @cached_property
    def sentences(self) -> tuple[tuple[int, int, str], ...]:
        """The sentences of the main text, each as (start, end, sentence)."""
        return tuple(sentences(self.text))

    def quote(self, start: int, end: int) -> Quote:
        """The words of the main text from `start` to `end`, as a quote with its place."""
        place = f"chars:{start}-{end}"
        if self.page_starts:
            place = f"page:{bisect_right(self.page_starts, start)}"
        return Quote(text=quote(self.text[start:end]), place=place)

    def quote_labelled(self, label: str, value: str, place: str) -> Quote:
        """A value as a quote, with its label where the main text has the two together."""
        words = (readable(one_line(label)), readable(one_line(value)))
        found = re.search(r"\W{1,5}".join(map(re.escape, words)), self.text) if all(words) else None
        return self.quote(*found.span()) if found else self.quote_of(value, place)

    def quote_of(self, words: str, place: str) -> Quote:
        """Words of the page as a quote: placed in the main text where they stand there, else at
        `place`, a CSS selector or JSON pointer.
        """
        said = readable(one_line(words))
        start = self.text.find(said) if said else -1
        if start >= 0:
            return self.quote(start, start + len(said))
        return Quote(text=quote(said), place=place)


def view_html(page: Page) -> PageView:
    """Parse an HTML page."""
    html = page.html
    tree = LexborHTMLParser(html)
    data = structured(tree, html)
    found = links(tree, page.url)
    language = _language(tree, data)
    canonical = _canonical(tree, page.url)
    small_print = " ".join(visible_text(tree).split())
    sites = site_names(tree, data, page.url)
    strip_chrome(tree)
    h1 = heading(tree)
    name = title(tree, data, sites, h1)
    text = main_text(tree)
    return PageView(
        url=page.url,
        canonical=canonical,
        title=name,
        heading=h1,
        text=text,
        text_sha=fingerprint(
            f"{name}\n{visible_text(tree)}", tuple(item.data for item in data.items)
        ),
        kind=kind_of(tree, data, page.url, name),
        language=language,
        published_on=published_on(tree, data, text, page.url, page.fetched_at),
        links=found,
        tree=tree,
        data=data,
        small_print=small_print,
        notes=data.notes,
    )


def _language(tree: LexborHTMLParser, data: Structured) -> str:
    node = tree.css_first("html")
    stated = (node.attributes.get("lang") if node is not None else None) or data.tag("og:locale")
    language = stated.strip().replace("_", "-").partition("-")[0].casefold()
    return language if language.isalpha() and len(language) in {2, 3} else "en"


def _canonical(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first('link[rel="canonical" i]')
    stated = absolute(url, node.attributes.get("href") or "") if node is not None else ""
    same_host = stated.split("/")[2:3] == url.split("/")[2:3]
    return stated if stated and same_host else absolute(url, url) or url
