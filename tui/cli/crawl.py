"""`horizon crawl`: visit sources and store what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option
from tui.cli.sources import SOURCE_FILE, file_named

if TYPE_CHECKING:
    from crawler.progress import CrawlProgress


@click.command(
    cls=HorizonCommand, example="horizon crawl govuk_atrs\nhorizon crawl --file rotaflow.yml"
)
@click.argument("name", nargs=-1, help="Names of sources; 'horizon sources list' shows them.")
@click.option(
    "--file", "file", type=SOURCE_FILE, multiple=True, help="A source file; may be repeated."
)
@json_option
def crawl(name: tuple[str, ...], file: tuple[Path, ...], *, as_json: bool) -> None:
    """Visit sources and store what they say.

    robots.txt is obeyed, one request at a time goes to a host, and who is asking is said: set
    crawl.contact first. Ctrl-C stops cleanly; the same command goes on from there. Afterwards,
    'horizon index refresh' makes what is new searchable.
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
    if as_json:
        render.as_json(done)
    else:
        render.put(progress.tally_table(done.sources))
    if done.failed:
        names = ", ".join(tally.source for tally in done.failed)
        raise CrawlError(f"These sources failed: {names}.", f"The logs are in {settings.logs}.")
    _tell_what_is_next(done)


def _tell_what_is_next(done: CrawlProgress) -> None:
    from tui.cli import render

    if any(tally.state == "postponed" for tally in done.sources):
        render.say("Some sources were not finished: the same command goes on from there.")
    if any(tally.new or tally.changed or tally.gone for tally in done.sources):
        render.say("'horizon index refresh' makes what is new searchable.")
