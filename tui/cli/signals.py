"""`horizon signals`: what changed in the market."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalogue.rows import SignalRow


@click.command(
    cls=HorizonCommand,
    example="horizon signals --since 2026-11-01\nhorizon signals --type assurance_lapsed --json",
)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Of this day and later, as 2026-11-01."
)
@click.option("--type", "types", multiple=True, help="Of this kind: its code or its name.")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1), help="Most signals."
)
@json_option
def signals(since: datetime | None, types: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """List what changed in the market, newest first.

    Each with what it was before and is now, the words that tell it, their page, and how far off it
    is for a buyer. A fault of a crawl is never one: 'horizon issues' lists those.
    """
    from catalogue.queries.signals import signals as newest
    from tui.cli import render

    codes = [_code(words) for words in types]
    with opening.services() as services, services.database.read() as session:
        rows = newest(session, limit, since=since.date() if since else None, types=codes)
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("No change is known.")
    for row in rows if not as_json else ():
        render.put(*_told(row))


def _told(row: SignalRow) -> list[RenderableType]:
    """One signal: what and when, from what to what, in which words, and where they stand."""
    from tui.cli import render
    from tui.state.wording import day, quoted
    from tui.text import line

    horizon = f"  [{row.horizon.casefold()}]" if row.horizon else ""
    head = f"{day(row.detected_on)}  {row.label}: {line(row.subject)}{horizon}"
    change = " → ".join(line(words) for words in (row.before, row.after) if words)
    told = [change, quoted(line(row.quote)) if row.quote else "", row.url]
    return [render.text(head, "bold"), *(render.indented(one, 4) for one in told if one)]


def _code(words: str) -> str:
    """The SIG_ code that a person means by its code, with or without the prefix, or its name.

    Raises:
        VocabularyError: there is none; the message gives the nearest.
    """
    from catalogue.vocabularies import load

    kinds = load()["signals"]
    term = kinds.match(words) or kinds.match(f"SIG_{words}")
    return (
        term.code
        if term is not None
        else kinds.get(f"SIG_{words.upper().removeprefix('SIG_')}").code
    )
