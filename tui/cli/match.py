"""`horizon match`: find tools for a page of requirements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from catalogue.match_rows import CoverRow, MatchedToolRow, MatchReport
    from catalogue.query import Query
    from tui.cli.render import Align

SHOWN = 200
"""Most characters of a passage that are printed; `--json` and files give all of it."""

LONGEST_NEED = 100
"""Most characters of a need that are printed."""


@click.command(
    cls=HorizonCommand,
    example="horizon match spec.md --limit 5\n"
    "horizon match spec.pdf --query 'setting:acute evidence:independent' --output match.xlsx\n"
    "pbpaste | horizon match -",
)
@click.argument(
    "spec", help="File with the requirements: Markdown, plain text or PDF; - reads what is pasted."
)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="Most tools given."
)
@click.option(
    "--query",
    default="",
    help="Look only at tools that pass, such as 'setting:primary evidence:independent'.",
)
@click.option("--words", is_flag=True, help="Match words only: the embedding model is not loaded.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: .xlsx, .csv, .md or .json.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@json_option
def match(
    spec: str,
    limit: int,
    query: str,
    output: Path | None,
    *,
    words: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Find tools for a page of requirements.

    The page is split into needs: list items, numbered lines, rows of tables, and sentences that
    say must, should, could or need. Tools are ranked by how many needs their pages cover, and each
    need has the passage that says it, with who says it and when. A need that no page says is
    listed as not found, which does not mean that no tool does it.
    """
    from catalogue.errors import HorizonError
    from catalogue.exporters.match_json import record
    from catalogue.exporters.matches import export_match
    from tui.cli import render, requirements

    narrowed = _narrowing(query)
    format_name = _format(output) if output else ""
    if output and output.exists() and not force:
        raise HorizonError(f"{output} is there already.", "Say --force to replace it.")
    title, text = requirements.text_of(spec)
    with opening.services(meaning=not words) as services:
        report = services.match(title, text, narrowed, limit)
    if not report.needs:
        raise HorizonError(
            f"No need was found in {title}.",
            "Write each on a line of its own, with '- ' before it, or say what must be done.",
        )
    if report.notice and not words:
        render.say(report.notice)
    if output:
        export_match(report, format_name, output)
        render.say(f"Wrote {_found(report)} to {output}.")
    if as_json:
        render.as_json(record(report))
    elif not output:
        render.put(*_printed(report))


def _narrowing(text: str) -> Query:
    """What `--query` asks for; a free word would narrow nothing."""
    from catalogue.query import read

    query = read(text)
    if query.words:
        raise click.UsageError(
            f"--query narrows by fields, \"phrases\" and -words; '{query.words}' is none of them.",
            click.get_current_context(),
        )
    return query


def _format(output: Path) -> str:
    from catalogue.exporters.matches import FORMATS

    suffixes = {one.SUFFIX: name for name, one in FORMATS.items()}
    suffix = output.suffix.casefold()
    if suffix not in suffixes:
        raise click.UsageError(
            f"The name of {output} does not tell the format; let it end in one of: "
            f"{', '.join(suffixes)}.",
            click.get_current_context(),
        )
    return suffixes[suffix]


def _found(report: MatchReport) -> str:
    from tui.state.wording import plural

    return f"{plural(len(report.needs), 'need')} beside {plural(len(report.tools), 'tool')}"


def _printed(report: MatchReport) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.table import Table

    from tui.cli import render
    from tui.state.wording import plural

    open_needs = report.uncovered()
    yield render.text(
        f"{plural(len(report.needs), 'need')} in {report.title}, beside "
        f"{plural(report.compared, 'tool')}: {len(report.needs) - len(open_needs)} covered by some "
        f"tool's pages, {len(open_needs)} by none.",
        "bold",
    )
    yield render.text(
        "Covered means that a page says it, in the words shown. A supplier's word is a claim, not "
        "evidence."
    )
    if report.tools:
        yield ""
        yield _table(report)
    asked = {need.number: need for need in report.needs}
    for rank, tool in enumerate(report.tools, 1):
        yield ""
        yield render.text(f"{rank}  {tool.row.name}, {tool.row.supplier}", "bold")
        grid = Table.grid(padding=(0, 1))
        for cover in tool.covers:
            need = asked[cover.need]
            _add(grid, cover, _short(need.text, need.priority))
        yield Padding(grid, (0, 0, 0, 3))
    yield ""
    if open_needs:
        yield render.text("Not found on any page that was read (which does not mean 'no'):", "bold")
        for need in open_needs:
            near = report.partly[need.number - 1]
            more = f"  partly: {plural(near, 'tool')}" if near else ""
            said = f"{need.number:>3}  {_short(need.text, need.priority)}{more}"
            yield render.indented(said, 1)
    if report.left_out:
        yield ""
        yield render.text("Taken for no need:", "bold")
        for one in report.left_out:
            yield render.indented(f"line {one.line}: {_short(one.text)} ({one.why})", 2)


def _table(report: MatchReport) -> RenderableType:
    from tui.cli import render
    from tui.state.wording import stars

    must = {need.number for need in report.needs if need.priority == "must"}
    columns: list[tuple[str, Align]] = [("must", "right")] if must else []
    return render.table(
        [
            ("rank", "right"),
            ("covered", "right"),
            *columns,
            ("partly", "right"),
            ("tool", "left"),
            ("evidence", "left"),
            ("said by others, too", "right"),
        ],
        [
            [
                rank,
                f"{tool.count('covered')} of {len(report.needs)}",
                *([f"{_of(tool, must)} of {len(must)}"] if must else []),
                tool.count("partly"),
                tool.row.name,
                stars(tool.row.evidence),
                _by_others(tool),
            ]
            for rank, tool in enumerate(report.tools, 1)
        ],
    )


def _of(tool: MatchedToolRow, needs: set[int]) -> int:
    return len(needs.intersection(one.need for one in tool.covers if one.degree == "covered"))


def _by_others(tool: MatchedToolRow) -> int:
    """How many needs are covered by a page that is not the supplier's."""
    return sum(
        any(said.voice != "Supplier" for said in (one.said, *one.also))
        for one in tool.covers
        if one.degree == "covered"
    )


def _add(grid: Table, cover: CoverRow, need: str) -> None:
    """Add the lines of one need: what is asked for, who says what about it, and where."""
    from rich.padding import Padding

    from catalogue.exporters import match_wording
    from catalogue.text import one_line
    from tui.cli import render

    grid.add_row(cover.degree, str(cover.need), render.text(need))
    for said in (cover.said, *cover.also):
        who = f"{match_wording.who(said)}, {match_wording.when(said)}: {said.url}"
        grid.add_row("", "", render.text(f"  “{one_line(said.text, SHOWN)}”"))
        grid.add_row("", "", Padding(render.text(who, "dim"), (0, 0, 0, 2)))
    if cover.doubt:
        grid.add_row("", "", render.text(f"  read with care: {cover.doubt}"))


def _short(text: str, priority: str = "") -> str:
    from catalogue.text import one_line

    return one_line(text, LONGEST_NEED) + (f" [{priority}]" if priority else "")
