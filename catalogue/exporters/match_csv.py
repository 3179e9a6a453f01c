"""CSV of a match: one line per need and tool; a need that no tool covers has a line of its own."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO, ClassVar

from catalogue.exporters import match_wording, wording
from catalogue.exporters.csv_table import BETWEEN, harmless
from catalogue.match_rows import CoverRow, MatchedToolRow, MatchReport, NeedRow
from catalogue.text import one_line

COLUMNS = (
    *("Need", "Asked for", "Priority", "Heading", "Rank", "Tool", "Supplier"),
    *("Found", "In which words", "Said by", "Voice", "Published", "Last seen", "Where"),
    *("Doubt", "Also said by", "Requirements", "Made"),
)


class MatchTable:
    """One line per need and tool, written for Excel as `csv_table` is."""

    NAME: ClassVar[str] = "csv"
    SUFFIX: ClassVar[str] = ".csv"

    def write(self, stream: BinaryIO, report: MatchReport) -> None:
        """Write the table."""
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        writer.writerow(COLUMNS)
        last = [report.title, wording.moment(report.made_at)]
        for need in report.needs:
            rows = [_line(*found) for found in match_wording.said_of(need, report)]
            if not report.covered[need.number - 1]:
                rows.insert(0, ["", "", "", match_wording.NOT_FOUND, *[""] * 8])
            for row in rows:
                cells = [*_need(need), *row, *last]
                writer.writerow([harmless(one_line(cell)) for cell in cells])
        text.flush()
        text.detach()


def _need(need: NeedRow) -> list[str]:
    return [str(need.number), need.text, need.priority, need.heading]


def _line(rank: int, tool: MatchedToolRow, cover: CoverRow) -> list[str]:
    said = cover.said
    return [
        str(rank),
        tool.row.name,
        tool.row.supplier,
        match_wording.DEGREES[cover.degree],
        said.text,
        said.said_by,
        match_wording.voice(said),
        str(said.published_on or ""),
        str(said.last_seen or ""),
        said.url,
        cover.doubt,
        BETWEEN.join(f"{match_wording.who(one)}, {one.url}" for one in cover.also),
    ]
