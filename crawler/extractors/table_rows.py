"""Reads the rows of a table that somebody keeps: each a tool, a supplier or a listing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from catalogue.drafts import AnyDraft, ListingDraft, Quote, SupplierDraft, ToolDraft, Value
from catalogue.properties import PROPERTIES
from catalogue.text import one_line, quote
from crawler.extractors.autonomy import autonomy
from crawler.extractors.note import Note
from crawler.extractors.registry_listing import company_number, listed_words
from crawler.extractors.terms import codes
from crawler.page import ReadRequest
from crawler.view.links import absolute
from crawler.view.main_text import readable
from crawler.view.page_view import PageView
from crawler.view.rows import Row, Table

NAME = "table_rows@1"

OF_ALL: Final = ("name", "homepage", "number")
"""Fields of every kind of row: the name, the page of its own, the Companies House number."""

OF_A_TOOL: Final = ("supplier", "former_name")

_APART = re.compile(r"\s*(?:;|\n|\u2022)\s*")


def fields_of(rows_are: str) -> tuple[str, ...]:
    """The fields that a column may hold."""
    if rows_are == "listing":
        return (*OF_ALL, "tool")
    if rows_are == "supplier":
        return (*OF_ALL, "former_name")
    described = (name for name in PROPERTIES if name not in {"name", "homepage"})
    return (*OF_ALL, *OF_A_TOOL, *described)


def table_rows(view: PageView, request: ReadRequest) -> Iterator[AnyDraft | Note]:
    """A draft for each row, by the columns that the source names, and its number as place."""
    if view.table is None:
        return
    reader = _Rows(view, view.table, request)
    for row in view.table.rows:
        yield from reader.read(row)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as the columns give it."""

    row: Row
    words: Mapping[str, str]
    headings: Mapping[str, str]

    def quote(self, field: str) -> Quote:
        place = f"row {self.row.number}, column {self.headings[field]}"
        return Quote(text=quote(self.words[field]), place=one_line(place, 200))


class _Rows:
    def __init__(self, view: PageView, table: Table, request: ReadRequest) -> None:
        self._view = view
        self._options: Mapping[str, Any] = request.options
        self._owner = request.publisher if request.voice == "VOICE_SUPPLIER" else ""
        wanted: Mapping[str, str] = self._options.get("columns") or {}
        from_table = {
            heading.casefold(): at for at, heading in reversed([*enumerate(table.header)])
        }
        self._at = {
            field: from_table[heading.casefold()]
            for field, heading in wanted.items()
            if heading.casefold() in from_table
        }
        self._headings = {field: table.header[at] for field, at in self._at.items()}

    def read(self, row: Row) -> Iterator[AnyDraft | Note]:
        words = {field: readable(row.cell(at)) for field, at in self._at.items()}
        line = _Line(row, {key: said for key, said in words.items() if said}, self._headings)
        if "name" not in line.words:
            yield Note(f"Row {row.number} has no name and was left out.")
            return
        match self._options.get("rows_are"):
            case "supplier":
                yield self._supplier(line)
            case "listing":
                yield self._listing(line)
            case _:
                yield from self._tool(line)

    def _supplier(self, line: _Line) -> SupplierDraft:
        former = line.words.get("former_name", "")
        return SupplierDraft(
            extractor=NAME,
            name=line.quote("name"),
            homepage=self._homepage(line),
            identifiers=company_number(line.words.get("number", "")),
            former_names=tuple(filter(None, _APART.split(former))),
        )

    def _listing(self, line: _Line) -> ListingDraft:
        return ListingDraft(
            extractor=NAME,
            registry=str(self._options.get("registry") or self._view.title),
            name=line.quote("name"),
            self_certified=bool(self._options.get("self_certified")),
            identifiers=company_number(line.words.get("number", "")),
            tool=one_line(line.words.get("tool", ""), 200),
            homepage=self._homepage(line),
        )

    def _tool(self, line: _Line) -> Iterator[AnyDraft | Note]:
        supplier = line.words.get("supplier", "")
        if not supplier and not self._owner:
            yield Note(f"Row {line.row.number} names no supplier and was left out.")
            return
        identifiers = company_number(line.words.get("number", ""))
        if supplier and identifiers:
            yield SupplierDraft(
                extractor=NAME, name=line.quote("supplier"), identifiers=identifiers
            )
        values: list[Value] = []
        for field in line.words:
            for one in _values(line, field) if field in PROPERTIES else ():
                if isinstance(one, Value):
                    values.append(one)
                else:
                    yield one
        if registry := self._options.get("registry"):
            said = listed_words(
                str(registry), self_certified=bool(self._options.get("self_certified"))
            )
            values.append(Value(property="listing", value=said, quote=line.quote("name")))
        former = line.words.get("former_name", "")
        yield ToolDraft(
            extractor=NAME,
            name=line.quote("name"),
            supplier=one_line(supplier, 200),
            homepage=self._homepage(line),
            former_names=tuple(filter(None, _APART.split(former))),
            values=tuple(values),
        )

    def _homepage(self, line: _Line) -> str:
        words = line.words.get("homepage", "")
        if words.casefold().startswith("www."):
            words = f"https://{words}"
        if not words.casefold().startswith(("http://", "https://")):
            return ""
        return absolute(words, words)


def _values(line: _Line, field: str) -> Iterator[Value | Note]:
    """The values of one cell: codes where the property has a vocabulary."""
    if field in {"name", "homepage"}:
        return
    known, words, said = PROPERTIES[field], line.words[field], line.quote(field)
    if field == "autonomy":
        level = autonomy(words, labelled=True)
        found = [level.code] if level else codes(known.vocabulary, words)[:1]
    elif known.vocabulary:
        found = codes(known.vocabulary, words)
        found = found if known.many else found[:1]
    else:
        parts = filter(None, _APART.split(words)) if known.many else [words]
        for part in parts:
            yield Value(property=field, value=quote(part), quote=said)
        return
    if not found:
        yield Note(one_line(f"Row {line.row.number}: '{words}' is no {known.label} known.", 200))
    for code in found:
        yield Value(property=field, value=code, original=quote(words), quote=said)
