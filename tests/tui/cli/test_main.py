from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from catalogue.errors import HorizonError, NotFoundError
from tests.tui.cli.conftest import Horizon, commands
from tui.cli import opening
from tui.cli.exits import EXIT_CODES
from tui.cli.frame import Entry
from tui.cli.main import ENTRIES

GOLDEN = Path(__file__).parent / "__golden__" / "help.txt"
HEAVY = ("torch", "faiss", "scrapy", "sqlalchemy", "textual", "pydantic", "numpy")
LIGHT = ("rich", "yaml", "tui.cli.find", "tui.cli.demo")
"""What single commands may import, but the table of all commands need not."""


def child(*arguments: str, program: str = "") -> subprocess.CompletedProcess[str]:
    start = ["-c", program] if program else ["-c", "from tui.cli.main import main; main()"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )


class TestHelp:
    def test_teaches_every_command_and_exit_code(self, horizon: Horizon) -> None:
        ended = horizon("--help")
        assert ended.code == 0
        assert ended.out == GOLDEN.read_text(encoding="utf-8")
        assert ended.err == ""

    @pytest.mark.parametrize("command", [(), *((entry.name,) for entry in ENTRIES)])
    def test_imports_nothing_heavy(self, command: tuple[str, ...]) -> None:
        heavy = HEAVY if command else (*HEAVY, *LIGHT)
        program = (
            f"import sys\nfrom tui.cli.main import run\ncode = run([*{command!r}, '--help'])\n"
            f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
            "sys.exit(code)"
        )
        ended = child(program=program)
        assert (ended.returncode, ended.stderr.strip()) == (0, "[]")

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
    def test_line_in_the_table_is_that_of_the_command(self, entry: Entry) -> None:
        help_text = entry.load().help
        assert help_text is not None
        assert help_text.strip().splitlines()[0] == entry.help


class TestWrongCommandLine:
    @pytest.mark.parametrize(
        ("arguments", "nearest"),
        [
            (["serach", "x"], "'search'"),
            (["config", "shw"], "'show'"),
            (["shortlist", "ad", "x"], "'add'"),
            (["config", "show", "--jsn"], "'--json'"),
            (["--hom", "x", "config", "show"], "'--home'"),
        ],
    )
    def test_is_answered_with_the_nearest_right_one(
        self, horizon: Horizon, arguments: list[str], nearest: str
    ) -> None:
        ended = horizon(*arguments)
        assert ended.code == 2
        assert ended.out == ""
        assert f"Did you mean {nearest}?" in ended.err
        assert "--help'." in ended.err

    def test_lists_the_commands_when_none_is_near(self, horizon: Horizon) -> None:
        assert "Choose one of: claims, config, crawl, db" in horizon("xyzzy").err

    def test_never_reaches_the_terminal_raw(self, horizon: Horizon) -> None:
        ended = horizon("\x1b[2Jse\x07arch", "\x1b]0;owned\x07")
        assert ended.code == 2
        assert not set(ended.err) & {"\x1b", "\x07"}

    def test_a_missing_argument_is_a_usage_error(self, horizon: Horizon) -> None:
        ended = horizon("search")
        assert ended.code == 2
        assert "QUERY" in ended.err


class TestHome:
    @pytest.mark.parametrize("place", ["before", "after", "between"])
    def test_may_stand_anywhere(self, horizon: Horizon, tmp_path: Path, place: str) -> None:
        other = str(tmp_path / "other")
        ended = {
            "before": lambda: horizon("--home", other, "config", "show", "--json"),
            "after": lambda: horizon("config", "show", "--json", "--home", other),
            "between": lambda: horizon("config", "--home", other, "show", "--json"),
        }[place]()
        assert ended.data["home"] == other

    def test_the_last_one_wins_over_all(self, horizon: Horizon, tmp_path: Path) -> None:
        first, last = str(tmp_path / "first"), str(tmp_path / "last")
        ended = horizon("--home", first, "config", "show", "--json", "--home", last)
        assert ended.data["home"] == last

    def test_is_that_of_the_environment_otherwise(self, horizon: Horizon, home: Path) -> None:
        assert horizon("config", "show", "--json").data["home"] == str(home)


class TestEnding:
    def test_every_error_has_its_code_in_the_table(self) -> None:
        codes = {
            HorizonError.exit_code,
            *(kind.exit_code for kind in HorizonError.__subclasses__()),
        }
        assert codes <= {code for code, _ in EXIT_CODES}
        assert [code for code, _ in EXIT_CODES] == sorted({code for code, _ in EXIT_CODES})

    def test_an_error_is_a_sentence_with_a_hint_and_no_traceback(
        self, horizon: Horizon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise NotFoundError("There is no tool 'Rota\x1b[31m'.", "Did you mean 'Rotaflow'?")

        monkeypatch.setattr(opening, "given_home", fail)
        ended = horizon("config", "show")
        assert ended.code == NotFoundError.exit_code
        assert ended.err == "horizon: There is no tool 'Rota'.\nDid you mean 'Rotaflow'?\n"

    def test_ctrl_c_ends_with_130(self, horizon: Horizon, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt() -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(opening, "given_home", interrupt)
        ended = horizon("config", "show")
        assert (ended.code, ended.err.strip()) == (130, "horizon: Interrupted.")

    def test_an_unreadable_settings_file_is_named(self, horizon: Horizon, home: Path) -> None:
        home.mkdir()
        (home / "horizon.toml").write_text("[crawl]\ndelai = 3\n", encoding="utf-8")
        ended = horizon("config", "show")
        assert ended.code == 4
        assert "Did you mean 'crawl.delay'?" in ended.err

    def test_a_closed_pipe_is_quiet(self) -> None:
        program = (
            "import os, sys\nfrom tui.cli.main import main\n"
            "reader, writer = os.pipe()\nos.dup2(writer, 1)\nos.close(reader)\nmain()"
        )
        ended = child("config", "show", program=program)
        assert (ended.returncode, ended.stderr) == (1, "")

    def test_the_app_needs_a_terminal(self, horizon: Horizon) -> None:
        ended = horizon()
        assert ended.code == 2
        assert "needs a terminal" in ended.err

    def test_text_that_the_terminal_cannot_write_is_escaped(self, tmp_path: Path) -> None:
        program = (
            "import io, sys\nsys.stdout = io.TextIOWrapper(open(1, 'wb', closefd=False), 'ascii')\n"
            "from tui.cli.main import main\nmain()"
        )
        ended = child("config", "show", "--home", str(tmp_path / "café"), program=program)
        assert ended.returncode == 0
        assert "caf\\xe9" in ended.stdout


def test_every_command_teaches_an_example() -> None:
    for path, command in commands():
        context = click.Context(command, info_name=path)
        help_text = command.get_help(context)
        assert "Example:\n  horizon " in help_text, path
        assert "--home" in help_text, path


def test_a_command_is_its_own_example() -> None:
    for path, command in commands():
        assert command.example.startswith(path), path


def test_version(horizon: Horizon) -> None:
    assert horizon("--version").out.startswith("horizonscan 0.")
