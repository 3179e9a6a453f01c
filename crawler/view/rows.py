"""A table, read: its headings and the rows below them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the headings."""

    number: int
    """Its number in the file, the first row being 1: what a spreadsheet shows."""
    cells: tuple[str, ...]

    def cell(self, at: int | None) -> str:
        """The words of a cell; "" beyond the end of the row."""
        return self.cells[at] if at is not None and at < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its headings, and the rows below them."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
