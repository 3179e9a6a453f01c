"""`horizon issues`: what a person should look at."""

from __future__ import annotations

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option


@click.group(cls=HorizonGroup, example="horizon issues list")
def issues() -> None:
    """What a person should look at.

    Faults, runs that failed, surprises on pages. A fault that has passed closes its issue by
    itself. One that you close opens again when it is met again.
    """


@issues.command("list", cls=HorizonCommand, example="horizon issues list --source govuk_atrs")
@click.option("--source", default="", help="Of this source alone.")
@click.option("--all", "everything", is_flag=True, help="Closed ones, too.")
@json_option
def list_(source: str, *, everything: bool, as_json: bool) -> None:
    """List what is open, newest first."""
    from catalogue.queries.collection import issues as found
    from tui.cli import render
    from tui.state.wording import day, plural

    with opening.services() as services, services.database.read() as session:
        rows = found(session, source, closed=everything)
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("Nothing is open.")
    for row in rows if not as_json else ():
        state = f"closed by {row.closed_by}" if row.state == "closed" else row.state
        span = f"{plural(row.count, 'time')}, {day(row.first_seen)} to {day(row.last_seen)}"
        head = f"{row.id:>5}  {row.source}  {row.kind}  {state}  {span}"
        render.put(render.text(head, style="bold"), wrap=False)
        render.put(render.indented(row.subject, 7), render.indented(row.note, 7))


@issues.command(cls=HorizonCommand, example="horizon issues close 12 14")
@click.argument("number", nargs=-1, required=True, type=int, help="Numbers of issues.")
@json_option
def close(number: tuple[int, ...], *, as_json: bool) -> None:
    """Close issues under your name (setting review.reviewer): all of them, or none."""
    from catalogue.issues import close as close_issues
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        close_issues(services.database, number, services.settings.reviewer)
    if as_json:
        render.as_json({"closed": list(number)})
    else:
        render.say(f"{plural(len(number), 'issue')} closed.")
