"""Replay of the whole demonstration: the same bytes, read again, give the same catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from catalogue.database import open_database
from catalogue.models import Document, Signal
from catalogue.queries.check import check
from catalogue.queries.fingerprint import content
from catalogue.replay import Replay
from catalogue.settings import load
from crawler.replay import replay
from crawler.snapshots import Snapshots
from crawler.source import source_defined
from tests.demonstration import RUNS, demonstration

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", [*RUNS][1:])
def test_reading_everything_again_changes_nothing(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path / name
    shutil.copytree(demonstration(tmp_path_factory) / name, home)
    settings = load(home, env={})
    database = open_database(settings)
    with database.read() as session:
        before = list(content(session))
        documents = session.scalar(select(func.count(Document.id)))
        signals = session.scalar(select(func.count(Signal.id)))
    door = Replay(database)
    work = [(source_defined(one.definition), door.documents(one.name)) for one in door.sources()]
    came_to = replay(work, door, settings)
    assert [str(one) for one in came_to.examples] == []
    assert (came_to.unchanged, came_to.left, came_to.lost_states) == (documents, [], 0)
    with database.read() as session:
        assert list(content(session)) == before
        assert session.scalar(select(func.count(Signal.id))) == signals
    kept = Snapshots(settings.snapshots)
    assert check(database, lambda sha: sha in kept) == []
    database.close()
