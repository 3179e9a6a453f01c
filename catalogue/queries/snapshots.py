"""The states of a page that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.errors import NotFoundError, nearest
from catalogue.models import Document, Snapshot


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A page on one day."""

    url: str
    fetched_at: datetime
    raw_sha: str
    content_type: str


def snapshots(session: Session, url: str) -> list[SnapshotRow]:
    """All states of a page that were kept, oldest first.

    Raises:
        NotFoundError: no page at this address was read.
    """
    document = session.scalar(select(Document).where(Document.url == url))
    if document is None:
        known = session.scalars(select(Document.url).order_by(Document.url)).all()
        hint = nearest(url, known)
        raise NotFoundError(f"No page at {url} was read.", hint if hint.startswith("Did") else "")
    rows = session.scalars(
        select(Snapshot)
        .where(Snapshot.document_id == document.id)
        .order_by(Snapshot.fetched_at, Snapshot.id)
    )
    return [SnapshotRow(url, row.fetched_at, row.raw_sha, row.content_type) for row in rows]


def two_of(
    rows: list[SnapshotRow], first: date | None, second: date | None
) -> tuple[SnapshotRow, SnapshotRow]:
    """The states to be compared: those in force at the end of two days; without a day, the
    newest state and the one before it.

    Raises:
        NotFoundError: there was no state yet on the first day.
    """
    newest = rows[-1] if second is None else _in_force(rows, second)
    if first is not None:
        return _in_force(rows, first), newest
    return rows[max(0, rows.index(newest) - 1)], newest


def _in_force(rows: list[SnapshotRow], day: date) -> SnapshotRow:
    known = [row for row in rows if row.fetched_at.date() <= day]
    if not known:
        raise NotFoundError(
            f"The page was not known on {day}.",
            f"It was first read on {rows[0].fetched_at.date()}.",
        )
    return known[-1]
