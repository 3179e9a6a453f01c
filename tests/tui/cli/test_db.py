from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text, update

import catalogue.database
from catalogue.database import HEAD, Database
from catalogue.models import Snapshot, Tool
from crawler.snapshots import Snapshots
from tests.builders import make_document
from tests.tui.cli.conftest import Horizon, Stock


def test_check_of_a_new_catalogue_finds_nothing(horizon: Horizon) -> None:
    ended = horizon("db", "check")
    assert ended.code == 0
    assert re.fullmatch(r"fingerprint [0-9a-f]{64}\n", ended.out)
    assert ended.err.endswith("The catalogue is sound.\n")


def test_check_tells_what_is_wrong_and_ends_with_5(horizon: Horizon, stock: Stock) -> None:
    del stock  # its snapshots have no bodies
    ended = horizon("db", "check", "--json")
    assert ended.code == 5
    assert any("of a snapshot is missing" in finding for finding in ended.data["findings"])
    assert len(ended.data["fingerprint"]) == 64


def test_upgrade_makes_a_new_catalogue(horizon: Horizon, home: Path) -> None:
    made = {"before": "", "after": HEAD, "copy": None, "tools": 0}
    assert horizon("db", "upgrade", "--json").data == made
    assert (home / "catalogue.db").exists()
    assert horizon("db", "upgrade").err == (
        f"The catalogue has schema {HEAD}; there is nothing to do.\n"
    )


def test_upgrade_brings_what_is_shown_in_step(horizon: Horizon, stock: Stock) -> None:
    del stock  # its tools were never projected
    assert horizon("db", "upgrade").err == (
        "What is shown of 3 tools is in step with today's rules.\n"
    )
    assert horizon("db", "upgrade", "--json").data["tools"] == 0


def test_check_finds_a_damaged_body(horizon: Horizon, home: Path, database: Database) -> None:
    kept = Snapshots(home / "snapshots")
    with database.write() as session:
        make_document(session)
        session.execute(update(Snapshot).values(raw_sha=kept.put(b"body")))
    assert horizon("db", "check").code == 0
    path = next((home / "snapshots").rglob("*.zst"))
    path.write_bytes(path.read_bytes()[:-2])
    assert "missing or damaged" in horizon("db", "check").out


def test_upgrade_copies_an_older_catalogue_first(
    horizon: Horizon, home: Path, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue.database, "HEAD", "0002")
    assert horizon("shortlist", "list").code == 5
    ended = horizon("db", "upgrade", "--json")
    assert ended.data["before"] == "0001"
    copy = Path(ended.data["copy"])
    assert copy.parent == home / "backups"
    with Database(f"sqlite:///{copy}").read() as session:
        assert session.get_one(Tool, stock.rotaflow).name == "Rotaflow Pro"


def test_a_newer_catalogue_is_left_alone(horizon: Horizon, home: Path, database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in (["db", "upgrade"], ["shortlist", "list"]):
        ended = horizon(*command)
        assert ended.code == 5
        assert "update Horizonscan" in ended.err
    assert not (home / "backups").exists()
