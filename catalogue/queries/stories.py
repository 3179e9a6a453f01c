"""Which documents tell the same story: what is shown beside each of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.models import Document
from catalogue.rows import Hit


class Told(NamedTuple):
    """Where a document stands among those that tell the same."""

    retells: str
    """Address of the original; empty for the original itself."""
    also: int
    """How many other pages tell it, too."""


ALONE = Told("", 0)
"""A document that tells what no other does."""


def told(session: Session, documents: Collection[int]) -> Mapping[int, Told]:
    """Where these documents stand; those that tell what no other tells are left out. Pages that
    are gone are not counted.
    """
    story = func.coalesce(Document.story_id, Document.id)
    of = dict(session.execute(select(Document.id, story).where(Document.id.in_(documents))).all())
    firsts = set(of.values())
    members = or_(Document.id.in_(firsts), Document.story_id.in_(firsts))
    counts = dict(
        session.execute(
            select(story, func.count())
            .where(members, Document.gone_at.is_(None))
            .group_by(story)
            .having(func.count() > 1)
        ).all()
    )
    urls = dict(
        session.execute(select(Document.id, Document.url).where(Document.id.in_(counts))).all()
    )
    return {
        one: Told("" if one == first else urls[first], counts[first] - 1)
        for one, first in of.items()
        if first in counts
    }


def marked(session: Session, hits: Sequence[Hit]) -> list[Hit]:
    """Answers of a search, each page with where it stands among those that tell the same."""
    found = told(session, [hit.id for hit in hits if hit.kind == "document"])
    return [
        replace(hit, **found[hit.id]._asdict())
        if hit.kind == "document" and hit.id in found
        else hit
        for hit in hits
    ]
