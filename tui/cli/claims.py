"""`horizon claims`: the claims on a tool, and a person's word on the evidence for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalogue.review.bearings import Bearings
    from catalogue.rows import ToolDetail
    from tui.live import Live


@click.group(
    cls=HorizonGroup,
    example="horizon claims list 'Quill Scribe'\n"
    "horizon claims bear 3f9c02 a81d44 partly --why 'measured in one practice only'",
)
def claims() -> None:
    """Judge claims by the evidence.

    Written rules say how each item of evidence bears on each claim; a person's word leads over
    them, is kept under your name (setting review.reviewer) and can be taken back.
    """


@claims.command("list", cls=HorizonCommand, example="horizon claims list 'Quill Scribe'")
@click.argument("tool", help="Number or name of a tool.")
@json_option
def list_(tool: str, *, as_json: bool) -> None:
    """List the claims and the evidence of a tool with their keys, and how the one bears on the
    other.
    """
    from dataclasses import asdict

    from tui.cli import render
    from tui.state.wording import claims_heading

    with opening.services() as services:
        detail = services.detail(services.find_tool(tool))
    if as_json:
        render.as_json(
            {
                "tool": detail.row.id,
                "claims": [asdict(row) for row in detail.claims],
                "evidence": [asdict(row) for row in detail.evidence],
            }
        )
        return
    render.put(render.text(f"{detail.row.name}: {claims_heading(detail.claims)}", "bold"))
    if detail.claims:
        render.put(
            render.table(
                [("claim", "left"), ("says", "left"), ("stands", "left"), ("evidence", "left")],
                list(_claims(detail)),
            )
        )
    if detail.evidence:
        render.put(
            render.table(
                [("evidence", "left"), ("", "left"), ("strength", "left"), ("published", "left")],
                list(_evidence(detail)),
            )
        )


def _claims(detail: ToolDetail) -> Iterator[tuple[str, ...]]:
    from tui.state.wording import STANDINGS, bears

    for row in detail.claims:
        figure = row.figure or "no figure"
        told = f"{row.dimension}, {figure}" + (" (repeats another)" if row.repeats else "")
        bearing = "; ".join(f"{one.key} {bears(one)}" for one in row.bearings)
        yield row.key, told, STANDINGS[row.standing], bearing or "none bears on it"


def _evidence(detail: ToolDetail) -> Iterator[tuple[str, ...]]:
    from tui.state.wording import day, stars

    for row in detail.evidence:
        published = day(row.published_on) if row.published_on else "not dated"
        yield row.key, row.title, stars(row.strength), published


@claims.command(
    cls=HorizonCommand,
    example="horizon claims bear 3f9c02 a81d44 partly --why 'measured in one practice only'",
)
@click.argument("claim", help="Key of the claim, or its beginning.")
@click.argument("evidence", help="Key of the evidence, or its beginning.")
@click.argument("relation", help="supports, partly, contradicts, context or unrelated.")
@click.option("--why", default="", help="Your reason, shown beside it.")
def bear(claim: str, evidence: str, relation: str, why: str) -> None:
    """Say how an item of evidence bears on a claim. Your word leads over the rules."""
    from tui.cli import render
    from tui.state.wording import RELATIONS
    from tui.text import line

    with opening.services() as services:
        words, title = _bearings(services).bear(claim, evidence, relation, why)
    render.say(f"'{line(title)}' now {RELATIONS[relation]} '{line(words)}'.")


@claims.command(cls=HorizonCommand, example="horizon claims undo")
def undo() -> None:
    """Take back your last word on a claim; before it, the rules or an earlier word held."""
    from tui.cli import render

    with opening.services() as services:
        undone = _bearings(services).undo()
    render.say("Your last word was taken back." if undone else "There is nothing to take back.")


def _bearings(services: Live) -> Bearings:
    from catalogue.review.bearings import Bearings

    return Bearings(services.database, services.settings.reviewer, services.clock)
