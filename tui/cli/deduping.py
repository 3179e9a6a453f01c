"""At work on the queue of `horizon dedupe`: one pair on the screen, one key for a judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import click
from rich.table import Table as Drawn
from rich.text import Text

from catalogue.errors import CatalogueError, StaleWriteError
from tui.cli import render
from tui.state.comparison import compare, points
from tui.text import line

if TYPE_CHECKING:
    from catalogue.judgements import Verdict
    from catalogue.review.deduping import Dedupe, PairRow, RecordRow

KEYS: Final[dict[str, Verdict]] = {"s": "same", "d": "different", "u": "unsure"}
HELP: Final = "s same   d different   u unsure   n next   z undo   q quit"
LONGEST: Final = 160
"""Characters of a value that are shown: a summary is known by its beginning."""


def work(dedupe: Dedupe, read_key: Callable[[], str] = click.getchar) -> int:
    """Put one pair after another before a person; returns how many judgements were made.

    `read_key` gives one key at a time; `q` ends.
    """
    queue, made, at, told = dedupe.queue(), 0, 0, ""
    while at < len(queue):
        pair = queue[at]
        if dedupe.known().verdict(pair.left, pair.right) in ("same", "different"):
            at += 1
            continue
        click.clear()
        _show(dedupe, pair, f"{at + 1} of {len(queue)}", told)
        key, told = read_key().casefold(), ""
        match key:
            case "s" | "d" | "u":
                told = _judged(dedupe, pair, KEYS[key])
                if not told:
                    made, at = made + 1, at + 1
            case "n":
                at += 1
            case "z":
                told = _undone(dedupe)
                if told.startswith("Taken back"):
                    made, at = made - 1, 0
            case "q" | "\x1b":
                break
            case _:
                told = f"That key does nothing. {HELP}"
    render.say(f"Judged {made}. {'The queue is at its end.' if at >= len(queue) else ''}".strip())
    return made


def _judged(dedupe: Dedupe, pair: PairRow, verdict: Verdict) -> str:
    """Write a judgement; says why it was refused."""
    try:
        dedupe.judge(pair.left, verdict, pair.right)
    except CatalogueError as error:
        return f"{error.message} {error.hint}"
    return ""


def _undone(dedupe: Dedupe) -> str:
    try:
        undone = dedupe.undo()
    except (CatalogueError, StaleWriteError) as error:
        return f"{error.message} {error.hint}"
    return f"Taken back: {undone}." if undone else "There is nothing to take back."


def _show(dedupe: Dedupe, pair: PairRow, place: str, told: str) -> None:
    left, right = dedupe.record(pair.left), dedupe.record(pair.right)
    shared = "".join(f"  both have {value}" for _, value in pair.shared[:1])
    unsure = "  somebody was unsure" if pair.unsure else ""
    render.put(
        render.text(f"{place}   score {pair.score:.2f}{shared}{unsure}", "bold"),
        render.text(points(pair.parts), "dim"),
        _side_by_side(left, right),
        Text(),
    )
    if told:
        render.put(render.text(line(told), "yellow"))
    render.put(render.text(HELP, "bold"))


def _side_by_side(left: RecordRow, right: RecordRow) -> Drawn:
    """Both records; what differs is marked with a sign and stands out."""
    drawn = Drawn(box=None, padding=(0, 1, 0, 0), expand=True, show_header=False)
    drawn.add_column(no_wrap=True, style="cyan")
    drawn.add_column(no_wrap=True)
    drawn.add_column(ratio=1, overflow="fold")
    drawn.add_column(ratio=1, overflow="fold")
    for cells in _rows(left, right):
        drawn.add_row(*cells)
    return drawn


def _rows(left: RecordRow, right: RecordRow) -> Iterator[tuple[Text, ...]]:
    names = [("number", str(left.id)), ("name", left.name)]
    others = [("number", str(right.id)), ("name", right.name)]
    for row in compare([*names, *left.facts], [*others, *right.facts]):
        sign, style = ("\u2260", "bold") if row.differs else ("=", "dim")
        if row.label == "number":
            sign, style = "", "dim"
        values = (_cut(row.left), _cut(row.right))
        yield Text(row.label), Text(sign), *(Text(value, style=style) for value in values)


def _cut(value: str) -> str:
    text = line(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
