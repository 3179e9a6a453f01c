"""Report: how an evaluation is printed, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from catalogue.quality import Score
from tui.cli.frame import json_option

if TYPE_CHECKING:
    from rich.table import Table

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

LABELLED = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was found and is not marked, or is marked and was not found."""

    line: int
    """Number of the line in the file."""
    label: str
    kind: str
    """`missed` or `wrong`."""
    text: str
    """What a person needs to see why: the reason of a suggestion, the words of a line."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an evaluation."""

    lines: int
    overall: Mapping[str, Score]
    """The scores to look at first, by name: one row each."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Other shares of 1 by name: macro F1, accuracy ..."""
    labels: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    """Tables of scores per label, by the title of the table."""
    misses: Sequence[Miss] = ()


def report_options(command: Decorated) -> Decorated:
    """Give a command FILE, `--misses` and `--json`."""
    with_json = json_option(command)
    with_misses = click.option("--misses", is_flag=True, help="List what was missed or wrong.")(
        with_json
    )
    return click.argument("file", type=LABELLED, help="Labelled lines: one JSON object a line.")(
        with_misses
    )


def show(report: Report, *, misses: bool, as_json: bool) -> None:
    """Print a report on standard output; its misses when they are asked for."""
    from tui.cli import render

    if as_json:
        render.as_json(_plain(report, misses=misses))
        return
    render.put(_table("overall", report.overall))
    for name, value in report.figures.items():
        render.put(render.text(f"{name}: {value:.3f}"))
    for title, scores in report.labels.items():
        render.put("", _table(title, scores))
    if misses:
        rows = [(one.line, one.kind, one.label, one.text) for one in report.misses]
        names = ("kind", "label", "why")
        drawn = render.table([("line", "right"), *((name, "left") for name in names)], rows)
        render.put("", drawn)


def _table(title: str, scores: Mapping[str, Score]) -> Table:
    from tui.cli import render

    numbers = ("precision", "recall", "F1", "right", "wrong", "missed")
    rows = [
        (name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", one.tp, one.fp, one.fn)
        for name, one in scores.items()
    ]
    return render.table([(title, "left"), *((name, "right") for name in numbers)], rows)


def _plain(report: Report, *, misses: bool) -> dict[str, object]:
    plain: dict[str, object] = {
        "lines": report.lines,
        "overall": _scores(report.overall),
        "figures": dict(report.figures),
        "labels": {title: _scores(scores) for title, scores in report.labels.items()},
    }
    return {**plain, "misses": list(report.misses)} if misses else plain


def _scores(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "precision": one.precision,
            "recall": one.recall,
            "f1": one.f1,
            "tp": one.tp,
            "fp": one.fp,
            "fn": one.fn,
        }
        for name, one in scores.items()
    }
