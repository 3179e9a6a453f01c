"""`horizon export`: write a shortlist to a file."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option


@click.command(
    cls=HorizonCommand, example="horizon export 'Ward rotas' --format xlsx --output rotas.xlsx"
)
@click.argument("shortlist", help="Name of the shortlist.")
@click.option(
    "--format", "format_name", default="", help="Form of the file; without it, by its suffix."
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; without it, named after the shortlist, in this folder.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@json_option
def export(
    shortlist: str, format_name: str, output: Path | None, *, force: bool, as_json: bool
) -> None:
    """Write a shortlist to a file.

    The file can be defended: sources, dates, reasons and gaps are in it. It is whole or not there;
    an existing one is kept unless you say --force.
    """
    from catalogue.errors import HorizonError, NotFoundError, nearest
    from tui.cli import progress, render
    from tui.state.handover import file_name
    from tui.state.wording import plural

    with opening.services() as services:
        suffixes = {name: suffix for name, _, suffix in services.formats()}
        chosen = format_name or _by_suffix(output, suffixes)
        if chosen not in suffixes:
            raise NotFoundError(f"There is no format '{chosen}'.", nearest(chosen, suffixes))
        path = output or Path(file_name(shortlist, suffixes[chosen]))
        if path.exists() and not force:
            raise HorizonError(f"{path} is there already.", "Say --force to replace it.")
        with progress.counting("Writing tools") as count:
            written = services.export(shortlist, chosen, path, count)
    if as_json:
        render.as_json({"path": path.absolute(), "format": chosen, "tools": written})
    else:
        render.say(f"Wrote {plural(written, 'tool')} to {path}.")


def _by_suffix(output: Path | None, suffixes: dict[str, str]) -> str:
    """The format whose suffix the file bears; the first of all where no file is named."""
    if output is None:
        return next(iter(suffixes))
    for name, suffix in suffixes.items():
        if output.name.casefold().endswith(f".{suffix.lstrip('.')}".casefold()):
            return name
    raise click.UsageError(
        f"The name of {output} does not tell the format; say --format, one of: "
        f"{', '.join(suffixes)}.",
        click.get_current_context(),
    )
