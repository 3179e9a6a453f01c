"""CSV: one line per tool, for a spreadsheet or a script.

Excel on Windows is the reader most likely to get it wrong, so the file is what that reads right:
UTF-8 with a byte-order mark (or "£" turns into "Â£"), commas, every cell quoted, one line per
cell, CRLF. A text that a spreadsheet would calculate gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO, ClassVar

from catalogue.exporters import wording
from catalogue.exporters.exporter import Edition
from catalogue.properties import PROPERTIES
from catalogue.rows import Provenance, ShortlistItemRow, ShortlistRow, ToolDetail, ValueRow
from catalogue.text import one_line

KEY_VALUES = ("summary", "price", "autonomy", "integration", "data_location")
"""Properties with columns of their own: value, who says it, in which words, where, when."""

BEFORE = (
    "Position",
    "Tool",
    "Supplier",
    "Why it is on the list",
    "Added by",
    "Added on",
    "Use case",
    "Care setting",
    "Scope",
    "Page",
)
AFTER = (
    "Assurance",
    "Claims (not evidence)",
    "Claims without evidence",
    "Claims with independent evidence",
    "Claims that evidence contradicts",
    "Claims that only repeat another",
    "Evidence",
    "Strongest evidence",
    "Independent evidence",
    "In use at",
    "Not stated",
    "Pages read",
    "Oldest check",
    "Newest check",
    "Shortlist",
    "Search definition",
    "Exported",
)
BETWEEN = " | "
"""Between the values of one cell."""


class CsvTable:
    """One line per tool."""

    NAME: ClassVar[str] = "csv"
    TITLE: ClassVar[str] = "CSV table, one line per tool"
    SUFFIX: ClassVar[str] = ".csv"

    def open(self, stream: BinaryIO, shortlist: ShortlistRow, edition: Edition) -> None:
        """Write the header."""
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text, quoting=csv.QUOTE_ALL)
        self._every_line = (
            shortlist.name,
            shortlist.query or wording.BY_HAND,
            wording.moment(edition.at),
        )
        columns: list[str] = [*BEFORE]
        for name in KEY_VALUES:
            label = PROPERTIES[name].label
            columns += [
                label,
                *(f"{label}: {part}" for part in ("said by", "quote", "url", "seen")),
            ]
        self._writer.writerow([*columns, *AFTER])

    def feed(self, item: ShortlistItemRow, detail: ToolDetail) -> None:
        """Write the line of one tool."""
        row = detail.row
        standings = [claim.standing for claim in detail.claims]
        checks = sorted(document.last_seen for document in detail.documents)
        cells: list[str] = [
            str(item.position),
            row.name,
            row.supplier,
            item.reason or "No reason given",
            item.added_by,
            f"{item.added_at:%Y-%m-%d}",
            wording.use_case(row),
            row.setting or "Not stated",
            wording.scope(row),
            detail.homepage,
        ]
        for name in KEY_VALUES:
            cells += _value_cells([one for one in detail.values if one.property == name])
        cells += [
            BETWEEN.join(_assurance(detail.values)) or "Not stated",
            str(len(standings)),
            str(standings.count("unsupported")),
            str(standings.count("independent")),
            str(standings.count("contradicted")),
            str(sum(claim.repeats is not None for claim in detail.claims)),
            BETWEEN.join(evidence.title for evidence in detail.evidence),
            wording.strength(row.evidence),
            "Yes" if row.independent else "No",
            BETWEEN.join(dict.fromkeys(map(wording.place, detail.deployments))),
            BETWEEN.join(wording.gaps(detail)),
            str(len(detail.documents)),
            *(str(checks[end]) if checks else "" for end in (0, -1)),
            *self._every_line,
        ]
        self._writer.writerow([harmless(one_line(cell)) for cell in cells])

    def close(self) -> None:
        """Hand the stream back to its owner."""
        self._text.flush()
        self._text.detach()


def _value_cells(rows: list[ValueRow]) -> list[str]:
    said = [row.provenance for row in rows if row.provenance is not None]
    return [
        BETWEEN.join(wording.value(row) for row in rows) or "Not stated",
        _one_for_each(_who(one) for one in said),
        _one_for_each(one.quote for one in said),
        _one_for_each(one.url for one in said),
        _one_for_each(str(one.last_seen) for one in said),
    ]


def _one_for_each(parts: Iterable[str]) -> str:
    """The parts in the order of the values they belong to; only one where all are the same."""
    every = list(parts)
    return every[0] if len(set(every)) == 1 else BETWEEN.join(every)


def _assurance(rows: tuple[ValueRow, ...]) -> list[str]:
    return [
        f"{row.label}: {wording.value(row)}"
        + (f", says {_who(row.provenance)}" if row.provenance else "")
        for row in rows
        if row.property.startswith("assurance.")
    ]


def _who(provenance: Provenance) -> str:
    return f"{provenance.said_by} ({provenance.voice})"


_CELL_START = re.compile(r"(?:^|(?<=;))\s*\S")


def harmless(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet might take for a formula.

    That is "=", "+", "-" or "@", also full-width or small, at the beginning or after a semicolon
    (which begins a cell where that is the separator), behind white space or not.
    """
    return _CELL_START.sub(_apostrophe, text)


def _apostrophe(found: re.Match[str]) -> str:
    first = unicodedata.normalize("NFKC", found[0][-1])[:1]
    return f"'{found[0]}" if first in "=+-@\N{MINUS SIGN}" else found[0]
