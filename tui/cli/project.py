"""`horizon project`: screen tools for a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _named(command: Decorated) -> Decorated:
    return click.argument("name", help="Name of the project.")(command)


def _drawn(command: Decorated) -> Decorated:
    return click.option(
        "--random",
        "at_random",
        is_flag=True,
        help="Draw at random from all that wait: a check that does not trust the order.",
    )(command)


@click.group(
    cls=HorizonGroup,
    example="horizon project new 'Ward rotas' 'Which tools plan ward rotas?'\n"
    "horizon project screen 'Ward rotas'",
)
def project() -> None:
    """Screen tools for a question.

    A project puts one tool after another before you, the most promising first. You include,
    exclude or say maybe, and what waits is ranked anew by what you decided. Each reviewer decides
    under an own name (setting review.reviewer); everything is kept, and every step can be taken
    back.
    """


@project.command(
    cls=HorizonCommand,
    example="horizon project new 'Ward rotas' 'Which tools plan ward rotas?' "
    "--query 'evidence:independent'",
)
@click.argument("name", help="Name of the new project.")
@click.argument("question", help="What you look for, in a sentence: the first order is by it.")
@click.option("--query", default="", help="Which tools to screen, as in 'search'; all without.")
@json_option
def new(name: str, question: str, query: str, *, as_json: bool) -> None:
    """Make a project. Tools that the query finds later join by themselves."""
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        row, progress = services.screening.new(name, question, query)
    if as_json:
        render.as_json({"project": row, "progress": progress})
    else:
        many = plural(progress.pool, "tool")
        render.say(f"Made the project '{row.name}' with {many} to screen.")
        render.say(f"Begin with: horizon project screen '{row.name}'")


@project.command("list", cls=HorizonCommand, example="horizon project list")
@json_option
def list_(*, as_json: bool) -> None:
    """List all projects."""
    from tui.cli import render
    from tui.state.wording import day

    with opening.services() as services:
        rows = services.screening.projects.all()
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("There are no projects yet. 'horizon project new NAME QUESTION' makes one.")
    else:
        cells = [
            (row.name, row.decided, day(row.created_at), row.created_by, row.question)
            for row in rows
        ]
        columns: list[tuple[str, render.Align]] = [
            ("project", "left"),
            ("decided", "right"),
            *((name, "left") for name in ("made on", "by", "question")),
        ]
        render.put(render.table(columns, cells))


@project.command(cls=HorizonCommand, example="horizon project show 'Ward rotas'")
@_named
@json_option
def show(name: str, *, as_json: bool) -> None:
    """Show what was decided, by whom, and on which tools reviewers disagree."""
    from tui.cli import render
    from tui.state.screening import STATES, progress, said_by
    from tui.text import line

    with opening.services() as services:
        row = services.screening.projects.get(name)
        mine, tools = services.screening.progress(name), services.screening.standings(name)
    if as_json:
        render.as_json({"project": row, "progress": mine, "tools": tools})
        return
    render.put(render.text(line(row.name), "bold"), render.text(line(row.question)))
    render.put(render.text(line(f"Query: {row.query or 'all tools'}"), "dim"))
    render.put(render.text(progress(mine)))
    if tools:
        names = ("tool", "supplier", "state", "who says what")
        render.put(
            render.table(
                [("id", "right"), *((one, "left") for one in names)],
                [(t.tool_id, t.name, t.supplier, STATES[t.state], said_by(t)) for t in tools],
            )
        )


@project.command("next", cls=HorizonCommand, example="horizon project next 'Ward rotas' --json")
@_named
@_drawn
@json_option
def next_(name: str, *, at_random: bool, as_json: bool) -> None:
    """Show the tool whose turn it is, and why. It is recorded as shown."""
    from tui.cli import render
    from tui.cli.screening import card

    with opening.services() as services:
        row = services.screening.next(name, at_random=at_random)
    if as_json:
        render.as_json(row)
    elif row is None:
        render.say("Nothing waits: you decided on every tool.")
    else:
        if row.notice:
            render.say(row.notice)
        render.put(*card(row))


@project.command(
    cls=HorizonCommand,
    example="horizon project decide 'Ward rotas' include 'Rotaflow Roster' 14\n"
    "horizon project decide 'Ward rotas' exclude 12 --reason 'Wrong use case'",
)
@_named
@click.argument(
    "outcome",
    type=click.Choice(["include", "maybe", "exclude", "clear"]),
    help="What you say of them; 'clear' takes back what you said.",
)
@click.argument("tools", nargs=-1, required=True, help="Numbers or names of tools.")
@click.option("--reason", default="", help="Exclusion reason by code or name, or your own words.")
@json_option
def decide(name: str, outcome: str, tools: tuple[str, ...], reason: str, *, as_json: bool) -> None:
    """Include or exclude tools, or say maybe, all as one step. An exclusion needs a reason."""
    from catalogue.review.decisions import DONE
    from tui.cli import render
    from tui.state.screening import progress
    from tui.state.wording import plural

    said = "" if outcome == "clear" else outcome
    if said == "exclude" and not reason.strip():
        raise click.UsageError(f"An exclusion needs a reason. {_reasons()}")
    with opening.services() as services:
        found = [services.find_tool(tool) for tool in tools]
        news = services.screening.decide(name, found, said, reason)
        now = services.screening.progress(name)
    if as_json:
        render.as_json({"decided": news, "outcome": said, "progress": now})
    else:
        render.say(f"{plural(len(news), 'tool')} {DONE[said]}. {progress(now)}.")


@project.command(cls=HorizonCommand, example="horizon project undo 'Ward rotas'")
@_named
@json_option
def undo(name: str, *, as_json: bool) -> None:
    """Take back your last step in a project, also the removal of the project."""
    with opening.services() as services:
        _told(services.screening.undo(name), "undone", "take back", as_json=as_json)


@project.command(cls=HorizonCommand, example="horizon project redo 'Ward rotas'")
@_named
@json_option
def redo(name: str, *, as_json: bool) -> None:
    """Do again what you took back last."""
    with opening.services() as services:
        _told(services.screening.redo(name), "redone", "do again", as_json=as_json)


@project.command(cls=HorizonCommand, example="horizon project report 'Ward rotas'")
@_named
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="How sure the bounds are to hold.",
)
@json_option
def report(name: str, confidence: float, *, as_json: bool) -> None:
    """Say how far you are and how many relevant tools are likely left: whether you can stop."""
    from tui.cli import render
    from tui.state.screening import disagreements
    from tui.state.screening import report as told

    with opening.services() as services:
        row = services.screening.report(name, confidence)
    if as_json:
        render.as_json(row)
    else:
        paragraphs = filter(None, (*told(row), disagreements(row)))
        render.put(*(render.text(paragraph) for paragraph in paragraphs))


@project.command(cls=HorizonCommand, example="horizon project order 'Ward rotas' --reviewer 'Ann'")
@_named
@click.option("--reviewer", default="", help="Whose order; yours without.")
@json_option
def order(name: str, reviewer: str, *, as_json: bool) -> None:
    """List the tools in the order in which they were shown, with what had made it."""
    from tui.cli import render
    from tui.state.screening import OUTCOMES

    with opening.services() as services:
        rows = services.screening.order(name, reviewer)
    if as_json:
        render.as_json(rows)
    elif not rows:
        render.say("Nothing was shown yet.")
    else:
        columns: list[tuple[str, render.Align]] = [
            ("", "right"),
            ("id", "right"),
            ("tool", "left"),
            ("by", "left"),
            ("score", "right"),
            ("learnt from", "right"),
            ("waiting", "right"),
            ("now", "left"),
        ]
        render.put(
            render.table(
                columns,
                [
                    (
                        row.position,
                        row.tool_id,
                        row.name,
                        row.by,
                        f"{row.score:.3f}",
                        row.decided,
                        row.pool,
                        OUTCOMES.get(row.outcome, ""),
                    )
                    for row in rows
                ],
            )
        )


@project.command(cls=HorizonCommand, example="horizon project screen 'Ward rotas'")
@_named
@_drawn
@click.pass_context
def screen(context: click.Context, name: str, *, at_random: bool) -> None:
    """Screen one tool after another by keys, at a terminal.

    Every decision is kept the moment you press its key: stop whenever you like.
    """
    if not opening.on_terminal():
        raise click.UsageError(
            "Screening by keys needs a terminal; 'project next' and 'project decide' do not.",
            context,
        )
    from tui.cli.screening import work

    with opening.services() as services:
        work(services.screening, name, at_random=at_random)


@project.command(
    cls=HorizonCommand, example="horizon project shortlist 'Ward rotas' 'Rota shortlist'"
)
@_named
@click.argument("shortlist", help="Name of a shortlist.")
@json_option
def shortlist(name: str, shortlist: str, *, as_json: bool) -> None:
    """Put the included tools on a shortlist, each with who included it and why.

    Tools that reviewers disagree on are left off and named.
    """
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        row = services.screening.shortlist(name, shortlist)
    if as_json:
        render.as_json(row)
        return
    new = plural(len(row.added), "tool")
    render.say(f"{new} new on '{row.shortlist}', of {row.included} included.")
    if row.disagreed:
        render.say(f"Left off, since reviewers disagree: {', '.join(row.disagreed)}.")


@project.command(cls=HorizonCommand, example="horizon project remove 'Ward rotas'")
@_named
def remove(name: str) -> None:
    """Take a project away. What was decided is kept: 'project undo' brings it back."""
    from tui.cli import render

    with opening.services() as services:
        services.screening.projects.remove(name)
    render.say(f"Removed the project '{name}'. 'horizon project undo' brings it back.")


def _reasons() -> str:
    from catalogue.vocabularies import load

    labels = ", ".join(f"'{term.label}'" for term in load()["exclusion_reasons"])
    return f"Give --reason with one of {labels}, or with your own words."


def _told(said: str, key: str, verb: str, *, as_json: bool) -> None:
    from tui.cli import render

    if as_json:
        render.as_json({key: said})
    else:
        render.say(said or f"There is nothing to {verb}.")
