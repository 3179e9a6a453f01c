"""`horizon leads`: names that are likely a tool's, for a person to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from catalogue.review.rulings import Rulings
    from catalogue.rows import LeadRow
    from tui.live import Live


@click.group(
    cls=HorizonGroup,
    invoke_without_command=True,
    example="horizon leads\nhorizon leads accept 'Quill Scribe' --supplier 'Quillon Hythe Ltd'",
)
@json_option
@click.pass_context
def leads(context: click.Context, *, as_json: bool) -> None:
    """Judge names that are likely a tool's.

    Pages name tools that nobody has read a page of. Each such name waits here, with the sentence
    that gives it, until you accept or dismiss it, or a page of the tool is found. Without a
    command it lists what is open.
    """
    if context.invoked_subcommand is None:
        _list(everything=False, as_json=as_json)


@leads.command("list", cls=HorizonCommand, example="horizon leads list --all")
@click.option("--all", "everything", is_flag=True, help="Judged and known ones, too.")
@json_option
def list_(*, everything: bool, as_json: bool) -> None:
    """List the names that wait, those that most pages give first."""
    _list(everything=everything, as_json=as_json)


@leads.command(
    cls=HorizonCommand,
    example="horizon leads accept 'Quill Scribe' --supplier 'Quillon Hythe Ltd'",
)
@click.argument("name", help="Name of a lead.")
@click.option("--supplier", default="", help="Who sells it; may be left out where a page says so.")
@click.option("--why", default="", help="Your reason.")
@json_option
def accept(name: str, supplier: str, why: str, *, as_json: bool) -> None:
    """Make a tool of a lead, under your name (setting review.reviewer)."""
    with opening.services() as services:
        row = _lead(services, name)
        maker = supplier.strip() or row.supplier
        if not maker:
            raise click.UsageError(f"No page says who sells {row.name}: name it with --supplier.")
        _decide(services, row, maker, "accepted", why)
        _told(_lead(services, name), f"{row.name} by {maker} is a tool now.", as_json=as_json)


@leads.command(
    cls=HorizonCommand, example="horizon leads dismiss 'Data Lens' --why 'a project, no product'"
)
@click.argument("name", help="Name of a lead.")
@click.option("--why", default="", help="Your reason.")
@json_option
def dismiss(name: str, why: str, *, as_json: bool) -> None:
    """Say that a lead is no tool. It is not asked again, whoever names it."""
    with opening.services() as services:
        row = _lead(services, name)
        _decide(services, row, "", "dismissed", why)
        _told(_lead(services, name), f"{row.name} is no tool.", as_json=as_json)


@leads.command(cls=HorizonCommand, example="horizon leads undo")
@json_option
def undo(*, as_json: bool) -> None:
    """Take back what you decided last about a lead."""
    from catalogue.leads import subject_of
    from tui.cli import render

    with opening.services() as services:
        undone = [one.subject for one in _rulings(services).undo("lead")]
        names = {subject_of(row.key): row.name for row in _all(services)}
    if as_json:
        render.as_json({"undone": undone})
    elif undone:
        render.say(f"Taken back: {', '.join(names.get(one, one) for one in undone)}.")
    else:
        render.say("There is nothing to take back.")


def _list(*, everything: bool, as_json: bool) -> None:
    from catalogue.queries.leads import OPEN
    from catalogue.queries.leads import leads as found
    from tui.cli import render
    from tui.state.wording import day, plural
    from tui.text import line

    with opening.services() as services, services.database.read() as session:
        rows = found(session, () if everything else OPEN)
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("No name waits for you.")
    for row in rows if not as_json else ():
        head = [f"{row.name} by {row.supplier}" if row.supplier else row.name]
        head += [row.state] if row.state != "open" else []
        head += [plural(len(row.told), "page")]
        render.put(render.text(line(" \u00b7 ".join(head)), "bold"))
        first = row.told[0]
        where = f"{first.said_by}, {first.voice.casefold()}, {day(first.last_seen)}: {first.url}"
        render.put(render.indented(f"\u201c{first.quote}\u201d", 4), render.indented(where, 4))


def _rulings(services: Live) -> Rulings:
    from catalogue.review.rulings import Rulings

    return Rulings(services.database, services.settings.reviewer, services.clock)


def _lead(services: Live, name: str) -> LeadRow:
    from catalogue.queries.leads import lead_named

    with services.database.read() as session:
        return lead_named(session, name)


def _all(services: Live) -> list[LeadRow]:
    from catalogue.queries.leads import leads as found

    with services.database.read() as session:
        return found(session, ())


def _decide(services: Live, row: LeadRow, supplier: str, value: str, why: str) -> None:
    from catalogue.leads import subject_of
    from catalogue.review.rulings import Decision

    _rulings(services).decide("lead", [Decision(subject_of(row.key), supplier, value, why)])


def _told(row: LeadRow, said: str, *, as_json: bool) -> None:
    from tui.cli import render

    if as_json:
        render.as_json(row)
    else:
        render.say(f"{said} 'horizon leads undo' takes it back.")
