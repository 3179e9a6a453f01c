"""Replay: the documents whose bytes were kept, handed out to be read again, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from catalogue.database import Database
from catalogue.drafts import Reading
from catalogue.errors import NotFoundError, nearest
from catalogue.inventory import Reread
from catalogue.models import Document, Snapshot, Source

__all__ = ["KeptDocument", "KeptSource", "KeptState", "Replay", "Reread"]


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source that gave documents."""

    name: str
    definition: str
    """Its whole file, as JSON, as it was when it was crawled last."""


@dataclass(frozen=True, slots=True)
class KeptState:
    """What one document was on one day."""

    snapshot_id: int
    raw_sha: str
    """Name of the body in the snapshot store."""
    url: str
    """Address that the body came from."""
    listed: bool
    """Whether the body is that of a listing in which the document stands."""
    content_type: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document and all its states, oldest first."""

    id: int
    url: str
    states: tuple[KeptState, ...]


class Replay:
    """Hands out what was kept, and stores how it is read now: one document, one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sources(self, names: Sequence[str] = ()) -> list[KeptSource]:
        """The sources of these names that gave documents, or all of them, by name.

        Raises:
            NotFoundError: a name is not that of a source that was crawled.
        """
        gave = select(Document.id).where(Document.source_id == Source.id).exists()
        with self._database.read() as session:
            rows = session.execute(
                select(Source.name, Source.definition).where(gave).order_by(Source.name)
            ).all()
        known = {name: KeptSource(name, definition) for name, definition in rows}
        for name in names:
            if name not in known:
                raise NotFoundError(
                    f"No document of a source '{name}' was kept.", nearest(name, known)
                )
        return [one for one in known.values() if not names or one.name in names]

    def source_of(self, url: str) -> str:
        """Name of the source that gave the document at an address.

        Raises:
            NotFoundError: no document at this address was read.
        """
        with self._database.read() as session:
            name = session.scalar(
                select(Source.name)
                .join(Document, Document.source_id == Source.id)
                .where(Document.url == url)
            )
        if name is None:
            raise NotFoundError(f"No page at {url} was read.")
        return name

    def documents(self, source: str, *, url: str = "", reader: str = "") -> list[int]:
        """Ids of the documents of a source, ascending.

        Args:
            source: Name of the source.
            url: Only the document at this address.
            reader: Only the documents that something else than this has read.
        """
        query = select(Document.id).join(Source).where(Source.name == source)
        if url:
            query = query.where(Document.url == url)
        if reader:
            query = query.where(Document.reader != reader)
        with self._database.read() as session:
            return list(session.scalars(query.order_by(Document.id)))

    def kept(self, document_id: int) -> KeptDocument:
        """A document and its states."""
        with self._database.read() as session:
            url = session.get_one(Document, document_id).url
            rows = session.scalars(
                select(Snapshot).where(Snapshot.document_id == document_id).order_by(Snapshot.id)
            )
            states = tuple(
                KeptState(
                    snapshot_id=row.id,
                    raw_sha=row.raw_sha,
                    url=row.url or url,
                    listed=row.listed,
                    content_type=row.content_type,
                    fetched_at=row.fetched_at,
                )
                for row in rows
            )
            return KeptDocument(document_id, url, states)

    def store(
        self, kept: KeptDocument, readings: Sequence[Reading | None], *, dry: bool = False
    ) -> Reread | None:
        """Let a document say what its states are read to say now, and return what changed; None
        where it was visited meanwhile, and so has another state.

        Args:
            kept: The document, as it was handed out.
            readings: A reading for each of its states; None where one cannot be read. The newest
                must have one.
            dry: Whether all of it is taken back at once.
        """
        from catalogue.rereading import reread  # noqa: PLC0415 (most crawls read nothing again)

        with self._database.write() as session:
            document = session.get_one(Document, kept.id)
            snapshots = session.scalars(
                select(Snapshot).where(Snapshot.document_id == kept.id).order_by(Snapshot.id)
            ).all()
            if [one.id for one in snapshots] != [one.snapshot_id for one in kept.states]:
                return None
            with session.begin_nested() as attempt:
                outcome = reread(session, document, list(zip(snapshots, readings, strict=True)))
                if dry or not outcome.changed:
                    attempt.rollback()
            newest = readings[-1]
            if newest is not None and not dry:
                document.reader = newest.origin.reader
            return outcome
