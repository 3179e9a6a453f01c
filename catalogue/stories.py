"""Stories: documents that tell the same, with the original at the head.

A release, the trade press that copies it and a feed that posts it again are one story. Which
documents tell the same is a matter of their words (`catalogue.sketch`), decided in the transaction
that stores a page; the order of reading does not matter. What tells a story again stays in the
catalogue, but is no second signal of it and no second piece of evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ScalarResult, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue.changes import Change
from catalogue.database import insert_all
from catalogue.models import Deployment, Document, Evidence, Organisation, StoryBand
from catalogue.sketch import Sketch, same_story, sketch
from catalogue.subjects import STORIES

NEAR: Final = 12
"""Most documents that one is held against, those with most bands in common first: who shares a
template with many is held against few of them."""

LARGEST: Final = 60
"""Most tellings of one story of which the words are compared anew when one of them changes."""

PLACES: Final = frozenset({"SIG_DEPLOYMENT_ADDED", "SIG_PILOT_ANNOUNCED"})
"""Signals of a place where a tool is newly used or tried."""

REPORTING: Final = frozenset({"VOICE_PRESS", "VOICE_SOCIAL", "VOICE_NETWORK"})
"""Voices that may tell what others told first."""


_BANDS = select(StoryBand.band).where(StoryBand.document_id == bindparam("document"))

_ALIKE = select(Document.id, Document.text).where(
    Document.id.in_(
        select(StoryBand.document_id)
        .where(
            StoryBand.band.in_(bindparam("bands", expanding=True)),
            StoryBand.document_id != bindparam("document"),
        )
        .group_by(StoryBand.document_id)
        .order_by(func.count().desc(), StoryBand.document_id)
        .limit(NEAR)
    )
)
"""The documents that share most bands with one."""


class Telling(NamedTuple):
    """What decides which telling of a story is the original."""

    id: int
    url: str
    voice: str
    published_on: date | None


def head(tellings: Iterable[Telling]) -> int:
    """The id of the original: the earliest by the day that its page gives; on the same day, who
    speaks for itself before who reports. What gives no day comes before all that report, and after
    them where it reports itself.
    """

    def rank(one: Telling) -> tuple[date, bool, str]:
        reports = one.voice in REPORTING
        undated = date.max if reports else date.min
        return one.published_on or undated, reports, one.url

    return min(tellings, key=rank).id


def settle(session: Session, document: Document, *, new: bool = False) -> set[int]:
    """Give a document that was just read its place among those that tell the same story; returns
    the ids of the documents whose story changed by it. One that is `new` has no place yet.
    """
    words = sketch(document.text) if document.kind in STORIES else sketch("")
    known = _write(session, document, words.bands, new=new)
    before = _tellings(session, {_story(session, document.id)}) if known else {}
    near = list(_near(session, document, words))
    if not near and len(before) <= 1:
        return set()
    stories = {_story(session, one) for one in near}
    members = {**before, **_tellings(session, stories), document.id: _telling(document)}
    if len(before) > 1 and len(members) <= LARGEST:
        groups = _groups(_sketches(session, members, {document.id: words}))
    else:
        groups = [set(members)]
    return {one for group in groups for one in _head(session, [members[one] for one in group])}


def retold(session: Session, document: Document, found: Iterable[Change]) -> Iterator[Change]:
    """What changed by a document, without what another telling of its story has told already."""
    others = _tellings(session, {_story(session, document.id)}).keys() - {document.id}
    if not others:
        yield from found
        return
    studies = set(session.scalars(select(Evidence.tool_id).where(Evidence.document_id.in_(others))))
    places = {
        (tool_id, name)
        for tool_id, name in session.execute(
            select(Deployment.tool_id, Organisation.name)
            .join(Organisation, Organisation.id == Deployment.buyer_id)
            .where(Deployment.document_id.in_(others))
        )
    }
    for change in found:
        study = change.type == "SIG_EVIDENCE_PUBLISHED" and change.tool_id in studies
        place = change.type in PLACES and (change.tool_id, change.after) in places
        if not (study or place):
            yield change


def _write(session: Session, document: Document, bands: frozenset[int], *, new: bool) -> bool:
    """Keep the bands of a document; says whether it had any before."""
    held = frozenset[int]() if new else frozenset(_bands_of(session, document))
    if held != bands:
        if held:
            session.execute(delete(StoryBand).where(StoryBand.document_id == document.id))
        rows = [{"band": band, "document_id": document.id} for band in sorted(bands)]
        insert_all(session, StoryBand, rows)
    return bool(held)


def _bands_of(session: Session, document: Document) -> ScalarResult[int]:
    return session.scalars(_BANDS, {"document": document.id})


def _near(session: Session, document: Document, words: Sketch) -> Iterator[int]:
    """Other documents that tell the same."""
    if not words.bands:
        return
    shared = {"bands": words.bands, "document": document.id}
    for one, text in session.execute(_ALIKE, shared):
        if same_story(words, sketch(text)):
            yield one


def _story(session: Session, document_id: int) -> int:
    story = session.scalar(select(Document.story_id).where(Document.id == document_id))
    return story or document_id


def _telling(document: Document) -> Telling:
    return Telling(document.id, document.url, document.voice, document.published_on)


def _tellings(session: Session, stories: Collection[int]) -> dict[int, Telling]:
    """All tellings of some stories, by id."""
    query = select(Document.id, Document.url, Document.voice, Document.published_on).where(
        or_(Document.id.in_(stories), Document.story_id.in_(stories))
    )
    return {row[0]: Telling(*row) for row in session.execute(query)}


def _sketches(
    session: Session, members: Collection[int], known: Mapping[int, Sketch]
) -> dict[int, Sketch]:
    texts = select(Document.id, Document.text).where(Document.id.in_(set(members) - known.keys()))
    return {**known, **{one: sketch(text) for one, text in session.execute(texts)}}


def _groups(sketches: Mapping[int, Sketch]) -> list[set[int]]:
    """Documents that tell the same, directly or by way of others."""
    groups: list[set[int]] = []
    for one, words in sketches.items():
        joined = [
            group for group in groups if any(same_story(words, sketches[other]) for other in group)
        ]
        groups = [group for group in groups if group not in joined]
        groups.append({one}.union(*joined))
    return groups


def _head(session: Session, tellings: Sequence[Telling]) -> set[int]:
    """Put the original at the head of its story; returns the ids of those whose story changed."""
    first = head(tellings)
    wanted = {one.id: None if one.id == first else first for one in tellings}
    query = select(Document.id, Document.story_id).where(Document.id.in_(wanted))
    changed = {one for one, story in session.execute(query) if story != wanted[one]}
    for one in sorted(changed):
        session.execute(update(Document).where(Document.id == one).values(story_id=wanted[one]))
    return changed
