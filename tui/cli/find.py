"""`horizon search`: find tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

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
    id: int
    """Number of the tool, or of the document."""
    title: str
    url: str
    score: float
    parts: Mapping[str, float]
    """What made up the score: "words", "meaning"."""
    cosine: float | None
    """How near the passage is in meaning, -1 to 1; null where it was found by words alone."""
    passage: str
    matched: Sequence[str]
    """Words of the passage that were asked for, as they stand there."""
    passage_url: str
    """Address of the document the passage stands in."""
    document: str
    """Title of that document; this and what follows is empty where it is not kept."""
    said_by: str
    voice: str
    """Who speaks: "Supplier", "Government", "Press" ..."""
    seen_on: date | None
    """Day on which the document was last seen."""
    retells: str
    """Address of the page that told the same first; empty where this one did."""
    also: int
    """How many other pages tell the same."""


def _offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Fields and values of the query language, for the shell."""
    from catalogue.completion import complete

    del ctx, param
    offered = complete(incomplete, len(incomplete), {})
    return [CompletionItem(one.line, help=one.label) for one in offered]


def _fields() -> str:
    """The fields of the query language, a line each, for the help."""
    from catalogue.fields import FIELDS

    width = max(len(f"{one.name}:{one.example}") for one in FIELDS.values())
    shown = (f"{f'{one.name}:{one.example}':<{width}}  {one.help}" for one in FIELDS.values())
    return "\n".join(["\b", "Fields:", *(f"  {one}" for one in shown)])


@click.command(
    cls=HorizonCommand,
    example="horizon search 'less typing for ward clerks' --limit 5\n"
    "horizon search 'rota \"annual leave\" -agency setting:acute,community evidence:independent'\n"
    "horizon search 'use:scribe assured:dtac2 shortlisted:no'",
    epilog=_fields(),
)
@click.argument("query", help="What you look for, in your own words.", shell_complete=_offer)
@click.option("--limit", type=LIMIT, default=10, show_default=True, help="Most answers printed.")
@click.option("--words", is_flag=True, help="Match words only: the embedding model is not loaded.")
@json_option
def search(query: str, limit: int, *, words: bool, as_json: bool) -> None:
    """Find tools by words and meaning.

    Each answer comes with the passage that made it match, who says it and when, and the parts of
    its score. Documents that belong to no tool are found, too.

    A "phrase" must stand as it is, a -word must not stand. A field narrows, and with a minus
    before it keeps away; a comma joins values. Without free words, the tools that pass are
    listed, strongest evidence first.
    """
    from catalogue.query import read
    from tui.cli import render
    from tui.state.wording import searched

    asked = read(query)
    with opening.services(meaning=not words) as services:
        notice = "" if words else services.warm()
        hits = services.search(asked, limit)
        meant = services.meant(asked)
        empty = not hits and services.totals().documents == 0
        notices = [notice, *services.notices()]
    for sentence in filter(None, notices):
        render.say(sentence)
    if as_json:
        answers = [_answer(hit) for hit in hits]
        render.as_json({"query": str(asked), "searched_for": dict(meant), "hits": answers})
        return
    if instead := searched(meant):
        render.say(instead)
    if empty:
        render.say("The catalogue is empty. Try 'horizon demo', or 'horizon crawl' some sources.")
    elif not hits:
        render.say(f"Nothing was found for '{asked}'.")
    _print(hits)


def _answer(hit: Hit) -> Answer:
    by = hit.speaker
    return Answer(
        kind=hit.kind,
        id=hit.id,
        title=hit.title,
        url=hit.url,
        score=round(hit.score, 6),
        parts={name: round(part, 6) for name, part in hit.parts},
        cosine=None if hit.cosine is None else round(hit.cosine, 6),
        passage=hit.passage,
        matched=hit.matched,
        passage_url=hit.passage_url,
        document=by.document if by else "",
        said_by=by.publisher if by else "",
        voice=by.voice if by else "",
        seen_on=by.last_seen if by else None,
        retells=hit.retells,
        also=hit.also,
    )


def _print(hits: Sequence[Hit]) -> None:
    from tui.cli import render
    from tui.cli.show import styled
    from tui.state import reasons
    from tui.state.wording import retold
    from tui.text import line

    for place, hit in enumerate(hits, start=1):
        heading = render.text(f"{place:>3}  {line(hit.title)}", "bold")
        told = reasons.score(hit)
        heading.append_text(render.text(f"  {hit.kind}, {hit.score:.3f}", "not bold dim"))
        if told:
            heading.append_text(render.text(f" ({told})", "not bold dim"))
        render.put(heading)
        if hit.url:
            render.put(render.indented(line(hit.url), 5))
        if again := retold(hit.retells, hit.also):
            render.put(render.indented(again, 5))
        if hit.passage:
            words = ((f"{reasons.speaker(hit)}: ", "label"), *reasons.passage(hit, GLIMPSE))
            render.put(render.padded(styled(words), 5))
            if source := reasons.document(hit):
                render.put(render.indented(line(source), 7))
