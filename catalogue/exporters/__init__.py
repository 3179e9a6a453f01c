"""Exporters: a shortlist as a file that can be defended, with sources, dates, reasons and gaps.

One file per format; one traversal of the tools feeds any of them.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar

from catalogue.errors import CatalogueError, NotFoundError, nearest
from catalogue.exporters.brevity import brief
from catalogue.exporters.csv_table import CsvTable
from catalogue.exporters.exporter import Edition, Exporter
from catalogue.exporters.json_record import JsonRecord
from catalogue.exporters.markdown import MarkdownReport
from catalogue.exporters.workbook import ExcelWorkbook
from catalogue.rows import ShortlistRow, ToolDetail
from catalogue.text import clean

__all__ = ["EXPORTERS", "Edition", "Exporter", "export", "exporter_named"]

EXPORTERS: Mapping[str, type[Exporter]] = MappingProxyType(
    {exporter.NAME: exporter for exporter in (ExcelWorkbook, CsvTable, MarkdownReport, JsonRecord)}
)
"""The formats by name, in the order they are offered."""

Known = TypeVar("Known")


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
    shortlist = _cleaned(shortlist)
    total = len(shortlist.items)
    done = 0
    with _replacing(path) as stream:
        exporter.open(stream, shortlist, _cleaned(edition))
        for detail in details:
            if done == total or detail.row.id != shortlist.items[done].tool_id:
                raise CatalogueError(f"'{detail.row.name}' is not the next tool on the shortlist.")
            exporter.feed(shortlist.items[done], _cleaned(brief(detail, edition.sources)))
            done += 1
            progress(done, total)
        if done < total:
            raise CatalogueError(f"Only {done} of {total} tools were given to the export.")
        exporter.close()
    return done


def _cleaned(value: Known) -> Known:
    """The same rows with every text in them cleaned: no format has to think of it."""
    known: Any = value
    if isinstance(known, str):
        known = clean(known)
    elif isinstance(known, tuple):
        known = tuple(_cleaned(part) for part in known)
    elif is_dataclass(known) and not isinstance(known, type):
        parts = {part.name: _cleaned(getattr(known, part.name)) for part in fields(known)}
        known = replace(known, **parts)
    result: Known = known
    return result


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when all went well and vanishes otherwise."""
    part = path.parent / f".horizon-{secrets.token_hex(8)}.part"
    if not _can_be_a_name(path):
        raise CatalogueError(f"{path} cannot be written: no file can have that name.")
    try:
        if path.is_dir():
            raise CatalogueError(f"{path} is a folder.", "Name a file in it.")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CatalogueError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Is it open in another program?" if isinstance(error, PermissionError) else "",
        ) from error


def _can_be_a_name(path: Path) -> bool:
    """Whether the system can be asked for such a file: none holds NUL or half a pair."""
    try:
        path.lstat()
    except OSError:
        return True  # whatever is wrong with it is told when it is written
    except ValueError:
        return False
    return True
