"""`horizon db`: upgrade and check the catalogue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from pathlib import Path

    from catalogue.settings import Settings
    from crawler.snapshots import Snapshots


@click.group(cls=HorizonGroup, example="horizon db check")
def db() -> None:
    """Upgrade and check the catalogue.

    A new catalogue is made by itself when it is first needed.
    """


@db.command(cls=HorizonCommand, example="horizon db upgrade")
@json_option
def upgrade(*, as_json: bool) -> None:
    """Bring an older catalogue to the schema of this version.

    A catalogue in SQLite is copied first; on a server, make a backup by its own means.
    """
    from catalogue.database import HEAD, connect
    from catalogue.database import upgrade as bring_to_head
    from catalogue.errors import CatalogueError
    from tui.cli import render
    from tui.state.wording import plural

    settings = opening.settings()
    database = connect(settings)
    try:
        before = database.revision()
    finally:
        database.close()
    if before > HEAD:
        raise CatalogueError(
            f"The catalogue has schema {before}, this version of Horizonscan knows {HEAD}.",
            "It was written by a newer version: update Horizonscan.",
        )
    copied = _copy(settings, before) if before not in ("", HEAD) else None
    if copied is not None:
        render.say(f"A copy of the catalogue as it was is {copied}.")
    if before != HEAD:
        bring_to_head(settings)
    changed = _bring_in_step(settings)
    if as_json:
        render.as_json({"before": before, "after": HEAD, "copy": copied, "tools": changed})
        return
    if before != HEAD:
        render.say(
            f"The catalogue has schema {HEAD} now" + (f", before {before}." if before else ".")
        )
    elif not changed:
        render.say(f"The catalogue has schema {HEAD}; there is nothing to do.")
    if changed:
        render.say(f"What is shown of {plural(changed, 'tool')} is in step with today's rules.")


@db.command(cls=HorizonCommand, example="horizon db check")
@json_option
def check(*, as_json: bool) -> None:
    """Check the catalogue: its file, its frontier, its sources of every value, its snapshots.

    Ends with exit code 5 when something is wrong. The fingerprint is the same for two catalogues
    that say the same.
    """
    from catalogue.errors import CatalogueError
    from catalogue.queries.check import check as findings_of
    from catalogue.queries.check import warnings
    from catalogue.queries.fingerprint import fingerprint
    from crawler.snapshots import Snapshots
    from tui.cli import render
    from tui.state.wording import plural

    with opening.services() as services:
        kept = Snapshots(services.settings.snapshots)
        findings = findings_of(services.database, partial(_holds, kept))
        cautions = warnings(services.database)
        with services.database.read() as session:
            said = fingerprint(session)
    for caution in cautions:
        render.say(caution)
    if as_json:
        render.as_json({"findings": findings, "warnings": cautions, "fingerprint": said})
    else:
        for finding in findings:
            render.put(render.text(finding))
        render.put(render.text(f"fingerprint {said}"))
    if findings:
        raise CatalogueError(f"The check found {plural(len(findings), 'fault')}.")
    render.say("The catalogue is sound.")


def _holds(kept: Snapshots, sha: str) -> bool:
    """Whether a body is there and is what was put in."""
    from catalogue.errors import CatalogueError, NotFoundError

    try:
        kept.get(sha)
    except (CatalogueError, NotFoundError):
        return False
    return True


def _bring_in_step(settings: Settings) -> int:
    """Bring what is shown in step with today's rules; how many tools changed."""
    from catalogue.database import connect
    from catalogue.projection import project_all

    database = connect(settings)
    try:
        return project_all(database)
    finally:
        database.close()


def _copy(settings: Settings, revision: str) -> Path | None:
    """Copy a catalogue in SQLite beside itself; None on a server."""
    from datetime import UTC, datetime

    from catalogue.database import connect, copy

    database = connect(settings)
    try:
        if not database.is_sqlite:
            return None
        folder = settings.home / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"catalogue-{revision}-{datetime.now(UTC):%Y%m%dT%H%M%S}.db"
        copy(database, path)
        return path
    finally:
        database.close()
