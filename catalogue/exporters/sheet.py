"""Sheet: one sheet of a workbook, of constant cells under a header that stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

Cell = str | int | date
Columns = tuple[tuple[str, float], ...]
"""Header and width in characters of each column."""

LONGEST = 32_767
"""Characters that fit in a cell of Excel."""

A4 = 9
NOTE_ROW = 0
HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Styles:
    """How cells look; texts are marked as texts, and stay so when somebody edits them."""

    note: xlsxwriter.Format
    header: xlsxwriter.Format
    text: xlsxwriter.Format
    number: xlsxwriter.Format
    day: xlsxwriter.Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> Styles:
        """The styles of a workbook."""
        top = {"valign": "top", "text_wrap": True}
        text = {**top, "quote_prefix": True}
        return cls(
            note=book.add_format({"italic": True, "quote_prefix": True}),
            header=book.add_format({**top, "bold": True, "bg_color": "#D9E8F5", "bottom": 1}),
            text=book.add_format(text),
            number=book.add_format({**top, "num_format": "0"}),
            day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        )


class Sheet:
    """A sheet with a note, a header that stays in sight, and rows."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        styles: Styles,
        name: str,
        note: str,
        columns: Columns,
        *,
        frozen: int = 1,
    ) -> None:
        self._styles = styles
        self._columns = columns
        self._next = HEADER_ROW + 1
        self._sheet = book.add_worksheet(name)
        self._sheet.write_string(NOTE_ROW, 0, safe(note), styles.note)
        for number, (header, width) in enumerate(columns):
            self._sheet.write_string(HEADER_ROW, number, header, styles.header)
            self._sheet.set_column(number, number, width)
        self._sheet.freeze_panes(HEADER_ROW + 1, frozen)
        self._sheet.repeat_rows(NOTE_ROW, HEADER_ROW)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&A&RPage &P of &N")

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        for number, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._next, number, safe(cell), self._styles.text)
            elif isinstance(cell, int):
                self._sheet.write_number(self._next, number, cell, self._styles.number)
            else:
                self._sheet.write_datetime(self._next, number, cell, self._styles.day)
        self._next += 1

    def end(self) -> None:
        """Let the columns be filtered."""
        self._sheet.autofilter(
            HEADER_ROW, 0, max(self._next - 1, HEADER_ROW), len(self._columns) - 1
        )


def safe(text: str) -> str:
    """The text as it may stand in a cell.

    xlsxwriter writes what begins with "<r>" and ends with "</r>" as XML of its own; a space in
    front makes it text like any other.
    """
    text = text if len(text) < LONGEST else text[: LONGEST - 2] + "…"
    return f" {text}" if text.startswith("<r>") else text
