"""Members: the records that are shown as one tool, or as one organisation, by people's judgement.

Everything said stays with its own record; whoever shows a tool asks here for all of its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Organisation, Tool


def members(
    session: Session, record: int, model: type[Tool | Organisation] = Tool
) -> tuple[int, ...]:
    """All records that are shown as this one, itself first; itself alone where none was merged."""
    query = select(model.id).where(model.canonical_id == record).order_by(model.id)
    return record, *session.scalars(query)


def shown_as(session: Session, record: int, model: type[Tool | Organisation] = Tool) -> int:
    """The record that this one is shown as: itself, unless it was merged into another."""
    return session.scalar(select(model.canonical_id).where(model.id == record)) or record


def all_shown_as(session: Session, records: Iterable[int]) -> dict[int, int]:
    """The tool that each of these records of tools is shown as, in their order."""
    # A range, and not "is not null": SQLite then reads the index, in which few tools stand.
    query = select(Tool.id, Tool.canonical_id).where(Tool.canonical_id > 0)
    merged = dict(session.execute(query).all())
    return {record: merged.get(record) or record for record in records}


def under(session: Session, tools: Sequence[Tool]) -> dict[int, int]:
    """All records that are shown as one of these tools, each with the tool that it is shown as.

    A tool that is itself shown as another one has no records here.
    """
    own = {tool.id: tool.id for tool in tools if tool.canonical_id is None}
    query = select(Tool.id, Tool.canonical_id).where(Tool.canonical_id.in_(own))
    merged = session.execute(query).all()
    return own | {record: shown for record, shown in merged if shown is not None}


def with_shown(session: Session, tools: Sequence[Tool]) -> Sequence[Tool]:
    """These tools, and those that they are shown as."""
    known = {tool.id for tool in tools}
    more = {tool.canonical_id for tool in tools if tool.canonical_id is not None} - known
    if not more:
        return tools
    return [*tools, *session.scalars(select(Tool).where(Tool.id.in_(more)).order_by(Tool.id))]
