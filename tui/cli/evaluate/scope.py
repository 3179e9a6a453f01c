"""`horizon evaluate scope`: is what is clinical told from what is not?"""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.evaluate.labelled import Line, read
from tui.cli.evaluate.report import Miss, Report, report_options, show
from tui.cli.frame import HorizonCommand

CLINICAL = "SC_CLINICAL_OUT"


class ScopeLine(Line):
    """A page, and whether what it is about is clinical."""

    title: str
    text: str
    is_clinical: bool


@click.command(cls=HorizonCommand, example="horizon evaluate scope labelled.jsonl --misses")
@report_options
def scope(file: Path, *, misses: bool, as_json: bool) -> None:
    """Judge the rules of scope.

    Lines: {"title", "text", "is_clinical": true or false}. A page counts as clinical when the
    rules put it out of scope.
    """
    from catalogue.quality import micro, score
    from catalogue.scope import decide
    from catalogue.text import one_line

    scores, found = [], []
    lines = read(file, ScopeLine)
    for number, line in lines.items():
        decision = decide("", f"{line.title}\n{line.text}")
        said, marked = decision.scope == CLINICAL, line.is_clinical
        scores.append(score({"clinical"} if said else (), {"clinical"} if marked else ()))
        if said != marked:
            why = f"{decision.rule or 'no rule'}: {decision.quote}" if said else line.title
            found.append(Miss(number, "clinical", "wrong" if said else "missed", one_line(why)))
    right = (len(lines) - len(found)) / len(lines)
    report = Report(
        len(lines), {"clinical": micro(scores)}, figures={"accuracy": right}, misses=found
    )
    show(report, misses=misses, as_json=as_json)
