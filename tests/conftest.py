"""Fixtures of all tests: settings in a temporary home, a migrated catalogue, a clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.clock import Clock, fixed_clock
from catalogue.database import Database, open_database, upgrade
from catalogue.settings import ENV_PREFIX, Settings, load
from tests.builders import DAY

TERMINAL = (
    *("COLUMNS", "LINES"),
    *("NO_COLOR", "COLORTERM", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TEXTUAL_THEME"),
)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(ENV_PREFIX) or name in TERMINAL:
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with a home of the test's own."""
    return load(tmp_path / "home", env={})


@pytest.fixture(scope="session")
def empty_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite catalogue at the newest schema: migrated once, copied for each test."""
    settings = load(tmp_path_factory.mktemp("empty_catalogue"), env={})
    upgrade(settings)
    return settings.home / "catalogue.db"


@pytest.fixture
def database(settings: Settings, empty_catalogue: Path) -> Iterator[Database]:
    """An empty catalogue in the home of `settings`."""
    settings.home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(empty_catalogue, settings.home / "catalogue.db")
    database = open_database(settings)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    """A clock that always shows `tests.builders.DAY`."""
    return fixed_clock(DAY)
