from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.conftest import Horizon


def settings_of(horizon: Horizon) -> dict[str, dict[str, object]]:
    return {row["key"]: row for row in horizon("config", "show", "--json").data["settings"]}


def test_says_where_every_value_came_from(
    horizon: Horizon, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    (home / "horizon.toml").write_text("[crawl]\ndelay = 9\nhosts = 2\n", encoding="utf-8")
    monkeypatch.setenv("HORIZON_CRAWL__HOSTS", "3")
    rows = settings_of(horizon)
    assert rows["crawl.delay"]["value"] == 9.0
    assert rows["crawl.delay"]["origin"] == str(home / "horizon.toml")
    assert rows["crawl.hosts"]["value"] == 3
    assert rows["crawl.hosts"]["origin"] == "environment HORIZON_CRAWL__HOSTS"
    assert rows["crawl.timeout"]["origin"] == "default"
    assert rows["home"]["origin"] == "environment HORIZON_HOME"
    printed = horizon("config", "show").out
    assert "crawl.hosts = 3  (environment HORIZON_CRAWL__HOSTS)\n" in printed


def test_explains_every_setting(horizon: Horizon) -> None:
    rows = settings_of(horizon)
    assert len(rows) > 20
    assert all(row["description"] for row in rows.values())


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_keeps_passwords_to_itself(
    horizon: Horizon, monkeypatch: pytest.MonkeyPatch, form: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HORIZON_DATABASE__URL", "postgresql+psycopg://ann:s3cret@db.nhs.uk/horizon")
    monkeypatch.setenv("HORIZON_CRAWL__PROXY", "http://ann:s3cret@proxy.nhs.uk:8080")
    printed = horizon("config", "show", *form).out
    assert "s3cret" not in printed
    assert "postgresql+psycopg://ann:***@db.nhs.uk/horizon" in printed
