"""Members: the records that are shown as one tool, or as one organisation, by people's judgement.

Everything said stays with its own record; whoever shows a tool asks here for all of its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from catalogue.models import Organisation, Tool


def members(
    session: Session, record: int, model: type[Tool | Organisation] = Tool
) -> tuple[int, ...]:
    """All records that are shown as this one, itself first; itself alone where none was merged."""
    return record, *session.scalars(_merged_into(model), {"record": record})


def shown_as(session: Session, record: int, model: type[Tool | Organisation] = Tool) -> int:
    """The record that this one is shown as: itself, unless it was merged into another."""
    return session.scalar(_shown(model), {"record": record}) or record


def all_shown_as(session: Session, records: Iterable[int]) -> dict[int, int]:
    """The tool that each of these records of tools is shown as, in their order."""
    merged = dict(session.execute(_MERGED).all())
    return {record: merged.get(record) or record for record in records}


# A range, and not "is not null": SQLite then reads the index, in which few tools stand.
_MERGED = select(Tool.id, Tool.canonical_id).where(Tool.canonical_id > 0)

_UNDER = select(Tool.id, Tool.canonical_id).where(
    Tool.canonical_id.in_(bindparam("tools", expanding=True))
)


@cache
def _merged_into(model: type[Tool | Organisation]) -> Select[int]:
    return select(model.id).where(model.canonical_id == bindparam("record")).order_by(model.id)


@cache
def _shown(model: type[Tool | Organisation]) -> Select[int | None]:
    return select(model.canonical_id).where(model.id == bindparam("record"))


def under(session: Session, tools: Sequence[Tool]) -> dict[int, int]:
    """All records that are shown as one of these tools, each with the tool that it is shown as.

    A tool that is itself shown as another one has no records here.
    """
    own = {tool.id: tool.id for tool in tools if tool.canonical_id is None}
    merged = session.execute(_UNDER, {"tools": [*own]}).all()
    return own | {record: shown for record, shown in merged if shown is not None}


def with_shown(session: Session, tools: Sequence[Tool]) -> Sequence[Tool]:
    """These tools, and those that they are shown as."""
    known = {tool.id for tool in tools}
    more = {tool.canonical_id for tool in tools if tool.canonical_id is not None} - known
    if not more:
        return tools
    return [*tools, *session.scalars(select(Tool).where(Tool.id.in_(more)).order_by(Tool.id))]
