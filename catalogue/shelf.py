"""The shelf: search documents made from the catalogue and kept beside it.

It is the database's side of `catalogue.documents.DocumentStore`. An entry never changes: when
what it says changes, a new one with a new id takes its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from catalogue.clock import Clock, system_clock
from catalogue.database import Database, insert_new
from catalogue.documents import Aspect, Passage, SearchDocument
from catalogue.models import (
    Embedding,
    SearchEntry,
    SearchPassage,
    Tool,
)
from catalogue.queries.conditions import OUT_OF_SCOPE
from catalogue.queries.tools import browse
from catalogue.rows import Filters
from catalogue.shelving import BATCH, take_documents, take_tools


class Shelf:
    """Search documents over a database (implements `DocumentStore`)."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        """`clock` tells the day on which assurance has lapsed or not."""
        self._database = database
        self._clock = clock

    def refresh(self) -> int:
        """Make new search documents for all subjects that changed; returns how many."""
        made = 0
        # Tools first: a tool takes its own page out of the documents.
        for take in (take_tools, take_documents):
            taken = BATCH
            while taken == BATCH:
                with self._database.write() as session:
                    taken, new = take(session)
                made += new
        return made

    def ids(self) -> array[int]:
        """Ids of all current search documents, ascending."""
        with self._database.read() as session:
            # Unordered, SQLite reads an index and not all that the entries say.
            return array("q", sorted(session.scalars(select(SearchEntry.id))))

    def passages(self) -> Iterator[tuple[int, int]]:
        """Pairs (passage id, document id) of all current passages, ascending."""
        with self._database.read() as session:
            query = select(SearchPassage.id, SearchPassage.entry_id).order_by(SearchPassage.id)
            for row in session.execute(query):
                yield row[0], row[1]

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """The search documents with these ids, in the order of the ids."""
        with self._database.read() as session:
            for some in _chunks(ids):
                query = (
                    select(SearchEntry)
                    .options(selectinload(SearchEntry.passages))
                    .where(SearchEntry.id.in_(some))
                )
                found = {entry.id: entry for entry in session.scalars(query)}
                yield from (_document(found[one]) for one in some if one in found)

    def missing(self, model: str) -> Iterator[tuple[str, str]]:
        """Distinct pairs (text hash, text) of passages that have no vector of this model yet."""
        held = select(Embedding.text_sha).where(Embedding.model == model)
        query = (
            select(SearchPassage.text_sha, func.min(SearchPassage.text))
            .where(SearchPassage.text_sha.not_in(held))
            .group_by(SearchPassage.text_sha)
            .order_by(func.min(SearchPassage.id))
        )
        with self._database.read() as session:
            found = session.execute(query).all()
        for row in found:
            yield row[0], row[1]

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Store vectors, pairs (text hash, little-endian float32 bytes), in one transaction."""
        rows = [{"text_sha": sha, "model": model, "vector": vector} for sha, vector in vectors]
        with self._database.write() as session:
            insert_new(session, Embedding, rows)

    def vectors(self, model: str, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """Pairs (passage id, vector bytes) for those of the passages that have a vector."""
        with self._database.read() as session:
            for some in _chunks(passage_ids):
                query = (
                    select(SearchPassage.id, Embedding.vector)
                    .join(Embedding, Embedding.text_sha == SearchPassage.text_sha)
                    .where(Embedding.model == model, SearchPassage.id.in_(some))
                    .order_by(SearchPassage.id)
                )
                for row in session.execute(query):
                    yield row[0], row[1]

    def allowed(self, filters: Filters) -> array[int] | None:
        """Ids of the search documents that pass the filters; None when all do.

        Without filters every document passes, and every tool that is in scope; with filters only
        tools do, since documents carry no tags.
        """
        with self._database.read() as session:
            if filters.count():
                tools = browse(session, filters, today=self._clock().date())
                return array("q", _entries(session, tools))
            hidden = session.scalars(
                select(Tool.id).where(
                    or_(Tool.scope == OUT_OF_SCOPE, Tool.canonical_id.is_not(None))
                )
            ).all()
            if not hidden:
                return None
            query = select(SearchEntry.id).where(
                or_(SearchEntry.kind == "document", SearchEntry.subject_id.not_in(hidden))
            )
            return array("q", session.scalars(query.order_by(SearchEntry.id)))

    def of_subject(self, kind: Literal["tool", "document"], subject_id: int) -> int | None:
        """Id of the current search document of a tool or document."""
        with self._database.read() as session:
            return session.scalar(
                select(SearchEntry.id).where(
                    SearchEntry.kind == kind, SearchEntry.subject_id == subject_id
                )
            )

    def entries(self, tools: Sequence[int]) -> dict[int, int]:
        """Ids of the current search documents of some tools, by tool; those without are left
        out.
        """
        found: dict[int, int] = {}
        with self._database.read() as session:
            for some in _chunks(tools):
                query = select(SearchEntry.subject_id, SearchEntry.id).where(
                    SearchEntry.kind == "tool", SearchEntry.subject_id.in_(some)
                )
                found.update(session.execute(query).all())
        return found


def _entries(session: Session, tools: Sequence[int]) -> list[int]:
    found: list[int] = []
    for some in _chunks(tools):
        found += session.scalars(
            select(SearchEntry.id).where(
                SearchEntry.kind == "tool", SearchEntry.subject_id.in_(some)
            )
        )
    return sorted(found)


def _document(entry: SearchEntry) -> SearchDocument:
    return SearchDocument(
        id=entry.id,
        kind="tool" if entry.kind == "tool" else "document",
        subject_id=entry.subject_id,
        title=entry.title,
        url=entry.url,
        body=entry.body,
        passages=tuple(map(_passage, entry.passages)),
    )


def _passage(row: SearchPassage) -> Passage:
    return Passage(row.id, row.text, row.text_sha, row.url, cast("Aspect", row.aspect))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
