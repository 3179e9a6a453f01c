"""Running a command line inside the test's process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

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
