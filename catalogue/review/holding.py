"""Which rulings hold: pure functions of the log, and the one query that asks for them.

What is shown depends on rulings, and a ruling brings in step what is shown: this module knows only
the log, so that both can ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalogue.models import Ruling
from catalogue.review.chain import replay

Kind = Literal["identity", "tag", "bearing", "lead"]
"""identity: two records are the `same`, `different`, or a person is `unsure`; tag: a term is
`accepted` or `rejected`; bearing: evidence `supports`, `partly` supports or `contradicts` a
claim, is `context` to it or `unrelated`; lead: a name is `accepted` as a tool or `dismissed`."""

Key = tuple[str, str, str]
"""Kind, subject and object: what is decided, of what, and of what else."""


def key(ruling: Ruling) -> Key:
    """What a ruling is about."""
    return ruling.kind, ruling.subject, ruling.object


def states(rulings: Iterable[Ruling]) -> Iterator[tuple[Ruling, Ruling | None]]:
    """Each ruling with the one that holds after it; None where nothing is decided any more.

    Args:
        rulings: All rulings on some subjects, in the order of their numbers.
    """
    return replay(rulings, key, lambda ruling: bool(ruling.value))


def present(rulings: Iterable[Ruling]) -> dict[Key, Ruling]:
    """The rulings that hold, by what they are about: see `states`."""
    last = {key(ruling): held for ruling, held in states(rulings)}
    return {about: held for about, held in last.items() if held is not None}


_ANY = select(Ruling.id).where(Ruling.kind == bindparam("kind")).limit(1)


def ruled(session: Session, kind: Kind) -> bool:
    """Whether there is any ruling of a kind: in most catalogues there is none yet."""
    return session.scalar(_ANY, {"kind": kind}) is not None


def holding(session: Session, kind: Kind, subjects: Iterable[str] | None = None) -> list[Ruling]:
    """The rulings of a kind that hold, oldest first; on some subjects only, if they are given."""
    query = select(Ruling).where(Ruling.kind == kind).order_by(Ruling.id)
    if subjects is not None:
        query = query.where(Ruling.subject.in_(set(subjects)))
    held = present(session.scalars(query)).values()
    return sorted(held, key=lambda ruling: ruling.id)
