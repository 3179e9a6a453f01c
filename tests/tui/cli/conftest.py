"""Running a command line inside the test's process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from catalogue.database import Database
from catalogue.identity import address
from catalogue.models import ToolName
from catalogue.text import name_key
from tests.builders import (
    make_claim,
    make_deployment,
    make_document,
    make_evidence,
    make_organisation,
    make_statement,
    make_tool,
)
from tui.cli.frame import HorizonCommand
from tui.cli.main import horizon as root
from tui.cli.main import run


@dataclass(frozen=True)
class Ended:
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 -- JSON is anything
        """Standard output read as JSON."""
        return json.loads(self.out)


Horizon = Callable[..., Ended]
"""Runs `horizon ARGUMENTS...` on the test's own home."""


def commands() -> list[tuple[str, HorizonCommand]]:
    """Every command with its path, `horizon` itself first."""

    def walk(command: click.Command | None, path: str) -> Iterator[tuple[str, HorizonCommand]]:
        assert isinstance(command, HorizonCommand)
        yield path, command
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=path)
            for name in command.list_commands(context):
                yield from walk(command.get_command(context, name), f"{path} {name}")

    return list(walk(root, "horizon"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, named by the environment."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HORIZON_HOME", str(folder))
    return folder


@pytest.fixture
def horizon(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Horizon:
    """A function that runs a command line; lines are 100 cells wide."""
    del home
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")

    def horizon(*arguments: str) -> Ended:
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return horizon


HOSTILE = "\x1b]0;owned\x07\x9b31m[bold red]Rota\u202eworf\x00[/]"
"""A name that would retitle the terminal, colour it, turn its letters round and be markup."""


@dataclass(frozen=True)
class Stock:
    """Ids of the tools in the stocked catalogue."""

    rotaflow: int
    scribe: int
    hostile: int


@pytest.fixture
def stock(home: Path, database: Database) -> Stock:
    """A catalogue in the home with three tools, one of them with a hostile name."""
    assert database.url.database == str(home / "catalogue.db")
    with database.write() as session:
        rotaflow = make_tool(session, "Rotaflow Pro", use_case="UC_SCHED_ROTA")
        page = make_document(session, "http://www.rotaflow.example/pro")
        rotaflow.homepage = page.url
        make_statement(session, rotaflow, "name", "Rotaflow Pro", document=page)
        make_statement(
            session, rotaflow, "price", "£2.50 per user", quote="From £2.50 per user", document=page
        )
        make_claim(session, rotaflow, document=page)
        make_evidence(session, rotaflow, document=page)
        make_deployment(session, rotaflow, document=page)
        other = make_organisation(session, "Quillon Hythe Ltd")
        scribe = make_tool(
            session, "Quill Scribe", supplier=other, summary="Writes letters from dictation."
        )
        hostile = make_tool(session, HOSTILE, supplier=other, summary=HOSTILE)
        for tool in (rotaflow, scribe, hostile):
            session.add(
                ToolName(tool_id=tool.id, kind="name", key=name_key(tool.name), text=tool.name)
            )
        session.add(
            ToolName(tool_id=rotaflow.id, kind="homepage", key=address(page.url), text=page.url)
        )
        return Stock(rotaflow.id, scribe.id, hostile.id)
