"""`horizon search` and `horizon similar`: find tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from catalogue.rows import Hit

GLIMPSE = 300
"""Most characters of a passage that are printed; `--json` gives all of it."""

LIMIT = click.IntRange(1, 1000)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is printed: what `--json` promises, no more and no less."""

    kind: str
    title: str
    url: str
    score: float
    passage: str
    retells: str
    """Address of the page that told the same first; empty where this one did."""
    also: int
    """How many other pages tell the same."""


@click.command(cls=HorizonCommand, example="horizon search 'less typing for ward clerks' --limit 5")
@click.argument("query", help="What you look for, in your own words.")
@click.option("--limit", type=LIMIT, default=10, show_default=True, help="Most answers printed.")
@click.option("--words", is_flag=True, help="Match words only: the embedding model is not loaded.")
@json_option
def search(query: str, limit: int, *, words: bool, as_json: bool) -> None:
    """Find tools by words and meaning.

    Each answer comes with the passage that made it match. Documents that belong to no tool are
    found, too.
    """
    from catalogue.query import read
    from tui.cli import render

    asked = read(query)
    with opening.services(meaning=not words) as services:
        notice = "" if words else services.warm()
        answers = [_answer(hit) for hit in services.search(asked, limit)]
        empty = not answers and services.totals().documents == 0
        notices = [notice, *services.notices()]
    for sentence in filter(None, notices):
        render.say(sentence)
    if as_json:
        render.as_json({"query": str(asked), "hits": answers})
        return
    if empty:
        render.say("The catalogue is empty. Try 'horizon demo', or 'horizon crawl' some sources.")
    elif not answers:
        render.say(f"Nothing was found for '{asked}'.")
    _print(answers)


@click.command(cls=HorizonCommand, example="horizon similar 'Rotaflow Roster' --limit 3")
@click.argument("tool", help="Number or name of a tool.")
@click.option("--limit", type=LIMIT, default=10, show_default=True, help="Most answers printed.")
@json_option
def similar(tool: str, limit: int, *, as_json: bool) -> None:
    """Find tools that are like one tool.

    They are those nearest in meaning. The score is the cosine of the angle between their vectors:
    1 is the same, 0 unrelated.
    """
    from tui.cli import render
    from tui.state.wording import autonomy, stars

    with opening.services() as services:
        row = services.rows([found := services.find_tool(tool)])[found]
        near = list(services.similar(found, limit))
        notices = services.notices()
    for sentence in notices:
        render.say(sentence)
    if as_json:
        answers = [
            {"id": one.id, "name": one.name, "supplier": one.supplier, "score": round(score, 6)}
            for one, score in near
        ]
        render.as_json({"tool": row.name, "similar": answers})
        return
    if not near:
        render.say(f"Nothing is known to be like {row.name}. 'horizon index refresh' may help.")
        return
    render.put(
        render.table(
            [("score", "right"), ("id", "right"), *((name, "left") for name in _COLUMNS)],
            [
                (
                    f"{score:.2f}",
                    one.id,
                    one.name,
                    one.supplier,
                    one.use_case or "not stated",
                    stars(one.evidence),
                    autonomy(one.autonomy),
                )
                for one, score in near
            ],
        )
    )


_COLUMNS = ("tool", "supplier", "use case", "evidence", "autonomy")


def _answer(hit: Hit) -> Answer:
    score = round(hit.score, 6)
    return Answer(hit.kind, hit.title, hit.url, score, hit.passage, hit.retells, hit.also)


def _print(answers: Sequence[Answer]) -> None:
    from catalogue.text import one_line
    from tui.cli import render
    from tui.state.wording import retold
    from tui.text import line

    for place, answer in enumerate(answers, start=1):
        heading = render.text(f"{place:>3}  {line(answer.title)}", "bold")
        heading.append_text(render.text(f"  {answer.kind}, {answer.score:.3f}", "not bold dim"))
        render.put(heading, render.indented(line(answer.url), 5))
        if again := retold(answer.retells, answer.also):
            render.put(render.indented(again, 5))
        if answer.passage:
            render.put(render.indented(f"“{one_line(answer.passage, GLIMPSE)}”", 5))
