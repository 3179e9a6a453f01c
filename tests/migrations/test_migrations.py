"""The migrations give just the schema that the models describe."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import migrations
from catalogue.database import Database
from catalogue.models import Base


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


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
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []
