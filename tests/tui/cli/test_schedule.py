from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Horizon
from tests.tui.test_wakers import CRONTAB, give
from tui.wakers import Waking


def test_the_command_shows_before_it_writes(
    tmp_path: Path, home: Path, horizon: Horizon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    give(tmp_path, "crontab", CRONTAB)
    draft = horizon("schedule", "install", "--by", "cron", "--dry-run")
    assert draft.out.rstrip().endswith(Waking(home).name)
    assert horizon("schedule", "show", "--json").data == {"installed": False, "entry": ""}
    assert "crawl.contact" in horizon("schedule", "install").err
    assert horizon("schedule", "show").out == draft.out
    assert horizon("schedule", "remove", "--dry-run").out == draft.out
    assert horizon("schedule", "remove").code == 0
    assert horizon("schedule", "show").out == ""
    assert "Nothing" in horizon("schedule", "remove").err


def test_a_machine_that_cannot_wake_anything_is_told_so(
    tmp_path: Path, horizon: Horizon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = horizon("schedule", "install")
    assert (ended.code, "horizon watch" in ended.err) == (3, True)
