"""Checks of the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from sqlalchemy import case, func, or_, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from catalogue.database import HEAD, SAFE_SQLITE, Database, sqlite_module
from catalogue.judgements import judgements
from catalogue.models import (
    CrawlRun,
    CrawlTask,
    Displayed,
    Document,
    HeldVisit,
    Organisation,
    Snapshot,
    Statement,
    Tool,
    Visit,
)
from catalogue.projection import out_of_step
from catalogue.review.holding import holding
from catalogue.review.merging import MODELS
from catalogue.text import one_line

SHOWN = 20
"""Findings of one kind that are told one by one."""

ANSWERED = ("read", "unchanged", "not_modified", "listed")
"""States of a visit after which the address is done with in its run."""


def check(database: Database, has_body: Callable[[str], bool]) -> list[str]:
    """Everything that is wrong with the catalogue, a sentence each; empty when it is sound.

    Reads only: a crawl may go on meanwhile.

    Args:
        database: The catalogue.
        has_body: Tells whether the snapshot store holds the body of this SHA-256, undamaged.
    """
    findings: list[str] = []
    try:
        revision = database.revision()
        if revision != HEAD:
            return [f"The schema is {revision or 'missing'}, this version needs {HEAD}."]
        with database.read() as session:
            for one in _FILE if database.is_sqlite else ():
                findings += _few(one(session))
            for one in _CONTENT:
                findings += _few(one(session))
            findings += _few(_bodies(session, has_body))
            findings += _projection(session)
    except DatabaseError as error:
        findings.append(f"The database cannot be read: {one_line(str(error.orig))}.")
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


def _few(findings: Iterator[str]) -> Iterator[str]:
    """The first findings of one kind, and how many more there are."""
    yield from islice(findings, SHOWN)
    if more := sum(1 for _ in findings):
        yield f"There are {more} more like that."


def _damage(session: Session) -> Iterator[str]:
    for row in session.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield f"SQLite: {one_line(row[0])}."


def _dangling(session: Session) -> Iterator[str]:
    for table, row_id, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"Row {row_id} of {table} points to a row of {parent} that is not there."


def _stored_twice(session: Session) -> Iterator[str]:
    """An address has one answer in a run, and a document in a listing one for each time that it
    was fetched.
    """
    listed_at = case((Visit.url == CrawlTask.url, None), else_=Visit.fetched_at)
    query = (
        select(func.min(Visit.url), func.count())
        .join(CrawlTask, CrawlTask.id == Visit.task_id)
        .where(Visit.state.in_(ANSWERED))
        .group_by(Visit.run_id, Visit.task_id, Visit.url, listed_at)
        .having(func.count() > 1)
    )
    for url, count in session.execute(query):
        yield f"{url} was stored {count} times in one run."


def _unknown_states(session: Session) -> Iterator[str]:
    query = select(CrawlTask.url, CrawlTask.state).where(
        CrawlTask.state.not_in(("due", "leased", "done"))
    )
    for url, state in session.execute(query):
        yield f"{url} stands on the frontier in an unknown state, '{state}'."


def _read_without_document(session: Session) -> Iterator[str]:
    """What a run found changed is held while it goes on, and dropped when it failed."""
    waits = select(HeldVisit.visit_id).where(HeldVisit.visit_id == Visit.id).exists()
    query = (
        select(Visit.url)
        .join(CrawlRun, CrawlRun.id == Visit.run_id)
        .where(Visit.state == "read", Visit.document_id.is_(None), ~waits)
        .where(CrawlRun.baseline | (CrawlRun.verdict != "failed"))
    )
    for url in session.scalars(query):
        yield f"{url} was read, but there is no document of it."


def _held_in_vain(session: Session) -> Iterator[str]:
    query = (
        select(Visit.url)
        .join(HeldVisit, HeldVisit.visit_id == Visit.id)
        .join(CrawlRun, CrawlRun.id == Visit.run_id)
        .where(CrawlRun.state != "running")
    )
    for url in session.scalars(query):
        yield f"{url} waits for a run that is over."


def _without_snapshot(session: Session) -> Iterator[str]:
    query = select(Document.url).where(
        ~select(Snapshot.id).where(Snapshot.document_id == Document.id).exists()
    )
    for url in session.scalars(query):
        yield f"{url} has no snapshot."


def _without_words(session: Session) -> Iterator[str]:
    query = select(Statement.id).where(Statement.quote == "", Statement.absence == "yes")
    for statement_id in session.scalars(query):
        yield f"Statement {statement_id} has no words to it."


def _seen_too_late(session: Session) -> Iterator[str]:
    query = (
        select(Statement.id)
        .join(Document, Document.id == Statement.document_id)
        .where(Statement.last_seen > Document.last_seen)
    )
    for statement_id in session.scalars(query):
        yield f"Statement {statement_id} was seen later than its document."


def _about_nothing(session: Session) -> Iterator[str]:
    """The subject of a statement is of one table or another, so no foreign key guards it."""
    for subject, model in (("tool", Tool), ("organisation", Organisation)):
        query = select(Statement.id).where(
            Statement.subject_type == subject,
            ~select(model.id).where(model.id == Statement.subject_id).exists(),
        )
        for statement_id in session.scalars(query):
            yield f"Statement {statement_id} is about no {subject} that is there."
    shown = select(Displayed.subject_id).where(
        ~select(Tool.id).where(Tool.id == Displayed.subject_id).exists()
    )
    for tool_id in session.scalars(shown.distinct()):
        yield f"Something is shown of tool {tool_id}, which is not there."


def _bodies(session: Session, has_body: Callable[[str], bool]) -> Iterator[str]:
    for sha in session.scalars(select(Snapshot.raw_sha).distinct().order_by(Snapshot.raw_sha)):
        if not has_body(sha):
            yield f"The body {sha[:12]} of a snapshot is missing or damaged."


def _projection(session: Session) -> Iterator[str]:
    names = list(out_of_step(session))
    if names:
        more = f" and {len(names) - SHOWN} more tools" if len(names) > SHOWN else ""
        yield (
            f"What is shown of {', '.join(names[:SHOWN])}{more} is not what today's rules make of"
            " what is said; 'horizon db upgrade' brings it in step."
        )


def _judged_otherwise(session: Session) -> Iterator[str]:
    """Judgements of two records that contradict each other, or that are not what is shown."""
    held = holding(session, "identity")
    for table, model in MODELS.items():
        known = judgements(held, table)
        for conflict in known.conflicts:
            yield f"Of {table}s it is said that {conflict.told()}"
        query = select(model.id, model.canonical_id).where(
            or_(model.canonical_id > 0, model.id.in_(known.canonical))
        )
        for record, shown in session.execute(query):
            if known.canonical.get(record, record) != (shown or record):
                yield f"The {table} {record} is not shown as the one that it was judged to be."


_FILE = (_damage, _dangling)
_CONTENT = (
    _stored_twice,
    _unknown_states,
    _read_without_document,
    _held_in_vain,
    _without_snapshot,
    _without_words,
    _seen_too_late,
    _about_nothing,
    _judged_otherwise,
)
