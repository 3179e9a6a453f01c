"""`horizon show`: all that is known of one tool."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from catalogue.rows import ToolDetail
    from tui.state.entries import Line, Piece, Role

STYLES: dict[Role, str] = {
    "plain": "",
    "strong": "bold",
    "heading": "bold underline",
    "label": "cyan",
    "quote": "italic",
    "match": "bold italic",
    "muted": "dim",
    "good": "green",
    "warning": "yellow",
    "bad": "red",
}
"""Roles of `tui.state.entries` as styles of rich; what they say, the words say, too."""


@click.command(cls=HorizonCommand, example="horizon show 'Rotaflow Roster'")
@click.argument("tool", help="Number or name of a tool.")
@json_option
def show(tool: str, *, as_json: bool) -> None:
    """Show all that is known of one tool.

    Every value comes with who says it, when, and in which words; a claim, with what supports it.
    What was looked for and not found is said, too.
    """
    from tui.cli import render

    with opening.services() as services:
        detail = services.detail(services.find_tool(tool))
    for record in detail.merged:
        if tool in (str(record.id), record.name):
            same = f"{record.id} was judged to be the same as {detail.row.id}, {detail.row.name}"
            render.say(f"Number {same} ({record.by}, {record.on.isoformat()}).")
    if as_json:
        render.as_json(detail)
    else:
        _print(detail)


def _print(detail: ToolDetail) -> None:
    """The tabs of the app's detail pane, one below the other."""
    from tui.cli import render
    from tui.state import dossier
    from tui.state.wording import autonomy, day, stars
    from tui.text import line

    row, console = detail.row, render.out()
    render.put(render.text(f"{line(row.name)}  by {line(row.supplier)}", "bold"))
    facts = (
        f"number {row.id}",
        row.use_case or "use case not stated",
        stars(row.evidence) if row.evidence else "no evidence found",
        f"autonomy {autonomy(row.autonomy)}",
        f"last seen {day(row.last_seen)}",
        detail.homepage,
    )
    render.put(render.text(" · ".join(line(fact) for fact in facts if fact), "dim"))
    for tab in (dossier.overview, dossier.evidence, dossier.history, dossier.sources):
        for entry in tab(detail):
            for one in entry.lines:
                render.put(_hanging(one, console))


def styled(pieces: Iterable[Piece]) -> Text:
    """Pieces of an entry as one text on one line, made safe."""
    from rich.text import Text

    from tui.cli import render

    return Text.assemble(
        *(render.text(words.replace("\n", " "), STYLES[role]) for words, role in pieces)
    )


def _hanging(one: Line, console: Console) -> Text:
    """One line of an entry, wrapped, what follows indented. The note beside a heading speaks of
    the app's keys and is left out.
    """
    from rich.text import Text

    pieces = one.pieces[:1] if one.pieces[:1] and one.pieces[0][1] == "heading" else one.pieces
    whole = styled(pieces)
    first, *rest = whole.wrap(console, console.width) or [whole]
    if not rest:
        return first
    following = whole[len(first.plain.rstrip()) :]
    start = len(following.plain) - len(following.plain.lstrip())
    pad = Text(" " * one.hang)
    rows = following[start:].wrap(console, max(20, console.width - one.hang))
    return Text("\n").join([first, *(pad + row for row in rows)])
