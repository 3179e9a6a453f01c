"""Exporters: a shortlist as a file that can be defended, with sources, dates, reasons and gaps.

One file per format; one traversal of the tools feeds any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from catalogue.errors import CatalogueError, NotFoundError, nearest
from catalogue.exporters.brevity import brief
from catalogue.exporters.cleaning import cleaned
from catalogue.exporters.csv_table import CsvTable
from catalogue.exporters.exporter import Edition, Exporter
from catalogue.exporters.json_record import JsonRecord
from catalogue.exporters.markdown import MarkdownReport
from catalogue.exporters.replacing import replacing
from catalogue.exporters.workbook import ExcelWorkbook
from catalogue.rows import ShortlistRow, ToolDetail

__all__ = ["EXPORTERS", "Edition", "Exporter", "export", "exporter_named"]

EXPORTERS: Mapping[str, type[Exporter]] = MappingProxyType(
    {exporter.NAME: exporter for exporter in (ExcelWorkbook, CsvTable, MarkdownReport, JsonRecord)}
)
"""The formats by name, in the order they are offered."""


def exporter_named(name: str) -> type[Exporter]:
    """The exporter of that name.

    Raises:
        NotFoundError: there is none; the message gives the nearest.
    """
    if name not in EXPORTERS:
        raise NotFoundError(f"There is no export format '{name}'.", nearest(name, EXPORTERS))
    return EXPORTERS[name]


def export(
    shortlist: ShortlistRow,
    details: Iterable[ToolDetail],
    format_name: str,
    path: Path,
    progress: Callable[[int, int], None],
    *,
    edition: Edition,
) -> int:
    """Write a shortlist to `path`, all of it or nothing; returns the number of tools written.

    The same shortlist, details and edition give the same bytes.

    Args:
        shortlist: What is exported.
        details: Everything known of its tools, in the order of the shortlist.
        format_name: A name in `EXPORTERS`.
        path: File to write; one that exists is replaced, missing folders are made.
        progress: Called with (done, total) after each tool.
        edition: When, by whom and out of what the export is made.

    Raises:
        NotFoundError: there is no such format.
        CatalogueError: the file cannot be written, or the details are not those of the shortlist.
    """
    exporter = exporter_named(format_name)()
    shortlist = cleaned(shortlist)
    total = len(shortlist.items)
    done = 0
    with replacing(path) as stream:
        exporter.open(stream, shortlist, cleaned(edition))
        for detail in details:
            if done == total or detail.row.id != shortlist.items[done].tool_id:
                raise CatalogueError(f"'{detail.row.name}' is not the next tool on the shortlist.")
            exporter.feed(shortlist.items[done], cleaned(brief(detail, edition.sources)))
            done += 1
            progress(done, total)
        if done < total:
            raise CatalogueError(f"Only {done} of {total} tools were given to the export.")
        exporter.close()
    return done
