"""Matches: a page of requirements beside the tools, as a file; one class per format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, ClassVar, Protocol

from catalogue.errors import NotFoundError, nearest
from catalogue.exporters.cleaning import cleaned
from catalogue.exporters.match_csv import MatchTable
from catalogue.exporters.match_json import MatchRecord
from catalogue.exporters.match_markdown import MatchText
from catalogue.exporters.match_workbook import MatchWorkbook
from catalogue.exporters.replacing import replacing
from catalogue.match_rows import MatchReport


class MatchExporter(Protocol):
    """One format."""

    NAME: ClassVar[str]
    SUFFIX: ClassVar[str]

    def write(self, stream: BinaryIO, report: MatchReport) -> None:
        """Write all of the report to `stream`, which the caller opened and will close."""


FORMATS: Mapping[str, type[MatchExporter]] = MappingProxyType(
    {one.NAME: one for one in (MatchWorkbook, MatchTable, MatchText, MatchRecord)}
)
"""The formats by name, in the order they are offered."""


def export_match(report: MatchReport, format_name: str, path: Path) -> None:
    """Write a match to `path`, all of it or nothing. The same report gives the same bytes.

    Raises:
        NotFoundError: there is no such format.
        CatalogueError: the file cannot be written.
    """
    if format_name not in FORMATS:
        raise NotFoundError(f"There is no format '{format_name}'.", nearest(format_name, FORMATS))
    with replacing(path) as stream:
        FORMATS[format_name]().write(stream, cleaned(report))
