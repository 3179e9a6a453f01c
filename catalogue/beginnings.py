"""Beginnings: which documents may name what has only now become known, without reading them all.

For each document that has something to join, the index keeps how every stretch begins that could
be a name (`catalogue.mentions.candidates`), squeezed as names are compared. A name that becomes
known is looked up by its own beginning: how many documents there are does not matter. What it finds
may be too much, never too little; whether a document does name it is for its joining to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    and_,
    bindparam,
    delete,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from catalogue.database import yielding_insert
from catalogue.mentions import candidates
from catalogue.models import Document, NameBeginning, Organisation, OrganisationName
from catalogue.strings import STRINGS, strings
from catalogue.subjects import STORIES
from catalogue.text import name_key

LONGEST: Final = 16
"""Characters that are kept of a beginning: enough to tell names apart that begin with the same
words, as "Integrated Care" does."""

_LAST: Final = "\U0010ffff"
"""The last character there is."""


def beginnings(document: Document) -> frozenset[str]:
    """How what could be a name in a document begins; nothing where there is nothing to join."""
    if document.drafts == "[]" and document.kind not in STORIES:
        return frozenset()
    keys = sorted({key[:LONGEST] for key in candidates(f"{document.title}\n{document.text}")})
    # Where one begins another, the longer is found by both.
    inner = {one for one, following in pairwise(keys) if following.startswith(one)}
    return frozenset(keys) - inner


def keep(session: Session, document: Document, before: Collection[str] = ()) -> None:
    """Bring the index in step with a document.

    Args:
        session: A session that writes.
        document: The document.
        before: Its `beginnings` before it was changed.
    """
    now = beginnings(document)
    for gone in sorted(set(before) - now):
        session.execute(
            delete(NameBeginning).where(
                NameBeginning.beginning == gone, NameBeginning.document_id == document.id
            )
        )
    new = sorted(now.difference(before))
    if new:
        connection = session.connection()
        parameters = {STRINGS: new, "document": document.id}
        connection.execute(_insert(connection.dialect.name), parameters)


@cache
def _insert(dialect: str) -> Executable:
    """Inserts the beginnings of one document; one that stands already is left alone."""
    each = strings().add_columns(bindparam("document", type_=Integer())).where(true())
    rows = yielding_insert(NameBeginning, dialect)
    return rows.from_select(["beginning", "document_id"], each).on_conflict_do_nothing()


def naming(
    session: Session, names: Iterable[str], short_names: Iterable[tuple[str, int]] = ()
) -> Iterator[int]:
    """Ids of the documents that name one of these, ascending; each is read to be sure.

    Args:
        session: A session.
        names: Names of tools and suppliers.
        short_names: Names that count only where their supplier is named, each with its id.
    """
    keys = {name_key(name) for name in names}
    pairs = [(name_key(name), _keys_of(session, maker)) for name, maker in short_names]
    found: set[int] = set()
    for key in sorted(keys.union(*(makers for _, makers in pairs))):
        found.update(session.scalars(select(NameBeginning.document_id).where(_begins(key))))
    for document_id in sorted(found):
        document = session.get_one(Document, document_id)
        said = candidates(f"{document.title}\n{document.text}")
        if not keys.isdisjoint(said) or any(
            key in said and not makers.isdisjoint(said) for key, makers in pairs
        ):
            yield document_id


def _keys_of(session: Session, supplier_id: int) -> set[str]:
    """The keys of all names of a supplier, and of those that it was judged to be the same as."""
    supplier = session.get_one(Organisation, supplier_id)
    shown = supplier.canonical_id or supplier_id
    same = select(Organisation.id).where(
        or_(Organisation.id == shown, Organisation.canonical_id == shown)
    )
    own = select(Organisation.key).where(Organisation.id.in_(same))
    other = select(OrganisationName.key).where(OrganisationName.organisation_id.in_(same))
    return set(session.scalars(own.union_all(other)))


def _begins(key: str) -> ColumnElement[bool]:
    """Whether a beginning is that of a key, or of something longer that begins with it."""
    if len(key) >= LONGEST:
        return NameBeginning.beginning == key[:LONGEST]
    return and_(NameBeginning.beginning >= key, NameBeginning.beginning < key + _LAST)
