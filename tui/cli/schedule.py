"""`horizon schedule`: let this machine wake the crawl."""

from __future__ import annotations

from typing import Final

import click

from tui.cli import opening
from tui.cli.frame import Decorated, HorizonCommand, HorizonGroup, json_option

WAKERS: Final = ("auto", "cron", "systemd", "windows")


@click.group(cls=HorizonGroup, example="horizon schedule install --dry-run")
def schedule() -> None:
    """Let this machine wake the crawl.

    Every hour it then crawls what is due, and ends. One entry is kept for one home folder; nothing
    else of the machine's schedule is touched. Settings must stand in horizon.toml: the entry
    does not know the environment of a shell.
    """


def _by_option(command: Decorated) -> Decorated:
    return click.option(
        "--by",
        type=click.Choice(WAKERS),
        default="auto",
        show_default=True,
        help="The user's crontab, a systemd timer, or a task of Windows.",
    )(command)


@schedule.command(cls=HorizonCommand, example="horizon schedule install --by cron")
@_by_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def install(by: str, *, dry_run: bool) -> None:
    """Write the entry, in place of an older one."""
    from tui.cli import render
    from tui.wakers import waker

    settings = opening.settings()
    ours = waker(by, settings.home)
    if dry_run:
        render.put(render.text(ours.draft().rstrip()), wrap=False)
        return
    ours.install()
    render.say("Installed. 'horizon schedule show' shows it, 'horizon sources health' what came.")
    if not settings.crawl.contact:
        render.say("Set crawl.contact in horizon.toml: without it nobody's site is visited.")


@schedule.command(cls=HorizonCommand, example="horizon schedule show")
@_by_option
@json_option
def show(by: str, *, as_json: bool) -> None:
    """Show the entry as it stands."""
    from tui.cli import render
    from tui.wakers import waker

    entry = waker(by, opening.settings().home).show()
    if as_json:
        render.as_json({"installed": bool(entry), "entry": entry})
    elif entry:
        render.put(render.text(entry.rstrip()), wrap=False)
    else:
        render.say("Nothing is installed for this home. 'horizon schedule install' does it.")


@schedule.command(cls=HorizonCommand, example="horizon schedule remove")
@_by_option
@click.option("--dry-run", is_flag=True, help="Show what would be taken away, and change nothing.")
def remove(by: str, *, dry_run: bool) -> None:
    """Take the entry away."""
    from tui.cli import render
    from tui.wakers import waker

    ours = waker(by, opening.settings().home)
    entry = ours.show()
    if not entry:
        render.say("Nothing is installed for this home.")
    elif dry_run:
        render.put(render.text(entry.rstrip()), wrap=False)
    else:
        ours.remove()
        render.say("Removed.")
