"""Beginnings: which documents may name what has only now become known, without reading them all.

For each document that has something to join, the index keeps how every stretch begins that could
be a name (`catalogue.mentions.candidates`), squeezed as names are compared. A name that becomes
known is looked up by its own beginning: how many documents there are does not matter. What it finds
may be too much, never too little; whether a document does name it is for its joining to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from catalogue.database import insert_new
from catalogue.mentions import candidates
from catalogue.models import Document, NameBeginning
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
    insert_new(
        session,
        NameBeginning,
        [{"beginning": one, "document_id": document.id} for one in new],
    )


def naming(session: Session, names: Iterable[str]) -> Iterator[int]:
    """Ids of the documents that name one of these, ascending; each is read to be sure."""
    keys = {name_key(name) for name in names}
    found: set[int] = set()
    for key in sorted(keys):
        found.update(session.scalars(select(NameBeginning.document_id).where(_begins(key))))
    for document_id in sorted(found):
        document = session.get_one(Document, document_id)
        if not keys.isdisjoint(candidates(f"{document.title}\n{document.text}")):
            yield document_id


def _begins(key: str) -> ColumnElement[bool]:
    """Whether a beginning is that of a key, or of something longer that begins with it."""
    if len(key) >= LONGEST:
        return NameBeginning.beginning == key[:LONGEST]
    return and_(NameBeginning.beginning >= key, NameBeginning.beginning < key + _LAST)
