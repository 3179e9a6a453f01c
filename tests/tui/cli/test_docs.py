"""docs/commands.md cannot drift: it names every command, option, example and exit code."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tests.tui.cli.conftest import commands
from tui.cli.exits import EXIT_CODES

PAGE = (Path(__file__).parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
EVERYWHERE = {"--home", "--help", "--json", "--version"}
"""Options that the page explains once, for all commands."""


def sections() -> dict[str, str]:
    parts = re.split(r"^### `(horizon [a-z ]+)`$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_has_a_section_for_every_command_and_no_other() -> None:
    assert list(sections()) == [
        path for path, command in commands() if not isinstance(command, click.Group)
    ]


def test_gives_every_command_its_examples() -> None:
    for path, command in commands():
        if path in sections():
            for line in command.example.splitlines():
                assert f"\n    {line}\n" in sections()[path]


def test_explains_every_option_of_every_command() -> None:
    for path, command in commands():
        for param in command.params:
            for option in param.opts if isinstance(param, click.Option) else ():
                where = PAGE if option in EVERYWHERE else sections().get(path, PAGE)
                assert option in where, f"{path} {option}"


def test_names_no_option_that_does_not_exist() -> None:
    real = {
        option for _, command in commands() for param in command.params for option in param.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE)) <= real | EVERYWHERE


def test_gives_every_exit_code_its_meaning() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, flags=re.MULTILINE)
    assert [(int(code), meaning) for code, meaning in rows] == list(EXIT_CODES)
