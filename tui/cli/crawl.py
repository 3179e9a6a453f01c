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
    from crawler.progress import CrawlProgress
    from search.refreshed import Refreshed


@click.command(
    cls=HorizonCommand,
    example="horizon crawl govuk_atrs\nhorizon crawl --file rotaflow.yml\nhorizon crawl --due",
)
@click.argument("name", nargs=-1, help="Names of sources; 'horizon sources list' shows them.")
@click.option(
    "--file", "file", type=SOURCE_FILE, multiple=True, help="A source file; may be repeated."
)
@click.option("--due", is_flag=True, help="All sources that are due and nobody else crawls.")
@click.option("--no-index", is_flag=True, help="Do not make what is new searchable yet.")
@json_option
def crawl(
    name: tuple[str, ...], file: tuple[Path, ...], *, due: bool, no_index: bool, as_json: bool
) -> None:
    """Visit sources and store what they say.

    What is new is made searchable. robots.txt is obeyed, one request at a time goes to a host, and
    who is asking is said: set crawl.contact first. Ctrl-C stops cleanly; the same command goes
    on from there.
    """
    from catalogue.errors import CrawlError
    from tui.cli import progress, render

    settings = opening.settings()
    if due and (name or file):
        raise click.UsageError("--due finds its sources itself.", click.get_current_context())
    done = _crawl_due(settings) if due else _crawl_named(settings, name, file)
    indexed = None if no_index or not done.sources else index_new(settings)
    if as_json:
        render.as_json({"sources": done.sources, "indexed": indexed})
    else:
        if done.sources:
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


def _crawl_due(settings: Settings) -> CrawlProgress:
    """Crawl what is due; without anything, say when something will be."""
    from crawler.progress import CrawlProgress
    from tui.cli import render
    from tui.cli.due import calendar, when

    ours = calendar(settings)
    done = ours.crawl()
    if done is None:
        render.say(f"Nothing is due. {when(ours.upcoming())}")
        return CrawlProgress((), ended=True)
    return done


def _crawl_named(
    settings: Settings, name: tuple[str, ...], file: tuple[Path, ...]
) -> CrawlProgress:
    from tui.cli.apart import keep_apart
    from tui.cli.crawling import crawl_files

    paths = [*(file_named(settings, one) for one in name), *(path.absolute() for path in file)]
    if not paths:
        raise click.UsageError(
            "Name the sources to crawl, or give --file or --due.", click.get_current_context()
        )
    with opening.services(settings) as services:
        keep_apart(
            [row.name for row in services.sources()], [path.stem for path in paths], settings.home
        )
    return crawl_files(settings, paths)


def index_new(settings: Settings) -> Refreshed:
    """Make what is new searchable."""
    from tui.cli import progress

    with (
        opening.services(settings) as services,
        progress.counting("Reading for meaning") as count,
    ):
        return services.indexer().refresh(count)
