"""Reads a service page of a public marketplace (G-Cloud), row by row, by visible label.

Everything on such a page is what the supplier said when it listed the service; the marketplace
publishes it and has not checked it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from catalogue.drafts import AnyDraft, ClaimDraft, ToolDraft, Value
from catalogue.properties import ASSURANCE, PROPERTIES, WITHDRAWN
from catalogue.text import name_key, one_line, quote
from crawler.extractors.assurance import dated
from crawler.extractors.claims import claims_in
from crawler.extractors.labels import section, under_headings
from crawler.extractors.listing_labels import labels
from crawler.extractors.note import Note
from crawler.extractors.terms import codes, cued
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

NAME = "service_listing@2"

_CAPTION = '[class*="caption"]'
_PRICE = re.compile(
    r"^(?:from )?£\s?\d[\d,]*(?:\.\d+)?(?: (?:to|-) £\s?\d[\d,]*(?:\.\d+)?)?"
    r"(?: (?:an?|per) .{2,60})?$"
)
_GONE = re.compile(
    r"[^.]*\b(?:stopped offering this service|(?:is )?no longer (?:available|offered))\b[^.]*",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:yes|true)\b", re.IGNORECASE)
_NOT_HELD = re.compile(r"^(?:no|never|none|false|not)\b", re.IGNORECASE)
_NO_ORDER = ("LOC_OTHER", "LOC_EEA", "LOC_UK")
"""Of several places where data are kept, the one farthest from home is shown."""
_LOCATIONS = re.compile(r"\s+locations?$", re.IGNORECASE)
_MOST = 60
"""Most items taken from one list."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the page: its label and what stands under it, item by item."""

    label: str
    items: tuple[str, ...]

    @property
    def words(self) -> str:
        return "; ".join(self.items)


def service_listing(view: PageView, request: ReadRequest) -> Iterator[AnyDraft | Note]:
    """The service with all its labelled values, and its benefits as the supplier's claims."""
    del request
    rows = list(_rows(view))
    if not view.heading or not rows:
        return
    supplier = _supplier(view)
    if not supplier:
        yield Note("The page does not name the supplier where it is expected: nothing is read.")
        return
    known = labels()
    for row in rows:
        if not known.knows(name_key(row.label)):
            yield Note(one_line(f"Unknown label '{row.label}': {row.words}", 200))
    yield ToolDraft(
        extractor=NAME,
        name=view.quote_of(view.heading, "h1"),
        supplier=supplier,
        homepage=view.canonical,
        values=tuple(dict.fromkeys(_values(view, rows))),
    )
    for words in _list_under(view, "Benefits"):
        yield from _benefit(view, words)


def _supplier(view: PageView) -> str:
    """The name above the heading, else under "Supplier"."""
    for node in view.tree.css(_CAPTION):
        if name := _words(node):
            return one_line(name, 200)
    return next((line.value for line in under_headings(view.tree) if line.key == "supplier"), "")


def _rows(view: PageView) -> Iterator[_Row]:
    """All rows of the definition lists of the page."""
    for listed in view.tree.css("dl"):
        label = ""
        for part in listed.css("dt, dd"):
            if part.tag == "dt":
                label = _words(part).rstrip(" :?")
                continue
            items = [_words(item) for item in part.css("li")] or [_words(part)]
            if label and any(items):
                yield _Row(label, tuple(filter(None, items)))


def _values(view: PageView, rows: Sequence[_Row]) -> Iterator[Value]:
    yield from _availability(view)
    yield from _summary(view)
    for words in _list_under(view, "Features"):
        said = view.quote_of(words, "li")
        yield Value(property="feature", value=said.text, quote=said)
    yield from _listed(view)
    if not any(name_key(row.label) == "price" for row in rows):
        yield from _price(view)
    known = labels()
    for row in rows:
        key = name_key(row.label)
        if key in known.text:
            yield from _stated(view, row, known.text[key])
        elif key in known.coded:
            yield from _location(view, row, known.coded[key])
        elif key in known.held:
            yield _held(view, row, known.held[key], rows)
        elif key in known.named:
            yield from _named(view, row)
        elif key in known.offered and _YES.match(row.words):
            said = view.quote_labelled(row.label, row.words, "dl dd")
            yield Value(property="integration", value=known.offered[key], quote=said)


def _availability(view: PageView) -> Iterator[Value]:
    """That the service is withdrawn, where a banner says so."""
    body = one_line(view.tree.body.text(separator=" ")) if view.tree.body is not None else ""
    found = _GONE.search(body)
    if found is None:
        return
    banner = next(
        (_words(node) for node in view.tree.css("p, h1, h2, h3, li") if _GONE.search(_words(node))),
        found[0].strip(),
    )
    said = view.quote_of(banner, "p")
    yield Value(property="availability", value=WITHDRAWN, original=said.text, quote=said)


def _summary(view: PageView) -> Iterator[Value]:
    """The first paragraph below the heading."""
    below = False
    for node in view.tree.css("h1, p"):
        words = _words(node)
        below = below or node.tag == "h1"
        if below and node.tag == "p" and words:
            said = view.quote_of(words, "p")
            yield Value(property="summary", value=said.text, quote=said)
            return


def _listed(view: PageView) -> Iterator[Value]:
    """The framework and the number under which it is listed."""
    facts = {line.key: line for line in reversed([*under_headings(view.tree)])}
    framework, number = facts.get("framework"), facts.get("serviceid")
    if framework is not None:
        name = one_line(framework.value, 80)
        digits = re.sub(r"\s", "", number.value) if number is not None else ""
        said = view.quote_labelled(framework.label, framework.value, framework.place)
        listed = f"{name}, service {digits}" if digits.isdigit() else name
        yield Value(property="listing", value=listed, quote=said)


def _price(view: PageView) -> Iterator[Value]:
    for node in view.tree.css("p, span, div"):
        words = _words(node)
        if _PRICE.match(words):
            yield Value(property="price", value=words, quote=view.quote_of(words, "p"))
            return


def _stated(view: PageView, row: _Row, name: str) -> Iterator[Value]:
    if not PROPERTIES[name].many:
        said = view.quote_labelled(row.label, row.words, "dl dd")
        yield Value(property=name, value=quote(row.words), quote=said)
        return
    for item in filter(_says_something, row.items):
        yield Value(property=name, value=quote(item), quote=view.quote_of(item, "dl dd"))


def _says_something(item: str) -> bool:
    """Whether an item is more than the box "Other", which another row then explains."""
    return name_key(item) != "other"


def _location(view: PageView, row: _Row, name: str) -> Iterator[Value]:
    places = [_LOCATIONS.sub("", item) for item in row.items]
    found = {code for place in places for code in codes("data_locations", place)}
    farthest = next((code for code in _NO_ORDER if code in found), "")
    if farthest:
        said = view.quote_labelled(row.label, row.words, "dl dd")
        yield Value(property=name, value=farthest, original=quote(row.words), quote=said)


def _held(view: PageView, row: _Row, artefact: str, rows: Sequence[_Row]) -> Value:
    """An artefact that the supplier says it holds or does not, with what is said beside it."""
    said = view.quote_labelled(row.label, row.words, "dl dd")
    if _NOT_HELD.match(row.words):
        return Value(
            property=ASSURANCE + artefact,
            value="AST_NOT_STATED",
            absence="no",
            original=quote(row.words),
            quote=said,
        )
    details = labels().details
    told = [
        f"{details[name_key(other.label)][1]} {other.words}"
        for other in rows
        if details.get(name_key(other.label), ("", ""))[0] == artefact
    ]
    return dated(artefact, "AST_CLAIMED", ", ".join([row.words, *told]), said)


def _named(view: PageView, row: _Row) -> Iterator[Value]:
    for item in row.items:
        for cue in cued("assurance_artefacts", item):
            yield dated(cue.term.code, "AST_CLAIMED", item, view.quote_of(item, "dl dd"))


def _benefit(view: PageView, words: str) -> Iterator[ClaimDraft]:
    """One benefit: with its figure where it has one, else as it is asserted."""
    said = view.quote_of(words, "li")
    found = list(claims_in(said.text, lambda: said, NAME))
    if found:
        yield from found
        return
    dimension = next((cue.term.code for cue in cued("benefits", words)), "BEN_OTHER")
    yield ClaimDraft(extractor=NAME, quote=said, dimension=dimension)


def _list_under(view: PageView, title: str) -> list[str]:
    """The items of the lists under the heading of this name."""
    for heading in view.tree.css("h2, h3"):
        if name_key(_words(heading)) == name_key(title):
            items = (_words(item) for part in section(heading) for item in part.css("li"))
            return [item for item in items if item][:_MOST]
    return []


def _words(node: LexborNode) -> str:
    return one_line(node.text(separator=" "))
