"""`horizon demo`: try it out on an invented market."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType
    from rich.text import Text

    from tui.cli.demonstration import Demonstration

NEWS_SHOWN = 12
"""Most changes that the summary names."""


@click.command(cls=HorizonCommand, example="horizon demo\nhorizon demo --day 2 --no-app")
@click.option(
    "--day",
    type=click.Choice(["1", "2"]),
    default="1",
    show_default=True,
    help="The market on its first day, or a month later.",
)
@click.option("--no-app", is_flag=True, help="Do not open the app at the end.")
@json_option
def demo(day: str, *, no_app: bool, as_json: bool) -> None:
    """Try it out on an invented market.

    The market is served on this computer, crawled as any other, indexed, and opened in the app;
    nothing of it exists and no other computer is asked. Its catalogue is apart from yours: unless
    --home or HORIZON_HOME says otherwise, in a folder of its own.
    """
    from tui.cli import render
    from tui.cli.demonstration import demonstrate, settings_for

    number: Literal[1, 2] = 1 if day == "1" else 2
    home = _home()
    done = demonstrate(number, home)
    if as_json:
        render.as_json(_data(done))
    else:
        _print(done)
    if opening.on_terminal() and not as_json and not no_app:
        render.say("Opening the app.")
        opening.open_app(settings_for(number, home))


def _home() -> Path:
    """The folder that was named, else one of the demonstration's own."""
    from platformdirs import user_data_dir

    from catalogue.settings import ENV_HOME, home_folder

    given = opening.given_home()
    if given is None and not os.environ.get(ENV_HOME):
        return Path(user_data_dir("horizonscan-demo", appauthor=False))
    return home_folder(given)


def _data(done: Demonstration) -> dict[str, object]:
    return {
        "day": done.day,
        "home": done.home,
        "pages": done.pages,
        "unchanged": done.unchanged,
        "documents": done.totals.documents,
        "tools": done.totals.tools,
        "suppliers": done.totals.suppliers,
        "claims": done.totals.claims,
        "evidence": done.totals.evidence,
        "deployments": done.totals.deployments,
        "signals": done.totals.signals,
        "seconds": done.seconds,
    }


def _print(done: Demonstration) -> None:
    from tui.cli import render

    render.put(*_counts(done), *_news(done))
    render.put(*_next(done), wrap=False)


def _counts(done: Demonstration) -> Iterator[Text]:
    from tui.cli.render import text
    from tui.state.wording import day, number

    yield text(f"The invented market on {day(done.observed)} (day {done.day})", "bold")
    totals = done.totals
    for name, count, note in (
        ("pages read", done.pages, f"{number(done.unchanged)} of them unchanged"),
        ("tools", totals.tools, ""),
        ("suppliers", totals.suppliers, ""),
        ("claims", totals.claims, "said by somebody; not evidence"),
        ("evidence", totals.evidence, "studies, evaluations and accounts"),
        ("deployments", totals.deployments, "tools in use at a named organisation"),
        ("signals", totals.signals, "changes in the market since the first visit"),
    ):
        yield text(f"  {name:<12}{number(count):>6}").append_text(text(f"  {note}", "dim"))
    steps = " · ".join(f"{step} {taken:.1f} s" for step, taken in done.seconds.items())
    yield text(f"  {'time':<12}{steps}")
    if done.pages and done.unchanged == done.pages:
        yield text("\nEverything was unchanged: nothing was read again.", "bold")
    for failed in done.crawl.failed:
        yield text(f"{failed.source} failed: {failed.note}", "yellow")


def _news(done: Demonstration) -> Iterator[RenderableType]:
    from tui.cli.render import indented, text
    from tui.text import line

    if done.news:
        yield text("\nWhat changed", "bold")
    for signal in done.news[:NEWS_SHOWN]:
        change = " → ".join(line(words) for words in (signal.before, signal.after) if words)
        heading = f"{line(signal.label)}: {line(signal.subject)}"
        yield indented(f"{heading}, {change}" if change else heading, 2)
    if len(done.news) > NEWS_SHOWN:
        yield text(f"  and {len(done.news) - NEWS_SHOWN} more, in the app")


def _next(done: Demonstration) -> Iterator[Text]:
    """Commands that can be pasted into a shell."""
    from tui.cli.render import text
    from tui.text import line

    at, tool = f"--home {_shortened(done.home)}", shlex.quote(line(done.example))
    yield text("\nTry next", "bold")
    for command in (
        f"horizon {at}",
        f"horizon search {at} 'less typing for ward clerks'",
        f"horizon show {at} {tool}",
        f"horizon shortlist new {at} Trial",
        f"horizon shortlist add {at} Trial {tool} --reason 'strongest evidence'",
        f"horizon export {at} Trial --output trial.xlsx",
        *([f"horizon demo {at} --day 2"] if done.day == 1 else []),
    ):
        yield text(f"  {command}")


def _shortened(home: Path) -> str:
    """The folder as a shell takes it, with `~` where that is shorter."""
    try:
        below = home.relative_to(Path.home())
    except ValueError:
        return shlex.quote(str(home))
    return f"~/{shlex.quote(str(below))}"
