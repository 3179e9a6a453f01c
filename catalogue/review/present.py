"""The rows of shortlists: what is there now, kept in step with the events that made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from catalogue.errors import NotFoundError, nearest
from catalogue.models import Event, Organisation, Shortlist, ShortlistItem, Tool
from catalogue.review.events import CREATE, replay
from catalogue.rows import ShortlistItemRow, ShortlistRow
from catalogue.text import one_line


def events_of(session: Session, shortlist: Shortlist) -> Sequence[Event]:
    """All events of a shortlist and its tools, oldest first."""
    query = select(Event).where(Event.shortlist_id == shortlist.id)
    return session.scalars(query.order_by(Event.id)).all()


def items_of(session: Session, shortlist: Shortlist) -> Sequence[ShortlistItem]:
    """What is on a shortlist, in order."""
    query = select(ShortlistItem).where(ShortlistItem.shortlist_id == shortlist.id)
    return session.scalars(query.order_by(ShortlistItem.position)).all()


def bring_up_to_date(session: Session, shortlist: Shortlist) -> None:
    """Make the rows of a shortlist what its events make of it."""
    present = replay(events_of(session, shortlist))
    itself = present.pop((shortlist.id, None), None)
    if itself is not None:
        shortlist.purpose, shortlist.query = itself.reason, itself.query
        shortlist.created_by, shortlist.created_at = itself.by, itself.at
    wanted = {tool_id: item for (_, tool_id), item in present.items() if tool_id is not None}
    held = {row.tool_id: row for row in items_of(session, shortlist)}
    for tool_id in held.keys() - wanted.keys():
        session.delete(held[tool_id])
    for tool_id in wanted.keys() - held.keys():
        item = wanted[tool_id]
        session.add(
            ShortlistItem(
                shortlist_id=shortlist.id,
                tool_id=tool_id,
                position=item.position,
                reason=item.reason,
                added_by=item.by,
                added_at=item.at,
            )
        )
    session.flush()


def shortlists_present(session: Session) -> Sequence[Shortlist]:
    """The shortlists that are there: those whose creation is not undone."""
    newest = select(func.max(Event.id)).where(Event.tool_id.is_(None)).group_by(Event.shortlist_id)
    there = select(Event.shortlist_id).where(Event.id.in_(newest), Event.action == CREATE)
    return session.scalars(select(Shortlist).where(Shortlist.id.in_(there))).all()


def shortlist_named(session: Session, name: str, *, lock: bool = False) -> Shortlist:
    """The shortlist of that name, whatever its capitals.

    Args:
        session: Where to look.
        name: As a person wrote it.
        lock: Keep other writers away from it until the end of the transaction.

    Raises:
        NotFoundError: there is none; the message gives the nearest name.
    """
    wanted = one_line(name)
    present = shortlists_present(session)
    for found in present:
        if found.name.casefold() == wanted.casefold():
            if lock:
                session.refresh(found, with_for_update=True)
            return found
    raise NotFoundError(
        f"There is no shortlist '{wanted}'.", nearest(wanted, [found.name for found in present])
    )


def names_of(session: Session, tool_ids: Iterable[int]) -> dict[int, str]:
    """Names of those tools that exist, by number."""
    query = select(Tool.id, Tool.name).where(Tool.id.in_(set(tool_ids)))
    return dict(session.execute(query).all())


def row_of(session: Session, shortlist: Shortlist) -> ShortlistRow:
    """A shortlist with its tools; their positions count from one without gaps. A merged tool is
    shown as the one that it was judged to be, once.
    """
    own, shown = aliased(Tool), aliased(Tool)
    query = (
        select(ShortlistItem, shown.id, shown.name, Organisation.name)
        .join(own, own.id == ShortlistItem.tool_id)
        .join(shown, shown.id == func.coalesce(own.canonical_id, own.id))
        .join(Organisation, Organisation.id == shown.canonical_supplier_id)
        .where(ShortlistItem.shortlist_id == shortlist.id)
        .order_by(ShortlistItem.position)
    )
    items: dict[int, tuple[ShortlistItem, str, str]] = {}
    for item, tool_id, tool, supplier in session.execute(query):
        items.setdefault(tool_id, (item, tool, supplier))
    return ShortlistRow(
        id=shortlist.id,
        name=shortlist.name,
        purpose=shortlist.purpose,
        query=shortlist.query,
        created_by=shortlist.created_by,
        created_at=shortlist.created_at,
        version=shortlist.version,
        items=tuple(
            ShortlistItemRow(
                position=place,
                tool_id=tool_id,
                name=tool,
                supplier=supplier,
                reason=item.reason,
                added_by=item.added_by,
                added_at=item.added_at,
            )
            for place, (tool_id, (item, tool, supplier)) in enumerate(items.items(), 1)
        ),
    )
