"""The migrations give just the schema that the models describe."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

import migrations
from catalogue.database import Database
from catalogue.models import Base


def differences(connection: Connection) -> list[Any]:
    """What Alembic finds, but for indexes: on SQLite it cannot see the direction of a column."""
    context = MigrationContext.configure(
        connection, opts={"include_object": lambda _one, _name, kind, *_: kind != "index"}
    )
    found: list[Any] = compare_metadata(context, Base.metadata)
    return found


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.read() as session:
        assert differences(session.connection()) == []


def test_the_migrated_indexes_are_those_of_the_models(database: Database) -> None:
    made = Database("sqlite://")
    Base.metadata.create_all(made.engine)
    with database.read() as migrated, made.read() as modelled:
        assert _indexes(migrated) == _indexes(modelled)
    made.close()


def _indexes(session: Session) -> dict[str, str]:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return dict(session.execute(query).all())


def test_every_migration_can_be_taken_back_and_done_again(database: Database) -> None:
    scripts = list(ScriptDirectory(str(migrations.__path__[0])).walk_revisions())
    with database.write() as session:
        connection = session.connection()
        with Operations.context(MigrationContext.configure(connection)):
            for script in scripts:
                script.module.downgrade()
            assert inspect(connection).get_table_names() == ["alembic_version"]
            for script in reversed(scripts):
                script.module.upgrade()
    with database.read() as session:
        assert differences(session.connection()) == []
