"""Confirming: visits that found nothing new, stored many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Update,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from catalogue import frontier, issues
from catalogue.models import (
    Claim,
    CrawlTask,
    Deployment,
    Document,
    Evidence,
    Lead,
    Listing,
    Statement,
    Tool,
    Visit,
)
from catalogue.page_visit import PageVisit
from catalogue.text import clean

SAID = (Statement, Claim, Evidence, Deployment, Listing, Lead)
"""What documents say. It is current as long as it was last seen when its document was."""

_Said = Statement | Claim | Evidence | Deployment | Listing | Lead


def extend(session: Session, documents: Sequence[int], now: datetime) -> None:
    """These documents still say what they said: extend everything that is current on them.

    What the session has loaded is not told.
    """
    for statement in _extensions():
        session.execute(statement, {"documents": documents, "now": now})


@cache
def _extensions() -> tuple[Update, ...]:
    """What is done to extend: what documents say, the tools they speak of, themselves."""
    documents: BindParameter[Sequence[int]] = bindparam("documents", expanding=True)
    now: BindParameter[datetime] = bindparam("now")
    told_of = (
        select(func.coalesce(Tool.canonical_id, Tool.id))
        .join(Statement, Statement.subject_id == Tool.id)
        .where(Statement.document_id.in_(documents), Statement.subject_type == "tool")
    )
    extended = (
        *(update(model).where(model.document_id.in_(documents), _current(model)) for model in SAID),
        update(Tool).where(Tool.id.in_(told_of), Tool.last_seen < now),
        update(Document).where(Document.id.in_(documents)).values(gone_at=None),
    )
    untold = {"synchronize_session": False}
    return tuple(one.values(last_seen=now).execution_options(**untold) for one in extended)


def _current(model: type[_Said]) -> ColumnElement[bool]:
    """Whether a row was last seen when its document was."""
    return exists().where(Document.id == model.document_id, Document.last_seen == model.last_seen)


def confirmable(session: Session, visits: Sequence[PageVisit]) -> Mapping[int, int]:
    """Of these visits those whose page is known and there, by task: its document."""
    tasks = {visit.task.id: visit for visit in visits if visit.quiet}
    rows = session.execute(
        select(CrawlTask.id, CrawlTask.run_id, Document.id)
        .join(Document, Document.id == CrawlTask.document_id)
        .where(
            CrawlTask.id.in_(tasks),
            CrawlTask.state == "leased",
            CrawlTask.kind == "page",
            Document.gone_at.is_(None),
        )
    )
    return {task: document for task, run, document in rows if tasks[task].run.id == run}


def confirm(
    session: Session, visits: Sequence[PageVisit], documents: Mapping[int, int], now: datetime
) -> None:
    """Store visits that `confirmable` chose, and give their leases back."""
    if not visits:
        return
    extend(session, sorted(set(documents.values())), now)
    session.execute(insert(Visit), [_row(visit, documents[visit.task.id]) for visit in visits])
    session.connection().execute(_SETTLED, [_settled(visit) for visit in visits])
    addresses: dict[int, list[str]] = defaultdict(list)
    for visit in visits:
        addresses[visit.run.source_id].append(visit.task.url)
        frontier.enqueue(session, visit.run.id, visit.run.source_id, visit.found)
    for source_id, urls in addresses.items():
        issues.passed(session, source_id, *urls)


_SETTLED = (
    update(CrawlTask)
    .where(CrawlTask.id == bindparam("task_id"))
    .values(
        attempts=CrawlTask.attempts + 1,
        visited_at=bindparam("visited"),
        state="done",
        leased_by="",
        leased_until=None,
        missing=0,
        etag=bindparam("new_etag"),
        last_modified=bindparam("new_last_modified"),
        final=bindparam("is_final"),
    )
)
"""The end of a lease by which a page was found as it was."""


def _settled(visit: PageVisit) -> dict[str, Any]:
    asked = visit.task if visit.state == "not_modified" else None
    return {
        "task_id": visit.task.id,
        "visited": visit.fetched_at,
        "new_etag": visit.etag or (asked.etag if asked else ""),
        "new_last_modified": visit.last_modified or (asked.last_modified if asked else ""),
        "is_final": visit.final and visit.state == "not_modified",
    }


def _row(visit: PageVisit, document_id: int) -> dict[str, Any]:
    return {
        "run_id": visit.run.id,
        "task_id": visit.task.id,
        "document_id": document_id,
        "url": visit.task.url,
        "final_url": visit.final_url or visit.task.url,
        "state": visit.state,
        "status": visit.status,
        "fault": "",
        "note": clean(visit.note),
        "content_type": clean(visit.content_type),
        "raw_sha": visit.raw_sha,
        "size": visit.size,
        "fetched_at": visit.fetched_at,
    }
