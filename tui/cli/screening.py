"""At work in `horizon project screen`: one tool on the screen, one key for a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click
from rich.console import RenderableType
from rich.text import Text

from catalogue.errors import CatalogueError, HorizonError
from catalogue.review.decisions import DONE
from catalogue.text import one_line
from catalogue.vocabularies import load
from tui.cli import render
from tui.state.screening import facts, progress, report, why_here
from tui.state.wording import plural
from tui.text import line

if TYPE_CHECKING:
    from catalogue.screening_rows import NextRow
    from tui.screening import Screening

OUTCOMES: Final = {"1": "include", "2": "maybe", "0": ""}
HELP: Final = "1 Include   2 Maybe   3 Exclude...   0 Clear   u Undo   U Redo   q Quit"
LONGEST: Final = 700
"""Characters of a summary that are shown."""

MANY: Final = 500
"""Tools that are read in about a second."""

REDO: Final = ("U", "\x19")
UNDO: Final = ("u", "\x1a")
"""The letter, and Control with z or y."""
QUIT: Final = ("q", "Q")


def work(
    screening: Screening,
    project: str,
    read_key: Callable[[], str] = click.getchar,
    read_line: Callable[[], str] = input,
    *,
    at_random: bool = False,
) -> int:
    """Put one tool after another before a reviewer; returns how many were decided on.

    Args:
        screening: The projects.
        project: Name of the one.
        read_key: Gives one key at a time; `q` ends.
        read_line: Gives a line: which reason an exclusion has.
        at_random: Draw every tool from all that wait.

    Raises:
        NotFoundError: there is no such project.
    """
    before = screening.progress(project)
    if before.pool > MANY:
        render.say(f"Reading what {plural(before.left, 'tool')} say; this takes a moment.")
    told, first = "", 0
    while (row := screening.next(project, first, at_random=at_random)) is not None:
        click.clear()
        render.put(*card(row), Text())
        for words, style in ((row.notice, "dim"), (told, "yellow")):
            if words:
                render.put(render.text(line(words), style))
        render.put(render.text(HELP, "bold"))
        # A tool that is still waiting stays before the reviewer, whatever was pressed.
        key, told, first = read_key(), "", row.tool.id
        if key in QUIT:
            break
        try:
            if key in UNDO:
                told, first = _undone(screening, project, first)
            else:
                told = _obeyed(screening, project, row, key, read_line)
        except HorizonError as error:
            told = str(error)
    else:
        render.say("Nothing waits: you decided on every tool.")
    now = screening.report(project)
    render.put(*(render.text(paragraph) for paragraph in report(now)))
    return now.progress.screened - before.screened


def card(row: NextRow) -> list[RenderableType]:
    """The tool whose turn it is, as paragraphs."""
    heading = render.text(line(row.tool.name), "bold")
    heading.append_text(render.text(f"  {line(row.tool.supplier)}", "not bold"))
    parts: list[RenderableType] = [
        render.text(line(f"{row.project}: {row.question}"), "dim"),
        render.text(progress(row.progress), "dim"),
        Text(),
        heading,
        render.text(line(facts(row))),
        Text(),
        render.text(one_line(row.summary, LONGEST) or "No summary is known."),
    ]
    if row.homepage:
        parts.append(render.text(line(row.homepage), "dim"))
    parts += [Text(), render.text(line(f"Why it is here: {why_here(row.why)}."))]
    return parts


def _obeyed(
    screening: Screening, project: str, row: NextRow, key: str, read_line: Callable[[], str]
) -> str:
    """Do what a key asks for; says what was done."""
    if key in REDO:
        return screening.redo(project) or "There is nothing to do again."
    outcome, reason = OUTCOMES.get(key), ""
    if key == "3":
        outcome, reason = "exclude", _reason(read_line)
        if not reason:
            return "Nothing was decided."
    if outcome is None:
        return f"The key {key!r} does nothing."
    if not screening.decide(project, [row.tool.id], outcome, reason):
        return f"Nothing is decided of {row.tool.name}."
    return f"{row.tool.name} {DONE[outcome]}."


def _undone(screening: Screening, project: str, here: int) -> tuple[str, int]:
    """Take back the last step; says what it was, and which tool to put before the reviewer."""
    before = screening.projects.own(project)
    told = screening.undo(project)
    after = screening.projects.own(project)
    moved = [tool for tool in before if after.get(tool) != before[tool]]
    return told or "There is nothing to take back.", moved[0] if moved else here


def _reason(read_line: Callable[[], str]) -> str:
    """Ask for the reason of an exclusion; "" where it was thought better of.

    Raises:
        CatalogueError: there is no reason of the number.
    """
    terms = list(load()["exclusion_reasons"])
    width = render.out().width - len("  15  ")
    for place, term in enumerate(terms, 1):
        told = one_line(f"{term.label}: {term.definition}", width)
        render.put(render.text(f"{place:>4}  {told}"))
    render.put(render.text("Number, number and words, or words; Enter alone goes back:", "bold"))
    number, _, words = (said := read_line().strip()).partition(" ")
    if not number.isdecimal():
        return said
    if not 1 <= int(number) <= len(terms):
        raise CatalogueError(f"There is no reason {number}.", "Nothing was decided.")
    return f"{terms[int(number) - 1].code}: {words}".rstrip(": ")
