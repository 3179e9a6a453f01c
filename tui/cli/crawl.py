"""`horizon crawl`: visit sources and store what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option
from tui.cli.index import tell
from tui.cli.sources import SOURCE_FILE, file_named

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from search.indexer import Refreshed


@click.command(
    cls=HorizonCommand, example="horizon crawl govuk_atrs\nhorizon crawl --file rotaflow.yml"
)
@click.argument("name", nargs=-1, help="Names of sources; 'horizon sources list' shows them.")
@click.option(
    "--file", "file", type=SOURCE_FILE, multiple=True, help="A source file; may be repeated."
)
@click.option("--no-index", is_flag=True, help="Do not make what is new searchable yet.")
@json_option
def crawl(name: tuple[str, ...], file: tuple[Path, ...], *, no_index: bool, as_json: bool) -> None:
    """Visit sources, store what they say and make it searchable.

    robots.txt is obeyed, one request at a time goes to a host, and who is asking is said: set
    crawl.contact first. Ctrl-C stops cleanly; the same command goes on from there.
    """
    from catalogue.errors import CrawlError
    from tui.cli import progress, render
    from tui.cli.apart import keep_apart
    from tui.cli.crawling import crawl_files

    settings = opening.settings()
    paths = [*(file_named(settings, one) for one in name), *(path.absolute() for path in file)]
    if not paths:
        raise click.UsageError(
            "Name the sources to crawl, or give a --file.", click.get_current_context()
        )
    with opening.services(settings) as services:
        keep_apart(
            [row.name for row in services.sources()], [path.stem for path in paths], settings.home
        )
    done = crawl_files(settings, paths)
    indexed = None if no_index else _index(settings)
    if as_json:
        render.as_json({"sources": done.sources, "indexed": indexed})
    else:
        render.put(progress.tally_table(done.sources))
        if indexed is not None:
            tell(indexed)
    if done.failed:
        names = ", ".join(tally.source for tally in done.failed)
        raise CrawlError(f"These sources failed: {names}.", f"The logs are in {settings.logs}.")
    if any(tally.state == "postponed" for tally in done.sources):
        render.say("Some sources were not finished: the same command goes on from there.")
    if no_index:
        render.say("'horizon index refresh' makes what is new searchable.")


def _index(settings: Settings) -> Refreshed:
    from tui.cli import progress

    with (
        opening.services(settings) as services,
        progress.counting("Reading for meaning") as count,
    ):
        return services.indexer().refresh(count)
