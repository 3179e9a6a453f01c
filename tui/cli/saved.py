"""`horizon saved`: searches that are asked again, and report only what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalogue.rows import ToolRow
    from catalogue.saved_rows import News, SavedSearchRow


@click.group(
    cls=HorizonGroup,
    example="horizon saved add 'Scribes for GPs' 'use:scribe setting:primary'\n"
    "horizon saved show 'Scribes for GPs'",
)
def saved() -> None:
    """Searches that report only what is new.

    A saved search is shared by the team; what is new is counted for each reviewer (setting
    review.reviewer) since that reviewer last looked. Of a search that only narrows, all tools that
    pass are its answer; of one with free words, the first 50.
    """


@saved.command(
    cls=HorizonCommand, example="horizon saved add 'Scribes for GPs' 'use:scribe setting:primary'"
)
@click.argument("name", help="Name of the search.")
@click.argument("query", help="What is searched for; 'horizon search --help' says how.")
@json_option
def add(name: str, query: str, *, as_json: bool) -> None:
    """Save a search. What it finds now counts as seen."""
    from catalogue.query import read
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        row = services.saved.add(name, read(query))
    if as_json:
        render.as_json(_plain(row))
    else:
        render.say(f"Saved '{row.name}': {plural(len(row.last), 'tool')} found and seen.")


@saved.command("list", cls=HorizonCommand, example="horizon saved list")
@json_option
def list_(*, as_json: bool) -> None:
    """List saved searches, with how much is new in each."""
    from tui.cli import render
    from tui.state.wording import day

    with opening.services() as services:
        every = services.saved.all()
    if as_json:
        render.as_json([_counts(news) for news in every])
    elif not every:
        render.say("There are no saved searches yet. 'horizon saved add NAME QUERY' makes one.")
    else:
        columns = ("new", "changed", "gone", "found")
        render.put(
            render.table(
                [
                    ("search", "left"),
                    *((name, "right") for name in columns),
                    ("you looked", "left"),
                    ("query", "left"),
                ],
                [
                    (
                        news.search.name,
                        *(_counts(news)[name] for name in columns),
                        day(news.search.seen_at) if news.search.seen_at else "never",
                        news.search.query,
                    )
                    for news in every
                ],
            )
        )


@saved.command(cls=HorizonCommand, example="horizon saved show 'Scribes for GPs' --keep")
@click.argument("name", help="Name of the search.")
@click.option("--keep", is_flag=True, help="Do not count this as a look: it stays new.")
@click.option("--all", "everything", is_flag=True, help="List what was seen before, too.")
@json_option
def show(name: str, *, keep: bool, everything: bool, as_json: bool) -> None:
    """Show what is new in a search since you last looked, and count it as seen."""
    from tui.cli import render

    with opening.services() as services:
        news = services.saved.news(name)
        rows = services.rows([*news.found, *news.gone])
        listed = list(_listed(news, rows, everything=everything))
        if not keep:
            services.saved.seen(news)
    if as_json:
        tools = [{"what": what, "id": row.id, "name": row.name} for what, row in listed]
        render.as_json({**_counts(news), "tools": tools})
        return
    render.say(summary(news))
    if listed:
        render.put(_table(listed))


@saved.command(cls=HorizonCommand, example="horizon saved remove 'Scribes for GPs'")
@click.argument("name", help="Name of the search.")
def remove(name: str) -> None:
    """Take a search away, for the whole team; 'undo' brings it back."""
    from tui.cli import render

    with opening.services() as services:
        services.saved.remove(name)
    render.say(f"Removed '{name}'. 'horizon saved undo' brings it back.")


@saved.command(cls=HorizonCommand, example="horizon saved undo")
def undo() -> None:
    """Take back your last step: a search saved or removed, or a look."""
    from tui.cli import render

    with opening.services() as services:
        undone = services.saved.undo()
    render.say(undone or "There is nothing to undo.")


def summary(news: News) -> str:
    """What is new, as a sentence: "2 new and 1 changed since 5 Nov 2026; 14 found"."""
    from tui.state.wording import day, number

    counts = [
        f"{number(len(some))} {what}"
        for what, some in (("new", news.new), ("changed", news.changed), ("gone", news.gone))
        if some
    ]
    said = " and ".join(filter(None, [", ".join(counts[:-1]), *counts[-1:]])) or "nothing new"
    since = f" since {day(news.search.seen_at)}" if news.search.seen_at else ""
    return f"'{news.search.name}': {said}{since}; {number(len(news.found))} found."


def _listed(
    news: News, rows: dict[int, ToolRow], *, everything: bool
) -> Iterator[tuple[str, ToolRow]]:
    """What is shown of each tool, in order: what is new first."""
    told = {*news.new, *news.changed}
    seen = [one for one in news.found if one not in told] if everything else []
    parts: Sequence[tuple[str, Sequence[int]]] = (
        ("new", news.new),
        ("changed", news.changed),
        ("gone", news.gone),
        ("seen", seen),
    )
    for what, ids in parts:
        yield from ((what, rows[one]) for one in ids if one in rows)


def _table(listed: Sequence[tuple[str, ToolRow]]) -> RenderableType:
    from tui.cli import render
    from tui.state.wording import stars

    return render.table(
        [
            ("", "left"),
            ("id", "right"),
            *((name, "left") for name in ("tool", "supplier", "use case", "evidence")),
        ],
        [
            (what, row.id, row.name, row.supplier, row.use_case, stars(row.evidence))
            for what, row in listed
        ],
    )


def _plain(row: SavedSearchRow) -> dict[str, object]:
    return {
        "name": row.name,
        "query": row.query,
        "saved_by": row.saved_by,
        "saved_at": row.saved_at,
        "seen_at": row.seen_at,
    }


def _counts(news: News) -> dict[str, object]:
    return {
        **_plain(news.search),
        "new": len(news.new),
        "changed": len(news.changed),
        "gone": len(news.gone),
        "found": len(news.found),
    }
