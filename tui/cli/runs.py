"""`horizon runs` and `horizon sources health`: how the collection fares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from datetime import datetime

_STATES = {"running": "under way", "finished": "sound", "failed": "FAILED", "": "not visited"}


@click.command(cls=HorizonCommand, example="horizon runs --source govuk_atrs --limit 5")
@click.option("--source", default="", help="Of this source alone.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Most runs.")
@json_option
def runs(source: str, limit: int, *, as_json: bool) -> None:
    """List the newest runs.

    What each found, and how it was judged: a run that is not as its source expects FAILED, and
    what it found changed or gone was dropped.
    """
    from catalogue.queries.collection import runs as newest
    from tui.cli import render

    with opening.services() as services, services.database.read() as session:
        _require(source, [row.name for row in services.sources()])
        rows = newest(session, limit, source)
    if as_json:
        render.as_json(rows)
        return
    if not rows:
        render.say("There are no runs yet. 'horizon crawl' makes one.")
        return
    render.put(
        render.table(
            [
                ("began", "left"),
                ("source", "left"),
                ("verdict", "left"),
                *((name, "right") for name in ("pages", "changed", "gone", "signals")),
                ("faults", "left"),
            ],
            [
                (
                    _minute(row.started_at),
                    row.source,
                    _STATES[row.state],
                    row.pages,
                    row.changed,
                    row.gone,
                    row.signals,
                    _kinds(row.faults),
                )
                for row in rows
            ],
        )
    )
    _explain([(f"{row.source}, {_minute(row.started_at)}", row.reasons) for row in rows])


@click.command(cls=HorizonCommand, example="horizon sources health")
@json_option
def health(*, as_json: bool) -> None:
    """Show how every source fares and what to do: last good run, pages, changes, faults by kind."""
    from catalogue.clock import clock_at
    from catalogue.queries.collection import health as fare
    from tui.cli import render

    with opening.services() as services, services.database.read() as session:
        rows = fare(session, clock_at(services.settings.today)())
    if as_json:
        render.as_json(rows)
        return
    if not rows:
        render.say("No source was visited yet. 'horizon crawl' visits one.")
        return
    render.put(
        render.table(
            [
                ("source", "left"),
                ("last good run", "left"),
                ("verdict", "left"),
                ("pages", "right"),
                ("changed", "right"),
                ("faults", "left"),
                ("issues", "right"),
                ("due", "left"),
            ],
            [
                (
                    row.source,
                    _minute(row.last_good),
                    _STATES[row.state] if row.enabled else "switched off",
                    row.pages,
                    row.changed,
                    _kinds(row.faults),
                    row.issues,
                    _minute(row.due_at),
                )
                for row in rows
            ],
        )
    )
    _explain([(row.source, f"{row.reasons} {row.advice}".strip()) for row in rows])


def _explain(said: Sequence[tuple[str, str]]) -> None:
    """Print what does not fit into a table: what is not as it should be, and what to do."""
    from tui.cli import render

    told = [(about, words) for about, words in said if words]
    if told:
        render.put(render.text(""))
    for about, words in told:
        render.put(render.text(about, style="bold"), render.indented(words, 4))


def _require(name: str, known: list[str]) -> None:
    """Raise NotFoundError, with the nearest, for a source that the catalogue does not know."""
    from catalogue.errors import NotFoundError, nearest

    if name and name not in known:
        raise NotFoundError(f"The catalogue has no source '{name}'.", nearest(name, known))


def _minute(moment: datetime | None) -> str:
    """A time in the local zone, to the minute; `never` where there is none."""
    return "never" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _kinds(faults: Mapping[str, int]) -> str:
    """Faults by kind: `12 timeout, 1 soft_404`."""
    return ", ".join(f"{count} {kind}" for kind, count in faults.items())
