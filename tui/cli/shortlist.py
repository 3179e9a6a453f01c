"""`horizon shortlist`: make and keep shortlists."""

from __future__ import annotations

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option


@click.group(
    cls=HorizonGroup,
    example="horizon shortlist new 'Ward rotas'\n"
    "horizon shortlist add 'Ward rotas' 'Rotaflow Roster' --reason 'used at two trusts'",
)
def shortlist() -> None:
    """Make and keep shortlists.

    Every step is kept under your name (setting review.reviewer) and can be taken back in the app.
    """


@shortlist.command(
    cls=HorizonCommand,
    example="horizon shortlist new 'Ward rotas' --purpose 'Pilot in 2027'\n"
    "horizon shortlist new 'GP scribes' --query 'use:scribe setting:primary'",
)
@click.argument("name", help="Name of the new shortlist.")
@click.option("--purpose", default="", help="What it is for, in a sentence.")
@click.option("--query", default="", help="The search it is made from: kept with it, exported.")
@json_option
def new(name: str, purpose: str, query: str, *, as_json: bool) -> None:
    """Make an empty shortlist."""
    from catalogue.query import read
    from tui.cli import render

    asked = read(query)
    with opening.services() as services:
        row = services.new_shortlist(name, purpose, asked)
    if as_json:
        render.as_json(row)
    else:
        render.say(f"Made the shortlist '{row.name}'. Put tools on it with 'shortlist add'.")


@shortlist.command("list", cls=HorizonCommand, example="horizon shortlist list")
@json_option
def list_(*, as_json: bool) -> None:
    """List all shortlists."""
    from tui.cli import render
    from tui.state.wording import day

    with opening.services() as services:
        rows = list(services.shortlists())
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("There are no shortlists yet. 'horizon shortlist new NAME' makes one.")
    else:
        cells = [
            (row.name, len(row.items), day(row.created_at), row.created_by, row.purpose)
            for row in rows
        ]
        render.put(
            render.table(
                [
                    ("shortlist", "left"),
                    ("tools", "right"),
                    ("made on", "left"),
                    ("by", "left"),
                    ("purpose", "left"),
                ],
                cells,
            )
        )


@shortlist.command(cls=HorizonCommand, example="horizon shortlist show 'Ward rotas'")
@click.argument("name", help="Name of the shortlist.")
@json_option
def show(name: str, *, as_json: bool) -> None:
    """Show the tools on a shortlist, each with the reason why."""
    from tui.cli import render
    from tui.state.wording import day, plural
    from tui.text import line

    with opening.services() as services:
        row = services.shortlist(name)
    if as_json:
        render.as_json(row)
        return
    purpose = f": {row.purpose}" if row.purpose else ""
    heading = f"{row.name}{purpose} ({plural(len(row.items), 'tool')})"
    render.put(render.text(line(heading), "bold"))
    if row.query:
        render.put(render.text(f"Search definition: {line(row.query)}", "dim"))
    if row.items:
        render.put(
            render.table(
                [
                    ("", "right"),
                    ("id", "right"),
                    ("tool", "left"),
                    ("supplier", "left"),
                    ("reason", "left"),
                    ("by", "left"),
                    ("on", "left"),
                ],
                [
                    (
                        item.position,
                        item.tool_id,
                        item.name,
                        item.supplier,
                        item.reason,
                        item.added_by,
                        day(item.added_at),
                    )
                    for item in row.items
                ],
            )
        )


@shortlist.command(
    cls=HorizonCommand,
    example="horizon shortlist add 'Ward rotas' 'Rotaflow Roster' 14 --reason 'used at two trusts'",
)
@click.argument("name", help="Name of the shortlist.")
@click.argument("tools", nargs=-1, required=True, help="Numbers or names of tools.")
@click.option("--reason", default="", help="Why they belong on it; exported with them.")
def add(name: str, tools: tuple[str, ...], reason: str) -> None:
    """Put tools on a shortlist, all as one step."""
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        count = services.add(name, [services.find_tool(tool) for tool in tools], reason)
    render.say(f"{plural(count, 'tool')} new on '{name}'.")


@shortlist.command(
    cls=HorizonCommand,
    example="horizon shortlist remove 'Ward rotas' 14 --reason 'no longer sold'",
)
@click.argument("name", help="Name of the shortlist.")
@click.argument("tools", nargs=-1, required=True, help="Numbers or names of tools.")
@click.option("--reason", default="", help="Why they leave it.")
def remove(name: str, tools: tuple[str, ...], reason: str) -> None:
    """Take tools off a shortlist, all as one step."""
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        count = services.remove(name, [services.find_tool(tool) for tool in tools], reason)
    render.say(f"{plural(count, 'tool')} taken off '{name}'.")
