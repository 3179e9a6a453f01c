"""How answers are printed: JSON for scripts, aligned plain words for people.

Every text that came from elsewhere is cleaned here, and none of it is read as markup.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tui.text import line, safe

PIPE_WIDTH = 120
"""Cells across where standard output is no terminal and COLUMNS does not say."""

ROOMY = 100
"""Cells across from which on two blanks are between two columns, and not one."""

Align = Literal["left", "right"]


def as_json(answer: object) -> None:
    """Print an answer as JSON on standard output; other than ASCII is escaped."""
    text = json.dumps(answer, indent=2, default=_plain)
    sys.stdout.write(text + "\n")


def out() -> Console:
    """The console of standard output."""
    return _console(to_stderr=False)


def narration() -> Console:
    """The console of standard error."""
    return _console(to_stderr=True)


def say(text: str) -> None:
    """Tell something along the way: one line on standard error."""
    narration().print(Text(line(text)), soft_wrap=True)


def put(*answers: RenderableType, wrap: bool = True) -> None:
    """Print answers on standard output, without the blanks that pad a line to the full width."""
    console = out()
    with console.capture() as captured:
        for answer in answers:
            console.print(answer, soft_wrap=not wrap)
    lines = captured.get().splitlines()
    sys.stdout.write("".join(f"{row.rstrip(' ')}\n" for row in lines))


def text(words: str, style: str = "") -> Text:
    """Words from anywhere, made safe, never markup."""
    return Text(safe(words), style=style)


def indented(words: str, cells: int) -> Padding:
    """A paragraph of safe text, wrapped, this many cells from the left."""
    return padded(text(words), cells)


def padded(paragraph: Text, cells: int) -> Padding:
    """As `indented`, of text that has its styles."""
    return Padding(paragraph, (0, 0, 0, cells))


def table(
    columns: Sequence[tuple[str, Align]], rows: Iterable[Sequence[object]], *, title: str = ""
) -> Table:
    """A plain table: a heading for each column, every cell made safe and on one line.

    Where it is narrow, words are folded; numbers and headings over them never are.
    """
    gap = 2 if out().width >= ROOMY else 1
    drawn = Table(box=None, padding=(0, gap, 0, 0), header_style="bold", title_style="bold")
    drawn.title = Text(line(title)) if title else None
    drawn.title_justify = "left"
    for heading, align in columns:
        drawn.add_column(Text(heading), justify=align, overflow="fold", no_wrap=align == "right")
    for row in rows:
        drawn.add_row(*(Text(line(str(cell))) for cell in row))
    return drawn


def _console(*, to_stderr: bool) -> Console:
    stream = sys.stderr if to_stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    return Console(
        stderr=to_stderr, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False
    )


def _plain(value: object) -> Any:  # noqa: ANN401 -- what json.dumps asks for
    """A row, date or path as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON.")
