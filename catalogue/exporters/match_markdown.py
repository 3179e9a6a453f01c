"""Markdown of a match: what was asked, which tools say it, what nobody says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, ClassVar

from catalogue.exporters import match_wording, wording
from catalogue.exporters.markdown import escaped, link, table
from catalogue.match_rows import CoverRow, MatchedToolRow, MatchReport

TOOLS = ("", "Tool", "Supplier", "Covered", "Partly", "Strongest evidence")
NEEDS = ("", "Asked for", "Priority", "Found")


class MatchText:
    """Needs, then a chapter for each tool."""

    NAME: ClassVar[str] = "markdown"
    SUFFIX: ClassVar[str] = ".md"

    def write(self, stream: BinaryIO, report: MatchReport) -> None:
        """Write the report."""
        stream.write(("\n".join(_report(report)).rstrip() + "\n").encode())


def _report(report: MatchReport) -> Iterator[str]:
    narrowed = f" that pass `{report.query.replace('`', '')}`" if report.query else ""
    yield f"# Requirements and tools: {escaped(report.title)}"
    yield ""
    yield (
        f"{len(report.needs)} needs beside {report.compared} tools{narrowed}, on "
        f"{wording.moment(report.made_at)}."
    )
    if report.notice:
        yield f"**By words alone:** {escaped(report.notice)}"
    yield from ("", "## How to read this", "")
    yield from (f"- **{topic}.** {sentence}" for topic, sentence in match_wording.NOTES.items())
    yield from ("", "## Needs", "")
    yield from table(
        NEEDS,
        [
            (
                str(need.number),
                escaped(need.text),
                need.priority,
                match_wording.outcome(need, report),
            )
            for need in report.needs
        ],
    )
    yield from ("", "## Needs that no tool covers", "")
    yield from [f"- {need.number}. {escaped(need.text)}" for need in report.uncovered()] or [
        "None."
    ]
    yield from ("", "## Tools", "")
    yield from table(TOOLS, [_row(rank, tool) for rank, tool in enumerate(report.tools, 1)])
    asked = {need.number: need.text for need in report.needs}
    for rank, tool in enumerate(report.tools, 1):
        yield from ("", f"### {rank}. {escaped(tool.row.name)} ({escaped(tool.row.supplier)})", "")
        for cover in tool.covers:
            yield from _cover(cover, asked[cover.need])
    yield from ("", "## Taken for no need", "")
    yield from [
        f"- Line {one.line}: {escaped(one.text)} ({escaped(one.why)})" for one in report.left_out
    ] or ["Nothing."]


def _row(rank: int, tool: MatchedToolRow) -> tuple[str, ...]:
    row = tool.row
    return (
        str(rank),
        escaped(row.name),
        escaped(row.supplier),
        str(tool.count("covered")),
        str(tool.count("partly")),
        wording.strength(row.evidence) + (", independent" if row.independent else ""),
    )


def _cover(cover: CoverRow, asked: str) -> Iterator[str]:
    yield f"- **{match_wording.DEGREES[cover.degree]}:** {cover.need}. {escaped(asked)}"
    for said in (cover.said, *cover.also):
        yield (
            f'    - "{escaped(said.text)}" {escaped(match_wording.who(said))}, '
            f"{match_wording.when(said)}, {link(said.url)}"
        )
    if cover.doubt:
        yield f"    - Read with care: {escaped(cover.doubt)}"
