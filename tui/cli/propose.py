"""`horizon sources new`: look at a site and propose the source file for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from crawler.survey.draft import Draft


@click.command("new", cls=HorizonCommand, example="horizon sources new https://www.example.com/")
@click.argument("url", help="Where to begin: a front page, a feed, a page of results.")
@click.option("--name", default="", help="What to call it; else from the host or the publisher.")
@click.option(
    "--pages", default=20, show_default=True, type=click.IntRange(1, 200), help="Pages to look at."
)
@click.option(
    "--pack", is_flag=True, help="Write into this clone's own pack and tests, not into the home."
)
@json_option
def new(url: str, *, name: str, pages: int, pack: bool, as_json: bool) -> None:
    """Look at a site, propose the source file for it, and record a few pages as its test.

    The site is visited as by any crawl: set crawl.contact first. What is written is a draft: read
    it, and compare expected.json with the pages.
    """
    from crawler.survey.draft import look_and_propose, write
    from tui.cli import render
    from tui.cli.recordings import for_a_home, for_the_pack
    from tui.cli.sources import files

    settings = opening.settings()
    taken = files(settings)
    if name in taken:
        raise click.UsageError(
            f"There is a source '{name}' already: {taken[name]}.", click.get_current_context()
        )
    render.say(f"Looking at {url}: {pages} pages at most, {settings.crawl.delay:g} s apart.")
    proposal = look_and_propose(url, settings, pages, taken, render.say, name)
    place = for_the_pack if pack else for_a_home
    file, recording = place(settings, proposal.source)
    render.say(f"Recording what {file} leads to.")
    draft = write(proposal, settings, file, recording, render.say)
    if as_json:
        render.as_json(_told(draft))
        return
    render.put(render.text(draft.text.rstrip()), wrap=False)
    for finding in draft.findings:
        render.say(f"Look at this: {finding}")
    render.say(f"The source file: {draft.file}")
    render.say(f"The recorded pages: {draft.recording}; compare expected.json with them.")
    render.say(f"Next: horizon crawl {draft.source.name}")


def _told(draft: Draft) -> dict[str, object]:
    return {
        "name": draft.source.name,
        "file": draft.file,
        "archetype": draft.source.walk.archetype,
        "reasons": list(draft.reasons),
        "recording": draft.recording,
        "recorded": len(draft.played.readings),
        "drafts": sum(len(reading.drafts) for _, reading in draft.played.readings),
        "findings": list(draft.findings),
    }
