"""The catalogue's database: opening it, and the two ways to talk to it.

One rule holds on SQLite and PostgreSQL alike: one writer at a time, and readers who see one
state throughout and wait for nobody. What a writer has read stays true until it commits, so
"make it unless it is there" needs no care anywhere else.

SQLite is driven without the transaction quirk of the old `pysqlite` mode: autocommit on the
driver, and BEGIN issued here; writers begin IMMEDIATE. On PostgreSQL writers take one advisory
lock, and readers read REPEATABLE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Insert,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from catalogue.errors import CatalogueError
from catalogue.models.base import Base
from catalogue.settings import Settings
from catalogue.text import one_line

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

HEAD = "0001"
"""Revision of the schema this code is written for: the newest in `migrations/versions`."""

SAFE_SQLITE = (3, 51, 3)
"""First version of SQLite without the WAL-reset bug, which can corrupt a database."""

BUSY_TIMEOUT = 30.0
"""Seconds a writer waits for another one."""

_WRITE_LOCK = f"""
SET LOCAL lock_timeout = '{BUSY_TIMEOUT:.0f}s';
SET LOCAL idle_in_transaction_session_timeout = '5min';
SELECT pg_advisory_xact_lock(740121)
"""
"""What a writer begins with on PostgreSQL. One that went silent is sent away by the server."""


class Database:
    """A database at a URL. Safe to share between threads; sessions are not.

    Raises:
        ArgumentError: the URL names neither SQLite nor PostgreSQL.
        ModuleNotFoundError: the driver it names is not installed.
    """

    def __init__(self, url: str, *, foreign_keys: bool = True) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError(f"{self.url.drivername} is neither SQLite nor PostgreSQL")
        if self.is_sqlite:
            self.engine = _sqlite_engine(self.url, foreign_keys=foreign_keys)
            self._writer = self.engine.execution_options(horizon_writes=True)
        else:
            self.engine = _server_engine(self.url)
            self._writer = self.engine.execution_options(
                horizon_writes=True, isolation_level="READ COMMITTED"
            )

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading: one consistent view, and nothing is kept."""
        with Session(self.engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together, or not at all."""
        with Session(self._writer) as session, session.begin():
            yield session

    def revision(self) -> str:
        """Revision of the schema in the database; empty when there are no tables yet."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Open the catalogue of these settings; a new one is made, an older one is not touched.

    Raises:
        CatalogueError: the database cannot be reached, or has another schema than this code.
    """
    database = connect(settings)
    try:
        revision = database.revision()
    except DatabaseError as error:
        database.close()
        where, why = database.url.render_as_string(), one_line(str(error.orig))
        raise CatalogueError(f"The catalogue at {where} cannot be opened: {why}") from error
    if revision == "":
        upgrade(settings)
    elif revision != HEAD:
        database.close()
        raise CatalogueError(
            f"The catalogue has schema {revision}, this version of Horizonscan needs {HEAD}.",
            "Run 'horizon db upgrade' (it makes a copy first)."
            if revision < HEAD
            else "It was written by a newer version: update Horizonscan.",
        )
    return database


def connect(settings: Settings, *, foreign_keys: bool = True) -> Database:
    """A `Database` without any look at its schema; makes the folder of an SQLite file.

    A migration runs without foreign keys: rebuilding a table would cascade into its children.

    Raises:
        CatalogueError: there is no such kind of database, or its driver is not installed.
    """
    try:
        database = Database(settings.database_url, foreign_keys=foreign_keys)
    except ModuleNotFoundError as error:
        raise CatalogueError(
            f"The package {error.name}, which reaches this database, is not installed.",
            "Run: pip install 'horizonscan[postgresql]'.",
        ) from error
    except ArgumentError as error:
        raise CatalogueError(
            "The setting database.url names neither SQLite nor PostgreSQL.",
            "It looks like postgresql+psycopg://user@host/horizon.",
        ) from error
    if database.is_sqlite and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    return database


def upgrade(settings: Settings) -> None:
    """Bring the schema to HEAD. Two processes may do it at once; the second finds it done."""
    from alembic import command  # noqa: PLC0415 - a third of a second, needed once in a life
    from alembic.config import Config  # noqa: PLC0415

    import migrations  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    database = connect(settings, foreign_keys=False)
    try:
        with database.write() as session:
            config.attributes["connection"] = session.connection()
            command.upgrade(config, "head")
            if database.is_sqlite and session.execute(text("PRAGMA foreign_key_check")).first():
                raise CatalogueError("The upgrade would leave rows without their parents.")
    finally:
        database.close()


def copy(database: Database, path: Path) -> None:
    """Write a consistent copy of an SQLite catalogue to `path`, which must not exist yet."""
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("VACUUM INTO ?", (str(path),))


def sqlite_module() -> ModuleType:
    """The safest SQLite at hand: the interpreter's, or the `pysqlite3` wheel if that is old."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return sqlite3
    try:
        import pysqlite3  # noqa: PLC0415 - only where the interpreter's own is old
    except ImportError:
        return sqlite3
    module: ModuleType = pysqlite3
    return module


def insert_new(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows; those that a unique constraint refuses stand already and are left alone."""
    if rows:
        session.flush()
        connection = session.connection()
        connection.execute(_inserting_new(model, connection.dialect.name), rows)


def insert_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows as they are, without objects: a third of the time where nobody needs these."""
    if rows:
        session.connection().execute(_inserting(model), rows)


def inserted(session: Session, model: type[Base], row: Mapping[str, object]) -> int:
    """Insert one row as it is; gives its number."""
    key = session.connection().execute(_inserting(model), row).inserted_primary_key
    assert key is not None  # noqa: S101 (it was one row)
    return int(key[0])


@cache
def _inserting(model: type[Base]) -> Insert:
    return insert(model)


@cache
def _inserting_new(model: type[Base], dialect: str) -> Insert:
    return yielding_insert(model, dialect).on_conflict_do_nothing()


def yielding_insert(model: type[Base], dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that can be told to leave alone what stands already; as a dialect has it."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 (only where it is talked to)

        return postgresql.insert(model)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415

    return sqlite.insert(model)


def _sqlite_engine(url: URL, *, foreign_keys: bool) -> Engine:
    engine = create_engine(
        url, module=sqlite_module(), connect_args={"timeout": BUSY_TIMEOUT}, pool_size=8
    )
    event.listen(engine, "connect", _on_connect)
    if foreign_keys:
        event.listen(engine, "connect", _with_foreign_keys)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _server_engine(url: URL) -> Engine:
    engine = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True)
    event.listen(engine, "begin", _on_server_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    handle: Any = connection
    handle.isolation_level = None
    cursor = handle.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "mmap_size=0",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _with_foreign_keys(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _on_server_begin(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(_WRITE_LOCK)


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("horizon_writes", False))
