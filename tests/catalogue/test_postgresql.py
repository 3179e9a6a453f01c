"""The essential tests of the catalogue once more, on a PostgreSQL server.

They run where HORIZON_TEST_POSTGRESQL_URL names a server on which databases may be made, as in
`postgresql+psycopg://postgres@127.0.0.1/postgres`. Each test has a database of its own, copied
from one that was migrated once; all are dropped at the end.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, make_url, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from catalogue.clock import fixed_clock
from catalogue.database import HEAD, Database, connect, open_database, upgrade
from catalogue.errors import CatalogueError
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Ingestor
from catalogue.models import Document, Organisation, Statement, Tool
from catalogue.queries.check import check
from catalogue.queries.fingerprint import fingerprint
from catalogue.settings import Settings, load
from tests.builders import DAY, make_document, make_organisation
from tests.catalogue import (
    test_beginnings,
    test_frontier,
    test_ingest,
    test_replay,
    test_shelf,
    visits,
)
from tests.catalogue.queries import test_tools
from tests.catalogue.review import test_events, test_projects, test_shortlists

# Read when the module is loaded: a fixture of all tests takes HORIZON_ variables away.
SERVER = os.environ.get("HORIZON_TEST_POSTGRESQL_URL", "")
TEMPLATE = f"horizon_test_{os.getpid()}"
# Other collations order and compare differently: nothing may hang on that.
COLLATION = "LOCALE_PROVIDER icu ICU_LOCALE 'en-GB' TEMPLATE template0"

pytestmark = pytest.mark.skipif(not SERVER, reason="HORIZON_TEST_POSTGRESQL_URL names no server")


def _again(*modules: ModuleType) -> None:
    """Take the tests and fixtures of other modules into this one, where `database` is another."""
    for module in modules:
        for name, thing in vars(module).items():
            fixture = type(thing).__name__ == "FixtureFunctionDefinition"
            if fixture or name.startswith("test_"):
                globals()[name] = thing


_again(test_beginnings, test_events, test_frontier, test_ingest, test_replay)
_again(test_projects, test_shelf, test_shortlists, test_tools)


def _url(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def server() -> Iterator[Connection]:
    """A connection on which databases are made and dropped."""
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def template(server: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database at the newest schema."""
    server.execute(text(f"CREATE DATABASE {TEMPLATE} {COLLATION}"))
    home = tmp_path_factory.mktemp("server")
    upgrade(load(home, {}, {"database": {"url": _url(TEMPLATE)}}))
    yield TEMPLATE
    server.execute(text(f"DROP DATABASE {TEMPLATE} WITH (FORCE)"))


@pytest.fixture
def settings(
    server: Connection, template: str, tmp_path: Path, numbers: Iterator[int]
) -> Iterator[Settings]:
    """The defaults, with a home and a database of the test's own."""
    name = f"{template}_{next(numbers)}"
    server.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield load(tmp_path / "home", {}, {"database": {"url": _url(name)}})
    server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return count()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """An empty catalogue on the server."""
    database = open_database(settings)
    yield database
    database.close()


def test_the_tests_run_on_the_server(database: Database) -> None:
    with database.read() as session:
        assert "PostgreSQL" in str(session.scalar(text("SELECT version()")))
        assert session.scalar(text("SHOW transaction_isolation")) == "repeatable read"


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415

    from catalogue.models import Base  # noqa: PLC0415

    with database.read() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_two_openings_at_once_make_one_catalogue(server: Connection, tmp_path: Path) -> None:
    name = f"{TEMPLATE}_new"
    server.execute(text(f"CREATE DATABASE {name}"))
    settings = load(tmp_path, {}, {"database": {"url": _url(name)}})
    faults: list[Exception] = []

    def opening() -> None:
        try:
            open_database(settings).close()
        except (CatalogueError, DatabaseError) as error:
            faults.append(error)

    _at_once(opening, 4)
    database = connect(settings)
    assert (faults, database.revision()) == ([], HEAD)
    database.close()
    server.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def test_writers_wait_for_each_other(database: Database) -> None:
    def found_or_made() -> None:
        for number in range(10):
            with database.write() as session:
                make_organisation(session, f"Vale {number} NHS Trust", kind="buyer")

    _at_once(found_or_made, 4)
    with database.read() as session:
        assert len(session.scalars(select(Organisation.id)).all()) == 10


def test_a_reader_sees_one_state_throughout(database: Database) -> None:
    with database.read() as session:
        before = session.scalars(select(Document.id)).all()
        with database.write() as other:
            make_document(other)
        assert session.scalars(select(Document.id)).all() == before
    with database.read() as session:
        assert len(session.scalars(select(Document.id)).all()) == 1


@pytest.mark.parametrize(
    "change", ["DELETE FROM event", "UPDATE event SET actor = 'somebody'", "TRUNCATE event"]
)
def test_events_cannot_be_changed(database: Database, change: str) -> None:
    with database.write() as session:
        session.execute(
            text(
                "INSERT INTO shortlist (id, name, purpose, query, created_by, created_at, version)"
                " VALUES (1, 'a', '', '', 'Kim', '2026-10-05', 1);"
                "INSERT INTO event (id, at, actor, step, action, shortlist_id, reason, query)"
                " VALUES (1, '2026-10-05', 'Kim', '1', 'shortlist.create', 1, '', '')"
            )
        )
    with pytest.raises(IntegrityError, match="append-only"), database.write() as session:
        session.execute(text(change))


def test_a_market_says_the_same_on_both_databases(
    database: Database, empty_catalogue: Path
) -> None:
    """With a long address and a long name, which an index of the server could refuse."""
    home = "http://www.rotaflow.example/" + "very-long-part/" * 60
    long = visits.tool("Rotaflow " + "Extra " * 45, home, price="£2", summary="Builds rotas.")
    sites = [
        visits.Site(visits.source(), {home: visits.page("Rotaflow", "Builds rotas.", long)}),
        test_ingest.network(),
    ]
    other = Database(f"sqlite:///{empty_catalogue}")
    said = []
    for one in (database, other):
        visits.crawl(one, *sites)
        with one.read() as session:
            said.append(fingerprint(session))
            assert session.scalars(select(Statement.id)).first() is not None
        assert check(one, lambda _: True) == []
    other.close()
    assert said[0] == said[1]


def test_a_tool_is_made_once_by_two_crawls_at_once(database: Database) -> None:
    """Two pages of one tool, stored at the same moment by two processes' worth of threads."""
    urls = [f"http://www.rotaflow.example/{name}" for name in "abcd"]
    clock = fixed_clock(DAY)
    frontier = Frontier(database, clock)
    frontier.register([visits.source()])
    run = frontier.start("rotaflow", [Found(url, 0) for url in urls], 10)
    tasks = frontier.lease(run, 4)
    stored: list[int] = []

    def store() -> None:
        task = tasks.pop()
        told = visits.page("RotaFlow", task.url, visits.tool("RotaFlow", task.url))
        visit = visits.visit_of(run, task, told, DAY)
        stored.append(Ingestor(database, clock).ingest(visit).new)

    _at_once(store, 4)
    assert stored == [1] * 4
    with database.read() as session:
        assert session.scalars(select(Tool.name)).all() == ["RotaFlow"]


def _at_once(work: object, times: int) -> None:
    assert callable(work)
    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
