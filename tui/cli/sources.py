"""`horizon sources`: the public places that are crawled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option
from tui.cli.runs import health

if TYPE_CHECKING:
    from catalogue.rows import SourceRow
    from catalogue.settings import Settings
    from crawler.source import Source

SOURCE_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=HorizonGroup, example="horizon sources list")
def sources() -> None:
    """The public places that are crawled.

    A source is one small YAML file. Besides those that come with Horizonscan, those in the folder
    `sources` of the home are known.
    """


@sources.command("list", cls=HorizonCommand, example="horizon sources list --json")
@json_option
def list_(*, as_json: bool) -> None:
    """List all sources and how their last run went."""
    from tui.cli import render
    from tui.state.wording import day

    settings = opening.settings()
    with opening.services(settings) as services:
        rows = {row.name: row for row in services.sources()}
    for name, path in files(settings).items():
        rows.setdefault(name, _unvisited(path))
    found = [rows[name] for name in sorted(rows)]
    if as_json:
        render.as_json(found)
    elif not found:
        render.say("There are no sources yet. 'horizon crawl --file SOURCE.yml' brings one.")
    else:
        columns = ["source", "publisher", "walk", "cadence", "last run", "state"]
        render.put(
            render.table(
                [*((name, "left") for name in columns), ("pages", "right"), ("faults", "right")],
                [
                    (
                        row.name,
                        row.publisher,
                        row.archetype,
                        row.cadence if row.enabled else "switched off",
                        "never" if row.last_run is None else day(row.last_run),
                        row.last_state,
                        row.pages,
                        row.faults,
                    )
                    for row in found
                ],
            )
        )


@sources.command(cls=HorizonCommand, example="horizon sources show govuk_atrs")
@click.argument("name", help="Name of a source.")
@json_option
def show(name: str, *, as_json: bool) -> None:
    """Show what a source file says, defaults filled in."""
    from tui.cli import render

    source = named(opening.settings(), name)
    tree = source.model_dump(mode="json")
    if as_json:
        render.as_json(tree)
        return
    import yaml

    render.put(render.text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True).rstrip()))


@sources.command(cls=HorizonCommand, example="horizon sources check my_source.yml")
@click.argument("file", nargs=-1, type=SOURCE_FILE, help="Source files; without any, all known.")
@json_option
def check(file: tuple[Path, ...], *, as_json: bool) -> None:
    """Check source files without visiting anything.

    Ends with exit code 4 when something is wrong.
    """
    from catalogue.errors import SourceError
    from crawler.doctor import check_file
    from tui.cli import render
    from tui.state.wording import plural

    paths = file or tuple(files(opening.settings()).values())
    found = {str(path): check_file(path) for path in paths}
    count = sum(map(len, found.values()))
    if as_json:
        render.as_json([{"file": name, "findings": said} for name, said in found.items()])
    else:
        for name, said in found.items():
            for finding in said:
                render.put(render.text(f"{name}: {finding}"))
    if count:
        raise SourceError(f"The check has {plural(count, 'finding')}.")
    render.say(f"{plural(len(found), 'source file')} checked; nothing is wrong.")


sources.add_command(health)


def files(settings: Settings) -> dict[str, Path]:
    """Source files by name: those that come with Horizonscan, and those of the home."""
    import crawler

    folders = (Path(crawler.__file__).parent / "sources", settings.home / "sources")
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yml"))}


def named(settings: Settings, name: str) -> Source:
    """The source of this name; NotFoundError names the nearest."""
    from crawler.source import load_source

    return load_source(file_named(settings, name))


def file_named(settings: Settings, name: str) -> Path:
    """The file of the source of this name; NotFoundError names the nearest."""
    from catalogue.errors import NotFoundError, nearest

    known = files(settings)
    if name not in known:
        raise NotFoundError(f"There is no source '{name}'.", nearest(name, known))
    return known[name]


def _unvisited(path: Path) -> SourceRow:
    """A source that the catalogue does not know yet."""
    from catalogue.rows import SourceRow
    from crawler.source import load_source

    record = load_source(path).record()
    return SourceRow(
        name=record.name,
        title=record.title,
        archetype=record.archetype,
        publisher=record.publisher,
        voice=record.voice,
        licence=record.licence,
        cadence=record.cadence,
        enabled=record.enabled,
    )
