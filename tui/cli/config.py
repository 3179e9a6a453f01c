"""`horizon config`: every setting in force and where it came from."""

from __future__ import annotations

import os
import re

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option


@click.group(cls=HorizonGroup, example="horizon config show")
def config() -> None:
    """Show the settings in force.

    Settings are read from horizon.toml in the home folder; an environment variable such as
    HORIZON_CRAWL__CONTACT wins over it.
    """


@config.command(cls=HorizonCommand, example="horizon config show --json | jq .settings")
@json_option
def show(*, as_json: bool) -> None:
    """Show every setting: its value, where the value came from, what it means."""
    from catalogue.settings import describe, effective, load_with_origins
    from tui.cli import render

    settings, origins = load_with_origins(opening.given_home())
    rows = [
        {
            "key": key,
            "value": _without_password(value),
            "origin": _home_origin() if key == "home" else origins[key],
            "description": " ".join(describe(key).split()),
        }
        for key, value in effective(settings)
    ]
    if as_json:
        render.as_json({"home": settings.home, "settings": rows})
        return
    for row in rows:
        value = "not set" if row["value"] in ("", None, {}) else row["value"]
        heading = render.text(f"{row['key']} = {value}", "bold")
        heading.append_text(render.text(f"  ({row['origin']})", "dim"))
        render.put(heading, render.indented(str(row["description"]), 4))


def _home_origin() -> str:
    if opening.given_home() is not None:
        return "command line --home"
    return "environment HORIZON_HOME" if os.environ.get("HORIZON_HOME") else "default"


def _without_password(value: object) -> object:
    """Leave the password out of an address such as `postgresql://user:password@host/name`."""
    return (
        re.sub(r"(://[^/@:\s]*):[^/@\s]*@", r"\1:***@", value) if isinstance(value, str) else value
    )
