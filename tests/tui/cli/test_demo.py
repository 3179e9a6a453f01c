"""The demonstration from end to end: crawled, indexed, found, and seen again a month later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.demonstration import demonstration, summary
from tests.tui.cli.conftest import Horizon
from tui.cli import demo as command


@pytest.mark.slow
@pytest.mark.model
def test_a_market_is_found_shortlisted_and_seen_to_change(
    horizon: Horizon, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    counts = summary(demonstration(tmp_path_factory), "first")
    assert list(counts) == [
        *("day", "home", "pages", "unchanged", "documents", "tools", "suppliers", "claims"),
        *("evidence", "deployments", "signals", "seconds"),
    ]
    assert list(counts["seconds"]) == ["crawl", "model", "index", "total"]
    shutil.copytree(demonstration(tmp_path_factory) / "first", home, dirs_exist_ok=True)

    again = horizon("demo", "--no-app")
    assert again.code == 0
    assert "Everything was unchanged" in again.out

    best = horizon("search", "summarise meetings of the board", "--json").data["hits"][0]
    assert best["kind"] == "tool"
    near = horizon("similar", best["title"], "--limit", "2", "--json").data
    assert len(near["similar"]) == 2
    likest = near["similar"][0]
    assert list(likest) == [
        *("id", "name", "supplier", "score", "does", "serves", "claimed"),
        *("alike", "differs", "passages"),
    ]
    assert likest["alike"]
    assert likest["differs"]
    assert best["title"] in horizon("show", best["title"]).out

    later = horizon("demo", "--day", "2", "--no-app")
    assert later.code == 0
    assert "What changed" in later.out
    assert "Claim changed: RotaFlow, up to 2 hours per week → up to 3 hours per week" in later.out
    back = horizon("demo", "--day", "1", "--json")
    assert back.code == 5
    assert "before that" in back.err

    assert horizon("index", "verify").code == 0
    assert horizon("db", "check").code == 0


def test_has_a_folder_of_its_own_unless_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, horizon: Horizon
) -> None:
    homes: list[Path] = []

    def refuse(day: int, home: Path) -> None:
        del day
        homes.append(home)
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.demonstration.demonstrate", refuse)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    horizon("demo")
    horizon("demo", "--home", str(tmp_path / "named"))
    monkeypatch.delenv("HORIZON_HOME")
    horizon("demo")
    assert homes[:2] == [tmp_path / "home", tmp_path / "named"]
    assert homes[2].name == "horizonscan-demo"


def test_the_folder_is_given_as_a_shell_takes_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert command._shortened(tmp_path / "my market") == "~/'my market'"
    assert command._shortened(Path("/srv/x y")) == "'/srv/x y'"
