"""`horizon sources`: the public places that are crawled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.examine import check
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option
from tui.cli.propose import new
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
    from dataclasses import asdict

    from crawler.keys import missing_key
    from crawler.source import load_source
    from tui.cli import render
    from tui.state.wording import day

    settings = opening.settings()
    with opening.services(settings) as services:
        rows = {row.name: row for row in services.sources()}
    needed: dict[str, str] = {}
    for name, path in files(settings).items():
        source = load_source(path)
        rows.setdefault(name, _unvisited(source))
        needed[name] = missing_key(source)
    found = [rows[name] for name in sorted(rows)]
    if as_json:
        render.as_json([{**asdict(row), "needs_key": needed.get(row.name, "")} for row in found])
    elif not found:
        render.say("There are no sources yet. 'horizon crawl --file SOURCE.yml' brings one.")
    else:
        columns = ["source", "walk", "due", "last run", "state"]
        drawn = render.table(
            [*((name, "left") for name in columns), ("pages", "right"), ("faults", "right")],
            [
                (
                    row.name,
                    row.archetype,
                    _due(row, needed.get(row.name, "")),
                    "never" if row.last_run is None else day(row.last_run),
                    row.last_state,
                    row.pages,
                    row.faults,
                )
                for row in found
            ],
        )
        render.put(drawn)
        for name, key in needed.items():
            if key:
                render.say(f"{name} is off until {key} is in the environment or the keyring.")


@sources.command(cls=HorizonCommand, example="horizon sources show hin_wessex --effective")
@click.argument("name", help="Name of a source.")
@click.option(
    "--effective", "in_force", is_flag=True, help="Say where each value came from, one a line."
)
@json_option
def show(name: str, *, in_force: bool, as_json: bool) -> None:
    """Show what is in force for a source: its own file, its family, the defaults."""
    from tui.cli import render

    settings = opening.settings()
    if in_force:
        _show_origins(settings, name, as_json=as_json)
        return
    tree = named(settings, name).model_dump(mode="json")
    if as_json:
        render.as_json(tree)
        return
    import yaml

    render.put(render.text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True).rstrip()))


def _show_origins(settings: Settings, name: str, *, as_json: bool) -> None:
    from crawler.effective import effective
    from crawler.source_tree import read_tree
    from tui.cli import render

    tree = read_tree(file_named(settings, name))
    values = list(effective(named(settings, name), tree, settings.crawl))
    if as_json:
        render.as_json(values)
        return
    rows = [(one.key, "" if one.value is None else one.value, one.origin) for one in values]
    render.put(render.table([("key", "left"), ("value", "left"), ("from", "left")], rows))


sources.add_command(new)
sources.add_command(check)


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


def _due(row: SourceRow, needed: str) -> str:
    """How often a source is due, or why it is not."""
    if needed:
        return "off: no key"
    return row.cadence if row.enabled else "switched off"


def _unvisited(source: Source) -> SourceRow:
    """A source that the catalogue does not know yet."""
    from catalogue.rows import SourceRow

    record = source.record()
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
