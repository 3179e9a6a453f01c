"""Excel of a match: a sheet each for tools, needs and passages, nothing that Excel calculates."""

from __future__ import annotations

from datetime import UTC
from typing import BinaryIO, ClassVar

import xlsxwriter

from catalogue.exporters import match_wording, wording
from catalogue.exporters.sheet import Cell, Columns, Sheet, Styles
from catalogue.match_rows import CoverRow, MatchReport

TOOLS: Columns = (
    *(("Rank", 6), ("Tool", 24), ("Supplier", 24), ("Needs covered", 10), ("Partly", 8)),
    *(("Of those that must be, covered", 14), ("Strongest evidence", 20)),
    *(("Independent evidence", 13), ("Page", 40)),
)
NEEDS: Columns = (
    *(("Need", 6), ("Asked for", 70), ("Priority", 10), ("Heading", 24), ("Line", 6)),
    *(("Found", 26), ("Covered by", 50)),
)
PASSAGES: Columns = (
    *(("Need", 6), ("Asked for", 44), ("Priority", 10), ("Tool", 24), ("Found", 10)),
    *(("In which words", 60), ("Said by", 26), ("Voice", 18), ("Published", 12)),
    *(("Last seen", 12), ("Where", 44), ("Doubt", 24), ("Also said by", 44)),
)
LEFT_OUT: Columns = (("Line", 6), ("Words", 90), ("Why it is no need", 40))
ABOUT: Columns = (("Topic", 28), ("Text", 110))


class MatchWorkbook:
    """A workbook whose bytes depend on the report alone."""

    NAME: ClassVar[str] = "xlsx"
    SUFFIX: ClassVar[str] = ".xlsx"

    def write(self, stream: BinaryIO, report: MatchReport) -> None:
        """Write the workbook."""
        book = xlsxwriter.Workbook(
            stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        made = report.made_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": f"Match: {report.title}"[:255], "created": made})
        styles, notes = Styles.of(book), match_wording.NOTES
        tools = Sheet(book, styles, "Tools", notes["The match"], TOOLS, frozen=2)
        must = {need.number for need in report.needs if need.priority == "must"}
        for rank, tool in enumerate(report.tools, 1):
            covered = [one.need for one in tool.covers if one.degree == "covered"]
            row = tool.row
            tools.add(
                [
                    *(rank, row.name, row.supplier, len(covered), tool.count("partly")),
                    *(len(must.intersection(covered)), wording.strength(row.evidence)),
                    *("Yes" if row.independent else "No", tool.homepage),
                ]
            )
        needs = Sheet(book, styles, "Needs", notes["Not found"], NEEDS)
        for need in report.needs:
            names = [
                tool.row.name
                for _, tool, cover in match_wording.said_of(need, report)
                if cover.degree == "covered"
            ]
            found = match_wording.outcome(need, report)
            needs.add(
                [
                    *(need.number, need.text, need.priority, need.heading, need.line),
                    *(found, "\n".join(names)),
                ]
            )
        passages = Sheet(book, styles, "Passages", notes["Covered"], PASSAGES)
        for need in report.needs:
            for _, tool, cover in match_wording.said_of(need, report):
                passages.add([need.number, need.text, need.priority, tool.row.name, *_said(cover)])
        left_out = Sheet(book, styles, "Left out", "Words that were taken for no need.", LEFT_OUT)
        for one in report.left_out:
            left_out.add([one.line, one.text, one.why])
        about = Sheet(book, styles, "About", "What this workbook is.", ABOUT)
        for topic, text in (
            ("Requirements", report.title),
            ("Made", wording.moment(report.made_at)),
            ("Tools narrowed by", report.query or "Nothing"),
            ("Tools looked at", str(report.compared)),
            ("By words alone", report.notice or "No"),
            *((f"How to read: {topic}", text) for topic, text in notes.items()),
        ):
            about.add([topic, text])
        for sheet in (tools, needs, passages, left_out):
            sheet.end()
        book.close()


def _said(cover: CoverRow) -> list[Cell]:
    said = cover.said
    return [
        match_wording.DEGREES[cover.degree],
        said.text,
        said.said_by,
        match_wording.voice(said),
        said.published_on or "",
        said.last_seen or "",
        said.url,
        cover.doubt,
        "\n".join(f"{match_wording.who(one)}, {one.url}" for one in cover.also),
    ]
