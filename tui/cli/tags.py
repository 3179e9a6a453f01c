"""`horizon tags`: use cases, settings and user groups of a tool, and a person's word on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import Decorated, HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from catalogue.rows import Verdict


@click.group(
    cls=HorizonGroup,
    example="horizon tags list 'Rotaflow Roster'\nhorizon tags accept 14 'Ambient scribe'",
)
def tags() -> None:
    """Use cases, settings and users of tools.

    Words and meaning suggest them; written rules and people decide. What you accept or reject is
    kept under your name (setting review.reviewer), is overruled by no rule and no model, and
    teaches the suggestions that follow.
    """


@tags.command("list", cls=HorizonCommand, example="horizon tags list 'Rotaflow Roster' --json")
@click.argument("tool", help="Number or name of a tool.")
@json_option
def list_(tool: str, *, as_json: bool) -> None:
    """List the tags of a tool and what suggests them."""
    from tui.cli import render

    with opening.services() as services:
        rows = services.detail(services.find_tool(tool)).tags
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("Nothing is suggested for it, and nobody has given it a tag.")
    else:
        names = ("code", "label", "state", "by", "why")
        cells = [(row.code, row.label, row.state, row.by, row.why) for row in rows]
        render.put(render.table([(name, "left") for name in names], cells))


def _arguments(command: Decorated) -> Decorated:
    """Give a command TOOL, TERMS and `--why`."""
    why = click.option("--why", default="", help="The reason; it is shown with the tag.")(command)
    terms = click.argument(
        "terms", nargs=-1, required=True, help="Codes or names of use cases, settings, user groups."
    )(why)
    return click.argument("tool", help="Number or name of a tool.")(terms)


@tags.command(
    cls=HorizonCommand, example="horizon tags accept 14 'Ambient scribe' --why 'seen in use'"
)
@_arguments
def accept(tool: str, terms: tuple[str, ...], why: str) -> None:
    """Give a tool terms, suggested or not, all as one step."""
    _decide(tool, terms, "accepted", why)


@tags.command(cls=HorizonCommand, example="horizon tags reject 14 UC_BO_FIN SET_MH")
@_arguments
def reject(tool: str, terms: tuple[str, ...], why: str) -> None:
    """Say that terms are wrong for a tool, all as one step."""
    _decide(tool, terms, "rejected", why)


@tags.command(cls=HorizonCommand, example="horizon tags clear 14 UC_BO_FIN")
@_arguments
def clear(tool: str, terms: tuple[str, ...], why: str) -> None:
    """Hand terms of a tool back to the rules and the model, all as one step."""
    _decide(tool, terms, "", why)


@tags.command(cls=HorizonCommand, example="horizon tags undo")
def undo() -> None:
    """Take back your last step on tags."""
    from tui.cli import render

    with opening.services() as services:
        render.say(services.undo_tags() or "There is nothing to undo.")


def _decide(tool: str, terms: tuple[str, ...], verdict: Verdict, why: str) -> None:
    from tui.cli import render

    with opening.services() as services:
        render.say(services.correct(services.find_tool(tool), terms, verdict, why))
