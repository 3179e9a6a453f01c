"""The day a page was published, when the page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import htmldate
from selectolax.lexbor import LexborHTMLParser

from crawler.view.structured import Structured, scalar

EARLIEST = date(1995, 1, 1)

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_WORDS = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH}|sept)\.?,?\s+"
    rf"(?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH}|sept)\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?,?\s+(?P<year2>\d{{4}}))\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BRITISH = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_PATH = re.compile(
    r"/(?:(?P<year>\d{4})[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:/|$|-)"
    r"|(?P<year2>(?:19|20)\d\d)(?P<month2>\d\d)(?P<day2>\d\d)[_-])"
)
"""A day in an address: `/2026/11/05/`, `/2026-11-05-`, `/20261105_`."""
_LABEL = re.compile(
    r"\b(?:first\s+)?(?:published|posted|publication date|date published"
    r"|(?<!\w )date)(?:\s+on)?\s*[:\-\u2013]?\s*$",
    re.IGNORECASE,
)
_LABEL_WORDS = ("published", "posted", "date")
"""Words of which a label has one: most texts have no label, and are not looked through."""
_OTHER_LABEL = re.compile(
    r"\b(?:updated|reviewed|modified|review date|expires|until|copyright|©)\D{0,20}$", re.IGNORECASE
)
_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
)
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "Report", "TechArticle", "WebPage")
_LINE = 40
"""Longest line, in characters, that can be a date with little else."""
_NEAR = 400
"""How many characters of the text count as "at the top"."""


def published_on(
    tree: LexborHTMLParser, data: Structured, text: str, url: str, fetched_at: datetime
) -> date | None:
    """The day of publication: what the page says for machines, then what it says for people.

    Only a day that stands on the page or in its address is given; without one, None.
    """
    latest = (fetched_at + timedelta(days=1)).date()
    for said in _said(tree, data, text, url):
        if said is not None and EARLIEST <= said <= latest:
            return said
    return _searched(tree, url, latest)


def parse_day(words: str) -> date | None:
    """The first full date in `words`: ISO, British figures or with the month's name."""
    if found := _ISO.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.search(words):
        name = (found["month"] or found["month2"]).casefold()[:3]
        month = next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name))
        return _day(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]))
    if found := _BRITISH.search(words):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    return None


def written_day(text: str) -> date | None:
    """A date behind "Published", or one that is a line of its own at the top."""
    folded = text.casefold()
    labelled = any(word in folded for word in _LABEL_WORDS)
    for pattern in (_WORDS, _BRITISH, _ISO) if labelled else ():
        for found in pattern.finditer(text):
            if _LABEL.search(text[max(0, found.start() - 40) : found.start()]):
                return parse_day(found[0])
    for line in text[:_NEAR].split("\n"):
        if len(line) <= _LINE and (day := parse_day(line)) and not _OTHER_LABEL.search(line[:20]):
            bare = _WORDS.sub("", _BRITISH.sub("", _ISO.sub("", line))).strip(" ,.|-\u2013")
            if len(bare) <= len("Wednesday "):
                return day
    return None


def _said(tree: LexborHTMLParser, data: Structured, text: str, url: str) -> Iterator[date | None]:
    for item in data.of_type(*_ARTICLES):
        yield parse_day(scalar(item.data.get("datePublished")))
    for name in _META:
        yield parse_day(data.tag(name))
    for node in tree.css("time[datetime]")[:3]:
        label = (node.parent.text() if node.parent is not None else "").split(node.text())[0]
        if not _OTHER_LABEL.search(label):
            yield parse_day(node.attributes.get("datetime") or "")
    yield written_day(text)
    if found := _PATH.search(url):
        named = (found[name] or found[f"{name}2"] for name in ("year", "month", "day"))
        yield _day(*map(int, named))


def _searched(tree: LexborHTMLParser, url: str, latest: date) -> date | None:
    """What htmldate finds, where the page has that very day in writing."""
    page = tree.html or ""
    try:
        found = htmldate.find_date(
            page,
            extensive_search=False,
            original_date=True,
            url=url,
            min_date=EARLIEST.isoformat(),
            max_date=latest.isoformat(),
        )
    except (ValueError, RecursionError):
        return None
    day = parse_day(found or "")
    return day if day is not None and _stands(day, f"{url}\n{page}") else None


def _stands(day: date, page: str) -> bool:
    name = _MONTHS[day.month - 1]
    forms = (
        rf"{day:%Y}[-/.]?0?{day.month}[-/.]?0?{day.day}(?!\d)",
        rf"(?<!\d)0?{day.day}[/.-]0?{day.month}[/.-]{day:%Y}",
        rf"(?<!\d)0?{day.month}[/.-]0?{day.day}[/.-]{day:%Y}",
        rf"(?<!\d)0?{day.day}(?:st|nd|rd|th)?\W+(?:of\s+)?{name[:3]}[a-z]*\W+{day:%Y}",
        rf"{name[:3]}[a-z]*\W+0?{day.day}(?:st|nd|rd|th)?\W+{day:%Y}",
    )
    return any(re.search(form, page, re.IGNORECASE) for form in forms)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
