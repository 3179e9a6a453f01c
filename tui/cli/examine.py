"""`horizon sources check`: examine source files and play their recorded pages again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from catalogue.settings import Settings


@dataclass(frozen=True, slots=True)
class Examined:
    """What the check of one source file found."""

    file: Path
    recorded: bool
    """Whether recorded pages were played again."""
    findings: tuple[str, ...]


@click.command(
    "check", cls=HorizonCommand, example="horizon sources check govuk_atrs\nhorizon sources check"
)
@click.argument("name", nargs=-1, help="Names of sources or files; without any, all known.")
@click.option("--all", "every", is_flag=True, help="All known sources, as without a name.")
@click.option(
    "--online", is_flag=True, help="Ask each site, too: robots.txt and where the walk begins."
)
@click.option(
    "--accept", is_flag=True, help="Take what the recorded pages give now for what is expected."
)
@json_option
def check(name: tuple[str, ...], *, every: bool, online: bool, accept: bool, as_json: bool) -> None:
    """Examine sources: names, licence, expectations, and what their recorded pages give.

    Nothing is visited without --online. Ends with exit code 4 when something is wrong.
    """
    from catalogue.errors import SourceError
    from tui.cli import render
    from tui.cli.sources import files
    from tui.state.wording import plural

    settings = opening.settings()
    paths = [_path(settings, one) for one in name] or list(files(settings).values())
    if every and name:
        raise click.UsageError("Give names or --all, not both.", click.get_current_context())
    examined = [_examine(settings, path, accept=accept) for path in paths]
    if online:
        examined = [_ask(settings, one) for one in examined]
    count = sum(len(one.findings) for one in examined)
    if as_json:
        render.as_json(examined)
    else:
        for one in examined:
            for finding in one.findings:
                render.put(render.text(f"{one.file}: {finding}"), wrap=False)
    if count:
        raise SourceError(f"The check has {plural(count, 'finding')}.")
    played = sum(one.recorded for one in examined)
    render.say(
        f"{plural(len(examined), 'source file')} checked, {played} of them with recorded pages; "
        "nothing is wrong."
    )


def _path(settings: Settings, name: str) -> Path:
    """The file that a name or a path means."""
    from tui.cli.sources import file_named

    path = Path(name)
    return path if path.suffix and path.is_file() else file_named(settings, name)


def _examine(settings: Settings, path: Path, *, accept: bool) -> Examined:
    from catalogue.errors import SourceError
    from crawler.doctor import check as examine
    from crawler.expected import accept as take
    from crawler.expected import check_recording
    from crawler.source import load_source
    from tui.cli.recordings import folder_of

    try:
        source = load_source(path)
        folder = folder_of(settings, source.name)
        if folder is not None and accept:
            take(source, folder)
    except SourceError as error:
        return Examined(path, recorded=False, findings=(str(error),))
    played = check_recording(source, folder) if folder is not None else []
    return Examined(path, folder is not None, (*examine(source), *played))


def _ask(settings: Settings, one: Examined) -> Examined:
    """The same, with what the site itself says: robots.txt, and whether the start is there."""
    import tempfile
    from dataclasses import replace

    from catalogue.errors import HorizonError
    from crawler.survey.visit import walk_briefly
    from tui.cli import render

    with tempfile.TemporaryDirectory(prefix="horizon-check-") as folder:
        try:
            seen = walk_briefly(one.file, settings, Path(folder), pages=1, tell=render.say)
        except HorizonError as error:
            return replace(one, findings=(*one.findings, str(error)))
    said = [f"{each.url}: {each.note}" for each in seen if each.state not in {"read", "listed"}]
    return replace(one, findings=(*one.findings, *said))
