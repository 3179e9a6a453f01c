"""The demonstration, run once for all tests that look at what it leaves behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.once import once

RUNS: Final = {"first": 1, "again": 1, "second": 2}
"""Day 1, day 1 again, day 2: name of the run, and the day that it shows."""


def demonstration(factory: pytest.TempPathFactory) -> Path:
    """A folder with, for each of `RUNS`, the summary `NAME.json` and the home `NAME` as it was
    left; whoever wants to change a home copies it.
    """
    return once(factory, "demonstration", _run)


def summary(folder: Path, name: str) -> dict[str, Any]:
    """What `horizon demo --json` printed in one of `RUNS`."""
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _run(folder: Path) -> None:
    home = folder / "home"
    for name, day in RUNS.items():
        command = [sys.executable, "-m", "tui.cli", "demo", "--no-app", "--json"]
        done = subprocess.run(
            [*command, "--day", str(day), "--home", str(home)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        (folder / f"{name}.json").write_text(done.stdout, encoding="utf-8")
        shutil.copytree(home, folder / name)
