"""Runs the migrations on the connection that `catalogue.database.upgrade` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from catalogue.models import Base


def run() -> None:
    """Run them in the caller's transaction: it is committed, or nothing has happened."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=False,
    )
    context.run_migrations()


run()
