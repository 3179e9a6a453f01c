"""`horizon replay`: read what was kept of pages again, with today's extractors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from catalogue.replay import KeptSource
    from catalogue.settings import Settings
    from crawler.replay import Example, Replayed
    from crawler.source import Source

_WHATS = ("added", "ended", "changed", "renewed", "history")
"""What can become of a value: see `catalogue.inventory.What`."""


@click.command(
    cls=HorizonCommand,
    example="horizon replay hin_wessex --dry-run\nhorizon replay --outdated",
)
@click.argument("source", nargs=-1, help="Names of sources; without any, all of them.")
@click.option("--url", default="", help="Only the page at this address.")
@click.option("--outdated", is_flag=True, help="Only what something else than today has read.")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def replay(source: tuple[str, ...], url: str, *, outdated: bool, dry: bool, as_json: bool) -> None:
    """Read what was kept once more.

    Pages are read as they would be today. Nothing is visited. What is read otherwise takes the
    place of what was read before, and no signal is raised: the market has not changed. What people
    decided stays. Ctrl-C loses nothing; --outdated goes on from there.
    """
    from catalogue.replay import Replay
    from crawler.replay import replay as read_again
    from tui.cli import progress, render

    with opening.services() as services:
        door = Replay(services.database)
        if url:
            source = (*source, door.source_of(url))
        found = [(kept, _today(services.settings, kept)) for kept in door.sources(source)]
        known = [one for _, one in found if not isinstance(one, str)]
        if not dry:
            services.frontier().register([one.record() for one in known])
        work = [
            (one, door.documents(one.name, url=url, reader=one.reader if outdated else ""))
            for one in known
        ]
        with progress.counting("Reading again") as count:
            came_to = read_again(work, door, services.settings, dry=dry, progress=count)
    lost = [(kept.name, one) for kept, one in found if isinstance(one, str)]
    if as_json:
        render.as_json({"dry_run": dry, **_data(came_to, lost)})
    else:
        _tell(came_to, lost, dry=dry)


def _today(settings: Settings, kept: KeptSource) -> Source | str:
    """A source as its file has it or, where there is none any more, as it was crawled last; else
    why its pages cannot be read.
    """
    from catalogue.errors import SourceError
    from crawler.source import load_source, source_defined
    from tui.cli.sources import files

    path = files(settings).get(kept.name)
    try:
        return source_defined(kept.definition) if path is None else load_source(path)
    except SourceError as error:
        return error.message


def _data(came_to: Replayed, lost: list[tuple[str, str]]) -> dict[str, Any]:
    """What came of it, for scripts."""
    return {
        "changed": came_to.changed,
        "unchanged": came_to.unchanged,
        "left": [{"url": url, "why": why} for url, why in came_to.left],
        "sources_left": [{"source": name, "why": why} for name, why in lost],
        "lost_states": came_to.lost_states,
        "new_tools": sorted(came_to.new_tools),
        "silent_tools": sorted(came_to.silent_tools),
        "differences": [
            {"kind": kind, "extractor": extractor, **counts}
            for kind, extractor, counts in _rows(came_to)
        ],
        "examples": [{"url": one.url, **asdict(one.difference)} for one in came_to.examples],
    }


def _rows(came_to: Replayed) -> list[tuple[str, str, dict[str, int]]]:
    """Kind of value, what reads it, and how many of each came to what."""
    pairs = sorted({(kind, extractor) for kind, extractor, _ in came_to.counts})
    return [
        (*pair, {what: came_to.counts[(*pair, what)] for what in _WHATS})  # a Counter: 0 for none
        for pair in pairs
    ]


def _tell(came_to: Replayed, lost: list[tuple[str, str]], *, dry: bool) -> None:
    """What came of it, for people."""
    from tui.cli import render
    from tui.state.wording import number, plural

    rows = _rows(came_to)
    if rows:
        cells = [(kind, reader, *map(number, counts.values())) for kind, reader, counts in rows]
        render.put(
            render.table(
                [("what", "left"), ("read by", "left"), *((name, "right") for name in _WHATS)],
                cells,
            )
        )
        render.put(*(render.text(_line(one)) for one in came_to.examples))
    for name, why in lost:
        render.say(f"The documents of {name} are left as they are. {why}")
    for url, why in came_to.left:
        render.say(f"{url} is left as it is. {why}")
    if came_to.lost_states:
        render.say(
            f"{plural(came_to.lost_states, 'older state')} cannot be read any more: what was read"
            " there is kept."
        )
    for names, said in (
        (came_to.new_tools, "New to the catalogue"),
        (came_to.silent_tools, "Nothing is said any more of"),
    ):
        if names:
            render.say(f"{said}: {', '.join(sorted(names))}.")
    read = came_to.changed + came_to.unchanged
    would = "would differ" if dry else "differ"
    render.say(f"{plural(read, 'document')} read again, {number(came_to.changed)} {would}.")
    if came_to.changed and not dry:
        render.say("'horizon index refresh' makes what changed searchable.")


def _line(example: Example) -> str:
    """One difference: `changed  price: £2 -> price: £2.50  http://...`."""
    one = example.difference
    words = " -> ".join(dict.fromkeys(filter(None, (one.before, one.after))))
    return f"{one.what}  {words}  {example.url}"
