"""Checks of the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from catalogue.database import HEAD, SAFE_SQLITE, Database, sqlite_module
from catalogue.models import (
    CrawlTask,
    Document,
    Snapshot,
    Statement,
    Tool,
    Visit,
)
from catalogue.projection import project
from catalogue.queries.fingerprint import fingerprint


def check(database: Database, has_body: Callable[[str], bool]) -> list[str]:
    """Everything that is wrong with the catalogue, a sentence each; empty when it is sound.

    Args:
        database: The catalogue.
        has_body: Tells whether the snapshot store holds the body of this SHA-256, undamaged.
    """
    revision = database.revision()
    if revision != HEAD:
        return [f"The schema is {revision or 'missing'}, this version needs {HEAD}."]
    findings: list[str] = []
    with database.read() as session:
        if database.is_sqlite:
            findings += _sqlite(session)
        findings += _frontier(session)
        findings += _documents(session, has_body)
        findings += _provenance(session)
    findings += _projection(database)
    return findings


def warnings(database: Database) -> list[str]:
    """What is not wrong but deserves attention."""
    if database.is_sqlite and sqlite_module().sqlite_version_info < SAFE_SQLITE:
        safe = ".".join(map(str, SAFE_SQLITE))
        return [
            (
                f"SQLite {sqlite_module().sqlite_version} can corrupt a busy catalogue; install"
                f" the package pysqlite3 or a Python with SQLite {safe} or newer."
            )
        ]
    return []


def _sqlite(session: Session) -> Iterator[str]:
    for row in session.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield f"SQLite: {row[0]}."
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} points to a row of {row[2]} that is not there."


def _frontier(session: Session) -> Iterator[str]:
    twice = (
        select(Visit.url, func.count())
        .where(Visit.state.in_(("read", "unchanged", "not_modified", "listed")))
        .group_by(Visit.run_id, Visit.task_id, Visit.url)
        .having(func.count() > 1)
    )
    for url, count in session.execute(twice):
        yield f"{url} was stored {count} times in one run."
    lost = select(CrawlTask.url).where(CrawlTask.state.not_in(("due", "leased", "done")))
    for url in session.scalars(lost):
        yield f"{url} stands on the frontier in an unknown state."
    unread = (
        select(Visit.url)
        .outerjoin(Document, Document.id == Visit.document_id)
        .where(Visit.state == "read", Document.id.is_(None))
    )
    for url in session.scalars(unread):
        yield f"{url} was read, but there is no document of it."


def _documents(session: Session, has_body: Callable[[str], bool]) -> Iterator[str]:
    bare = (
        select(Document.url)
        .outerjoin(Snapshot, Snapshot.document_id == Document.id)
        .where(Snapshot.id.is_(None))
    )
    for url in session.scalars(bare):
        yield f"{url} has no snapshot."
    for sha in session.scalars(select(Snapshot.raw_sha).distinct().order_by(Snapshot.raw_sha)):
        if not has_body(sha):
            yield f"The body {sha[:12]} of a snapshot is missing or damaged."


def _provenance(session: Session) -> Iterator[str]:
    silent = select(Statement.id).where(Statement.quote == "", Statement.absence == "yes")
    for statement_id in session.scalars(silent):
        yield f"Statement {statement_id} has no words to it."
    early = (
        select(Statement.id)
        .join(Document, Document.id == Statement.document_id)
        .where(Statement.last_seen > Document.last_seen)
    )
    for statement_id in session.scalars(early):
        yield f"Statement {statement_id} was seen later than its document."


def _projection(database: Database) -> list[str]:
    """Project every tool again, compare, and keep nothing of it."""
    with database.read() as session:
        before = fingerprint(session)
        for tool in session.scalars(select(Tool).order_by(Tool.id)):
            project(session, tool)
        after = fingerprint(session)
    if before != after:
        return ["What is shown differs from what the statements give."]
    return []
