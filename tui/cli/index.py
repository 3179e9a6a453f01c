"""`horizon index`: keep the search index in step with the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from search.refreshed import Refreshed


@click.group(cls=HorizonGroup, example="horizon index refresh")
def index() -> None:
    """Keep the search index in step with the catalogue.

    The index is a cache: it may be deleted at any time and is made again from the catalogue.
    """


@index.command(cls=HorizonCommand, example="horizon index refresh")
@json_option
def refresh(*, as_json: bool) -> None:
    """Index what changed since the last time.

    The first time the embedding model is prepared, which takes about ten seconds. May be stopped at
    any moment and goes on from there. After the settings named another model, the index of the old
    one answers until all is read with the new one.
    """
    from tui.cli import progress, render

    with opening.services() as services, progress.counting("Reading for meaning") as count:
        done = services.indexer().refresh(count)
    if as_json:
        render.as_json(done)
    else:
        tell(done)


@index.command(cls=HorizonCommand, example="horizon index rebuild")
@json_option
def rebuild(*, as_json: bool) -> None:
    """Make the whole index again. What was read for meaning before is not read again."""
    from tui.cli import progress, render

    with opening.services() as services, progress.counting("Reading for meaning") as count:
        done = services.indexer().rebuild(count)
    if as_json:
        render.as_json(done)
    else:
        tell(done)


@index.command(cls=HorizonCommand, example="horizon index verify")
@json_option
def verify(*, as_json: bool) -> None:
    """Compare the index with the catalogue: documents, words, vectors and files.

    Ends with exit code 5 when they are not in step.
    """
    from catalogue.errors import CatalogueError
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        findings = services.indexer().verify()
    if as_json:
        render.as_json({"findings": findings})
    else:
        _print(findings)
    if findings:
        raise CatalogueError(
            f"The index is not in step: {plural(len(findings), 'finding')}.",
            "Run 'horizon index refresh'.",
        )
    render.say("The index is in step with the catalogue.")


def tell(done: Refreshed) -> None:
    """Say what a refresh did."""
    from tui.cli import render
    from tui.state.wording import number, plural

    for sentence in done.rebuilt:
        render.say(sentence)
    if not done.written:
        render.say("Nothing has changed; the index is in step.")
    render.put(
        render.text(
            f"{plural(done.documents, 'entry', 'entries')} ({number(done.added)} added, "
            f"{number(done.removed)} removed), {plural(done.passages, 'passage')}, "
            f"{number(done.embedded)} read for meaning, {plural(done.hinted, 'tool')} held against "
            f"the terms, {done.seconds:.1f} s"
        )
    )


def _print(findings: Sequence[str]) -> None:
    from tui.cli import render

    for finding in findings:
        render.put(render.text(finding))
