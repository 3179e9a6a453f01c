"""`horizon diff`: what a page said on one day and says on another."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from catalogue.difference import Line, Pair
    from catalogue.queries.snapshots import SnapshotRow

DAY = click.DateTime(["%Y-%m-%d"])

_STYLES = {"-": "red", "+": "green", " ": ""}


@click.command(
    cls=HorizonCommand,
    example="horizon diff https://www.example.nhs.uk/tool --from 2026-10-05 --to 2026-11-05",
)
@click.argument("url", help="Address of a page that was read.")
@click.option("--from", "first", type=DAY, help="Day of the older state; else the one before.")
@click.option("--to", "second", type=DAY, help="Day of the newer state; else the newest.")
@click.option("--side-by-side", "beside", is_flag=True, help="Both states beside each other.")
@json_option
def diff(
    url: str, first: datetime | None, second: datetime | None, *, beside: bool, as_json: bool
) -> None:
    """Compare two states of a page, word by word.

    Navigation, banners and what changes by itself (shown as ~) are left out. What is gone stands
    in lines with - and between [- and -]; what came in lines with + and between {+ and +}.
    """
    from catalogue.difference import compare, unified
    from tui.cli import render

    before, after, old, new = _states(url, first, second)
    hunks = compare(old, new)
    if as_json:
        render.as_json(
            {
                "url": url,
                "from": before.fetched_at,
                "to": after.fetched_at,
                "changes": [
                    [
                        {"sign": line.sign, "text": line.plain, "marked": line.marked}
                        for line in unified(hunk)
                    ]
                    for hunk in hunks
                ],
            }
        )
        return
    render.say(f"{url}: {before.fetched_at:%Y-%m-%d %H:%M} and {after.fetched_at:%Y-%m-%d %H:%M}")
    if not hunks:
        render.say("Nothing that a person would call a change.")
    for number, hunk in enumerate(hunks):
        if number:
            render.put(render.text("..."))
        if beside:
            render.put(_beside(hunk))
        else:
            render.put(*(_drawn(line) for line in unified(hunk)))


def _states(
    url: str, first: datetime | None, second: datetime | None
) -> tuple[SnapshotRow, SnapshotRow, str, str]:
    """The two states to be compared, and their texts."""
    from catalogue.queries.snapshots import snapshots, two_of
    from crawler.page import Page
    from crawler.rereading import steady_texts
    from crawler.snapshots import Snapshots

    with opening.services() as services:
        settings = services.settings
        with services.database.read() as session:
            before, after = two_of(
                snapshots(session, url), first and first.date(), second and second.date()
            )
    kept = Snapshots(settings.snapshots)
    pages = [
        Page(row.url, kept.get(row.raw_sha), row.content_type, row.fetched_at)
        for row in (before, after)
    ]
    old, new = steady_texts(pages, settings)
    return before, after, old, new


def _drawn(line: Line) -> Text:
    from tui.cli import render

    return render.text(f"{line.sign} {line.marked}", style=_STYLES[line.sign])


def _beside(hunk: list[Pair]) -> Table:
    """Two columns; each line bears its sign."""
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for pair in hunk:
        table.add_row(*(_drawn(line) if line else Text() for line in (pair.before, pair.after)))
    return table
