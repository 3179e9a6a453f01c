"""Opening the catalogue, and writers that wait for each other."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue import database as module
from catalogue.database import HEAD, SAFE_SQLITE, Database, copy, insert_new, open_database
from catalogue.errors import CatalogueError
from catalogue.models import Event, Identifier, Organisation
from catalogue.settings import Settings, load
from tests.builders import DAY, make_organisation


def test_a_new_catalogue_is_made_at_the_newest_schema(settings: Settings) -> None:
    database = open_database(settings)
    assert database.revision() == HEAD
    database.close()


def test_the_safest_sqlite_at_hand_is_used(database: Database) -> None:
    with database.read() as session:
        version = session.scalar(text("SELECT sqlite_version()"))
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    assert tuple(map(int, str(version).split("."))) >= SAFE_SQLITE


@pytest.mark.parametrize(("revision", "advice"), [("0000", "db upgrade"), ("9999", "newer")])
def test_another_schema_is_refused_with_advice(
    settings: Settings, database: Database, revision: str, advice: str
) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    with pytest.raises(CatalogueError, match=advice):
        open_database(settings)


def test_a_file_that_is_no_catalogue_is_one_sentence(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    (settings.home / "catalogue.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(CatalogueError, match="cannot be opened"):
        open_database(settings)


def test_two_openings_at_once_make_one_catalogue(settings: Settings) -> None:
    faults: list[Exception] = []

    def opening() -> None:
        try:
            open_database(load(settings.home, {})).close()
        except CatalogueError as error:
            faults.append(error)

    threads = [threading.Thread(target=opening) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_writers_wait_for_each_other(database: Database) -> None:
    def count_up() -> None:
        for _ in range(25):
            with database.write() as session:
                row = session.scalars(select(Organisation)).one()
                row.kind = str(int(row.kind) + 1)

    with database.write() as session:
        make_organisation(session, kind="0")
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalars(select(Organisation.kind)).one() == "100"


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail(session: Session) -> None:
        make_organisation(session)
        raise RuntimeError

    with pytest.raises(RuntimeError), database.write() as session:
        fail(session)
    with database.read() as session:
        assert session.scalar(select(func.count(Organisation.id))) == 0


def test_reading_keeps_nothing(database: Database) -> None:
    with database.read() as session:
        make_organisation(session)
    with database.read() as session:
        assert session.scalar(select(func.count(Organisation.id))) == 0


def test_rows_that_stand_already_are_left_alone(database: Database) -> None:
    with database.write() as session:
        owner = make_organisation(session)
        row = {"organisation_id": owner.id, "scheme": "GB-COH", "value": "01234567"}
        insert_new(session, Identifier, [row])
        insert_new(session, Identifier, [row])
        assert session.scalar(select(func.count(Identifier.id))) == 1


@pytest.mark.parametrize("change", ["DELETE FROM event", "UPDATE event SET actor = 'somebody'"])
def test_events_cannot_be_changed(database: Database, change: str) -> None:
    with database.write() as session:
        session.execute(
            text(
                "INSERT INTO shortlist (id, name, purpose, query, created_by, created_at, version)"
                " VALUES (1, 'a', '', '', 'Kim', '2026-10-05', 1)"
            )
        )
        session.add(
            Event(
                at=DAY, actor="Kim", step="1", action="shortlist.create", shortlist_id=1, reason=""
            )
        )
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(change))


def test_a_copy_is_whole(settings: Settings, database: Database) -> None:
    with database.write() as session:
        make_organisation(session)
    target = settings.home / "copy.db"
    copy(database, target)
    other = Database(f"sqlite:///{target}")
    with other.read() as session:
        assert session.scalar(select(func.count(Organisation.id))) == 1
    other.close()


def test_head_is_the_newest_migration() -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    import migrations  # noqa: PLC0415

    folder = str(migrations.__path__[0])
    assert ScriptDirectory(folder).get_current_head() == module.HEAD


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "neither SQLite nor PostgreSQL"),
        ("mysql://host/horizon", "neither SQLite nor PostgreSQL"),
        ("postgresql+nodriver://host/horizon", "neither SQLite nor PostgreSQL"),
        ("postgresql+psycopg2://host/horizon", "package psycopg2"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(
    tmp_path: Path, url: str, said: str
) -> None:
    settings = load(tmp_path, {}, {"database": {"url": url}})
    with pytest.raises(CatalogueError, match=said):
        open_database(settings)
