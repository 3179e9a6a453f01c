"""Brevity: no export gives more of a closed page than a quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalogue.exporters.attribution import CLOSED
from catalogue.rows import Provenance, SourceRow, ToolDetail, ValueRow
from catalogue.text import QUOTE_LIMIT, quote


def brief(detail: ToolDetail, sources: Iterable[SourceRow]) -> ToolDetail:
    """The same tool, in which every value from a publisher that is not known to allow more is cut
    to the length of a quote. Quotes themselves are never longer.
    """
    licences = {(source.publisher, source.licence) for source in sources}
    closed = {publisher for publisher, licence in licences if licence == CLOSED}
    allows = {publisher for publisher, _ in licences} - closed
    return replace(detail, values=tuple(_brief(value, allows) for value in detail.values))


def _brief(row: ValueRow, allows: set[str]) -> ValueRow:
    others = tuple((_cut(value, said, allows), said) for value, said in row.others)
    return replace(
        row,
        value=_cut(row.value, row.provenance, allows),
        original=_cut(row.original, row.provenance, allows),
        others=others,
    )


def _cut(text: str, said: Provenance | None, allows: set[str]) -> str:
    if len(text) <= QUOTE_LIMIT or (said is not None and said.said_by in allows):
        return text
    return quote(text)
