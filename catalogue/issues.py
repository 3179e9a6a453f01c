"""Issues: rows that a crawl opens and closes, and that a person may close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.errors import NotFoundError
from catalogue.models import Issue
from catalogue.text import clean

EXPECTATION: Final = "expectation"
"""Kind of issue: a run that is not as its source expects."""

READING: Final = "reading"
"""Kind of issue: a surprise on a page, such as a label that nobody knows."""

BY_CRAWL: Final = "crawl"
"""Who closed an issue that has passed by itself."""


def meet(
    session: Session, source_id: int, kind: str, subject: str, note: str, now: datetime
) -> None:
    """Open an issue, or count that it was met again; a closed one opens again."""
    subject, note = clean(subject), clean(note)
    issue = session.scalar(
        select(Issue).where(
            Issue.source_id == source_id, Issue.kind == kind, Issue.subject == subject
        )
    )
    if issue is None:
        issue = Issue(source_id=source_id, kind=kind, subject=subject, first_seen=now, count=0)
        session.add(issue)
    issue.note, issue.last_seen, issue.count = note, now, issue.count + 1
    issue.state, issue.closed_by = "open", ""
    session.flush()


def passed(session: Session, source_id: int, *subjects: str) -> None:
    """Close what was open about addresses or a source: it has passed. What the session has
    loaded is not told.
    """
    session.execute(
        update(Issue)
        .where(
            Issue.source_id == source_id,
            Issue.subject.in_([clean(subject) for subject in subjects]),
            Issue.kind != READING,
            Issue.state == "open",
        )
        .values(state="closed", closed_by=BY_CRAWL)
        .execution_options(synchronize_session=False)
    )


def close(database: Database, ids: Sequence[int], by: str) -> None:
    """Close issues in a person's name, all or none.

    Raises:
        NotFoundError: there is no such issue.
    """
    with database.write() as session:
        for number in ids:
            issue = session.get(Issue, number)
            if issue is None:
                raise NotFoundError(
                    f"There is no issue {number}.", "'horizon issues list' shows them."
                )
            if issue.state == "open":
                issue.state, issue.closed_by = "closed", by
