"""Merging: which record each tool and organisation is shown under, by the rulings that hold.

Nothing that was said is moved: every statement, claim and name stays with its own record, so that
an undo gives back the same rows. Only which record stands for others, and what is shown, follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue.errors import CatalogueError, NotFoundError
from catalogue.judgements import Judgements, Table, judgements, pair_of
from catalogue.models import Organisation, Ruling, Tool
from catalogue.projection import project
from catalogue.review.holding import holding

MODELS: Mapping[Table, type[Tool | Organisation]] = {
    "tool": Tool,
    "organisation": Organisation,
}


def merge(session: Session, rulings: Sequence[Ruling]) -> None:
    """Show each record under the one that it is the same as, as far as these rulings bear on it.

    Raises:
        CatalogueError: one of the rulings contradicts others that hold, or is about no pair of
            records of one kind.
        NotFoundError: one is about a record that is not there.
    """
    held = holding(session, "identity")
    pairs: dict[Table, set[tuple[int, int]]] = {}
    for ruling in rulings:
        table, pair = pair_of(ruling)
        pairs.setdefault(table, set()).add(pair)
    for table, some in pairs.items():
        known = judgements(held, table)
        _refuse_unknown(session, table, {record for pair in some for record in pair})
        _refuse_contradiction(known, some)
        _show(session, table, known)


def _refuse_unknown(session: Session, table: Table, records: set[int]) -> None:
    model = MODELS[table]
    there = set(session.scalars(select(model.id).where(model.id.in_(records))))
    if missing := sorted(records - there):
        raise NotFoundError(f"There is no {table} number {', '.join(map(str, missing))}.")


def _refuse_contradiction(known: Judgements, ruled: set[tuple[int, int]]) -> None:
    for conflict in known.conflicts:
        if {one.pair for one in (conflict.different, *conflict.same)} & ruled:
            raise CatalogueError(
                f"That cannot be: {conflict.told()}",
                "Nothing was written. If one of these is wrong, judge that pair anew first.",
            )


def _show(session: Session, table: Table, known: Judgements) -> None:
    """Bring `canonical_id` in step with what is known, and what is shown with it."""
    model = MODELS[table]
    wanted = {record: shown for record, shown in known.canonical.items() if record != shown}
    query = select(model.id, model.canonical_id).where(model.canonical_id.is_not(None))
    held = {record: shown for record, shown in session.execute(query) if shown is not None}
    moved = {one for one in wanted.keys() | held.keys() if wanted.get(one) != held.get(one)}
    for record in sorted(moved):
        session.execute(
            update(model).where(model.id == record).values(canonical_id=wanted.get(record))
        )
    if table == "organisation":
        for record in sorted(moved):
            session.execute(
                update(Tool)
                .where(Tool.supplier_id == record)
                .values(canonical_supplier_id=wanted.get(record, record), stale=True)
            )
        return
    beside = {shown[one] for shown in (wanted, held) for one in moved & shown.keys()}
    for record in sorted(moved | beside):
        project(session, session.get_one(Tool, record))
