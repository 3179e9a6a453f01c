"""Reads the suppliers that a registry lists: from a table, a definition list or a plain list.

To be listed is a fact about the registry and no approval of the supplier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from catalogue.drafts import AnyDraft, ListingDraft, ToolDraft, Value
from catalogue.text import name_key, one_line, quote
from crawler.extractors.columns import Columns, find_columns, guess_columns
from crawler.extractors.labels import section
from crawler.extractors.note import Note
from crawler.page import ReadRequest
from crawler.view.links import absolute
from crawler.view.page_view import PageView

NAME = "registry_listing@1"

USUAL: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "name": (
            *("supplier", "supplier name", "company", "company name", "organisation"),
            *("organisation name", "provider", "vendor", "manufacturer", "name"),
        ),
        "tool": ("product", "product name", "solution", "tool", "service", "device"),
        "homepage": ("website", "web site", "homepage", "link", "url", "more information"),
        "number": ("company number", "companies house number", "registered number"),
    }
)
"""Fields of a row, and the headings that their columns usually have."""

_LONGEST = 120
"""Longest name of an organisation, in characters: what is longer is a sentence."""
_FEW = 2
_DASH = re.compile(r"\s+[\u2013\u2014-]\s+|:\s+")
_NUMBER = re.compile(r"^(?:\d{6,8}|[A-Z]{2}\d{6})$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the registry, before it is a draft."""

    name: str
    place: str
    tool: str = ""
    homepage: str = ""
    number: str = ""


def registry_listing(view: PageView, request: ReadRequest) -> Iterator[AnyDraft | Note]:
    """A listing for each supplier that the page lists, and the tool where one is named."""
    options = request.options
    registry = str(options.get("registry") or view.title)
    certified = bool(options.get("self_certified"))
    said = listed_words(registry, self_certified=certified)
    for one in _entries(view, options):
        if isinstance(one, Note):
            yield one
            continue
        name = view.quote_of(one.name, one.place)
        yield ListingDraft(
            extractor=NAME,
            registry=registry,
            name=name,
            self_certified=certified,
            artefact=str(options.get("artefact") or ""),
            identifiers=company_number(one.number),
            tool=one.tool,
            homepage=one.homepage,
        )
        if one.tool:
            told = view.quote_of(one.tool, one.place)
            yield ToolDraft(
                extractor=NAME,
                name=told,
                supplier=one.name,
                homepage="",
                values=(Value(property="listing", value=said, quote=told),),
            )


def listed_words(registry: str, *, self_certified: bool) -> str:
    """What is said of a supplier on a registry: never more than that it is listed there."""
    return quote(f"{registry}, self-certified" if self_certified else registry)


def company_number(words: str) -> tuple[tuple[str, str], ...]:
    """A Companies House number as identifiers; none where the words are no number."""
    number = words.replace(" ", "").upper()
    if not _NUMBER.match(number):
        return ()
    return (("GB-COH", number.zfill(8) if number.isdigit() else number),)


def _entries(view: PageView, options: Mapping[str, Any]) -> Iterator[_Entry | Note]:
    """The entries by the first layout that gives some: table, definition list, list."""
    wanted: Mapping[str, str] = options.get("columns") or {}
    notes: list[Note] = []
    for read in (_of_tables(view, wanted, notes), _of_definitions(view)):
        found = list(read)
        if found:
            yield from found
            return
    if wanted:  # a table is expected: whatever else stands on the page is not the registry
        yield from notes or [Note("The page has no table: nothing is read.")]
        return
    found = list(_of_lists(view, str(options.get("heading") or "")))
    yield from found
    if not found:
        yield Note("The page has neither table nor list of suppliers.")


def _of_tables(view: PageView, wanted: Mapping[str, str], notes: list[Note]) -> Iterator[_Entry]:
    for table in view.tree.css("table"):
        rows = [list(row.css("th, td")) for row in table.css("tr")]
        header = [_words(cell) for cell in rows[0]] if rows else []
        columns = find_columns(header, wanted) if wanted else guess_columns(header, USUAL)
        if "name" not in columns.at:
            notes += [Note(one_line(sentence, 200)) for sentence in columns.missing]
            continue
        for number, cells in enumerate(rows[1:], 2):
            entry = _of_row(view, columns, cells, f"table tr:nth-child({number})")
            if entry is not None:
                yield entry


def _of_row(
    view: PageView, columns: Columns, cells: Sequence[LexborNode], place: str
) -> _Entry | None:
    def cell(field: str) -> LexborNode | None:
        at = columns.at.get(field, len(cells))
        return cells[at] if at < len(cells) else None

    named = cell("name")
    name = _words(named)
    if named is None or not name or len(name) > _LONGEST:
        return None
    homepage = cell("homepage")
    return _Entry(
        name=name,
        place=place,
        tool=one_line(_words(cell("tool")), 200),
        homepage=_link(view, homepage) or _link(view, named),
        number=_words(cell("number")),
    )


def _of_definitions(view: PageView) -> Iterator[_Entry]:
    """Names as terms, whatever is said of each below them; or "Supplier", "Product" as terms."""
    for listed in view.tree.css("dl"):
        pairs = [
            (part, [*_answers(part)])
            for part in listed.css("dt")
            if 0 < len(_words(part)) <= _LONGEST
        ]
        keyed = [_field_of(_words(term)) for term, _ in pairs]
        if "name" in keyed:
            yield from _of_groups(view, [*zip(keyed, pairs, strict=True)])
            continue
        for term, answers in pairs:
            links = (_link(view, node) for node in (term, *answers))
            yield _Entry(_words(term), "dl dt", homepage=next(filter(None, links), ""))


def _of_groups(
    view: PageView, lines: Sequence[tuple[str, tuple[LexborNode, list[LexborNode]]]]
) -> Iterator[_Entry]:
    """Entries that each begin with the term for the supplier's name."""
    group: dict[str, str] = {}
    for field, (_, answers) in [*lines, ("name", (None, []))]:
        if field == "name" and group.get("name"):
            yield _Entry(place="dl dd", **group)
            group = {}
        words = next((_words(node) for node in answers), "")
        link = next(filter(None, (_link(view, node) for node in answers)), "")
        if field == "homepage":
            group[field] = link or words
        elif field:
            group[field] = words


def _of_lists(view: PageView, heading: str) -> Iterator[_Entry]:
    """The items of the list under the heading named, else of the longest list of the page."""
    lists = list(view.tree.css("main ul, main ol, article ul, article ol"))
    lists = lists or list(view.tree.css("ul, ol"))
    if heading:
        lists = [
            part
            for node in view.tree.css("h1, h2, h3, h4, h5")
            if name_key(_words(node)) == name_key(heading)
            for part in section(node)
            if part.tag in {"ul", "ol"}
        ]
    if not lists:
        return
    longest = max(lists, key=lambda one: len(one.css("li")))
    items = longest.css("li")
    for number, item in enumerate(items if heading or len(items) > _FEW else (), 1):
        link = item.css_first("a[href]")
        words = _words(link) if link is not None and _words(link) else _words(item)
        name = _DASH.split(words)[0]
        if name and len(name) <= _LONGEST:
            yield _Entry(name, f"li:nth-child({number})", homepage=_link(view, item))


def _answers(term: LexborNode) -> Iterator[LexborNode]:
    follower = term.next
    while follower is not None and follower.tag != "dt":
        if follower.tag == "dd":
            yield follower
        follower = follower.next


def _field_of(label: str) -> str:
    key = name_key(label.rstrip(" :"))
    return next((field for field, names in USUAL.items() if key in map(name_key, names)), "")


def _link(view: PageView, node: LexborNode | None) -> str:
    """The first address in a node that leads away from the registry's own site."""
    if node is None:
        return ""
    for link in node.css("a[href]"):
        url = absolute(view.url, link.attributes.get("href") or "")
        if url and urlsplit(url).hostname != urlsplit(view.url).hostname:
            return url
    return ""


def _words(node: LexborNode | None) -> str:
    return "" if node is None else one_line(node.text(separator=" "))
