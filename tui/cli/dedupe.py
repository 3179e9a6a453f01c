"""`horizon dedupe`: judge records that may be one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from catalogue.judgements import Table, Verdict
    from catalogue.review.deduping import Dedupe, PairRow
    from tui.live import Live

TABLES: Final[dict[str, Table]] = {"tools": "tool", "suppliers": "organisation"}

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def kind_option(command: Decorated) -> Decorated:
    """Add `--kind` to a command."""
    return click.option(
        "--kind",
        type=click.Choice(list(TABLES)),
        default="tools",
        show_default=True,
        help="What is compared.",
    )(command)


def _pair_of_records(command: Decorated) -> Decorated:
    for decorate in (
        json_option,
        kind_option,
        click.option("--why", default="", help="Your reason; kept with the judgement."),
        click.argument("other", help="Number or name of the other one."),
        click.argument("one", help="Number or name of a record."),
    ):
        command = decorate(command)
    return command


@click.group(
    cls=HorizonGroup,
    invoke_without_command=True,
    example="horizon dedupe\nhorizon dedupe same 12 40 --why 'one page, two names'",
)
@kind_option
@json_option
@click.pass_context
def dedupe(context: click.Context, kind: str, *, as_json: bool) -> None:
    """Judge records that may be one.

    Shows two records side by side, with the parts of their score; one key says whether they are
    the same. Nothing is merged without a person's word, and everything said stays with its own
    record, so that a judgement can be taken back. `--json` lists the queue.
    """
    if context.invoked_subcommand is not None:
        return
    if as_json:
        _list(kind, limit=0, as_json=True)
        return
    if not opening.on_terminal():
        raise click.UsageError(
            "Judging pairs needs a terminal; 'dedupe list', 'same' and 'different' do not.",
            context,
        )
    from tui.cli.deduping import work

    with opening.services() as services:
        work(_dedupe(services, kind))


@dedupe.command("list", cls=HorizonCommand, example="horizon dedupe list --kind suppliers")
@kind_option
@click.option(
    "--limit", type=click.IntRange(0), default=50, show_default=True, help="Most pairs; 0 is all."
)
@json_option
def list_(kind: str, limit: int, *, as_json: bool) -> None:
    """List pairs that nobody has judged, the likeliest first."""
    _list(kind, limit=limit, as_json=as_json)


@dedupe.command(
    cls=HorizonCommand, example="horizon dedupe same 12 'Rota Plus' --why 'the same product page'"
)
@_pair_of_records
def same(one: str, other: str, why: str, kind: str, *, as_json: bool) -> None:
    """Say that two records are the same. They are shown as the one with the smaller number."""
    _judge(one, "same", other, why=why, kind=kind, as_json=as_json)


@dedupe.command(
    cls=HorizonCommand, example="horizon dedupe different 12 40 --why 'another supplier'"
)
@_pair_of_records
def different(one: str, other: str, why: str, kind: str, *, as_json: bool) -> None:
    """Say that two records are different. They are not asked about again."""
    _judge(one, "different", other, why=why, kind=kind, as_json=as_json)


@dedupe.command(cls=HorizonCommand, example="horizon dedupe unsure 12 40 --why 'ask the supplier'")
@_pair_of_records
def unsure(one: str, other: str, why: str, kind: str, *, as_json: bool) -> None:
    """Say that you cannot tell. The pair goes to the end of the queue."""
    _judge(one, "unsure", other, why=why, kind=kind, as_json=as_json)


@dedupe.command(cls=HorizonCommand, example="horizon dedupe undo")
@json_option
def undo(*, as_json: bool) -> None:
    """Take back what you judged last, tools or suppliers."""
    from tui.cli import render

    with opening.services() as services:
        undone = _dedupe(services, "tools").undo()
    if as_json:
        render.as_json({"undone": undone})
    else:
        render.say(f"Taken back: {undone}." if undone else "There is nothing to take back.")


@dedupe.command(cls=HorizonCommand, example="horizon dedupe conflicts --kind suppliers")
@kind_option
@json_option
def conflicts(kind: str, *, as_json: bool) -> None:
    """List judgements that cannot all be right. Such are refused, unless two people judged at
    the same moment.
    """
    from tui.cli import render

    with opening.services() as services:
        found = _dedupe(services, kind).known().conflicts
    if as_json:
        render.as_json(found)
    elif not found:
        render.say("No judgement contradicts another one.")
    else:
        render.put(*(render.text(one.told()) for one in found))


def _dedupe(services: Live, kind: str) -> Dedupe:
    from catalogue.review.deduping import Dedupe

    return Dedupe(services.database, services.reviewer(), TABLES[kind], services.clock)


def _judge(one: str, verdict: Verdict, other: str, *, why: str, kind: str, as_json: bool) -> None:
    from tui.cli import render

    with opening.services() as services:
        work = _dedupe(services, kind)
        left, right = work.find(one), work.find(other)
        if left == right:
            raise click.UsageError("Those are one record.", click.get_current_context())
        work.judge(left, verdict, right, why)
        shown = work.record(min(left, right))
    words = {"same": "the same", "different": "different", "unsure": "perhaps the same"}
    if as_json:
        render.as_json({"left": left, "right": right, "verdict": verdict, "shown": shown})
    else:
        as_one = f" They are shown as {shown.id}, {shown.name}." if verdict == "same" else ""
        render.say(f"{left} and {right} are {words[verdict]}.{as_one}")


def _list(kind: str, *, limit: int, as_json: bool) -> None:
    from tui.cli import render

    with opening.services() as services:
        found = _dedupe(services, kind).queue()
    shown = found[:limit] if limit else found
    if as_json:
        render.as_json(shown)
    elif not found:
        render.say("No pair waits for you.")
    else:
        render.put(
            render.table(
                [
                    ("score", "right"),
                    ("one", "right"),
                    ("", "left"),
                    ("other", "right"),
                    ("", "left"),
                    ("why", "left"),
                ],
                [_cells(one) for one in shown],
            )
        )
        if len(found) > len(shown):
            render.say(f"There are {len(found) - len(shown)} more; '--limit 0' lists all.")


def _cells(one: PairRow) -> tuple[object, ...]:
    from tui.state.comparison import points

    why = points(one.parts[:3])
    if one.shared:
        why = f"both have {one.shared[0][1]}; {why}"
    if one.unsure:
        why = f"somebody was unsure; {why}"
    return f"{one.score:.2f}", one.left, one.left_name, one.right, one.right_name, why
