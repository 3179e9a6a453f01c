"""A corpus: texts that were given and not crawled, as the documents of a catalogue of their own.

Search is judged on it. From here on its texts are pages like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.database import Database
from catalogue.errors import CatalogueError
from catalogue.models import Document, Organisation, Source
from catalogue.text import clean, one_line

NAME: Final = "corpus"
"""Name of its one source, and of who publishes it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a corpus."""

    name: str
    """No other text of the corpus has it."""
    title: str
    text: str

    @property
    def url(self) -> str:
        """Address of its document; nothing is there, since `.invalid` is kept free (RFC 2606)."""
        return f"https://corpus.invalid/{quote(self.name, safe='', errors='surrogatepass')}"


def fill(database: Database, texts: Iterable[Text], at: datetime) -> int:
    """Make a catalogue hold these texts and no others; returns how many documents changed.

    Raises:
        CatalogueError: it holds sources already, so it is somebody's own; nothing was changed.
    """
    with database.write() as session:
        source = _source(session, at)
        held = {one.url: one for one in session.scalars(select(Document))}
        changed = 0
        for text in texts:
            document = held.pop(text.url, None)
            if document is None:
                document = _new(source, text.url, at)
                session.add(document)
            changed += _say(document, one_line(text.title), clean(text.text), at)
        for document in held.values():
            if document.gone_at is None:
                document.gone_at, document.stale = at, True
                changed += 1
    return changed


def _source(session: Session, at: datetime) -> Source:
    sources = session.scalars(select(Source)).all()
    if [source.name for source in sources] == [NAME]:
        return sources[0]
    if sources:
        raise CatalogueError(
            "This catalogue holds sources that were crawled; texts of a corpus do not go beside "
            "them.",
            "Name another folder.",
        )
    publisher = Organisation(name=NAME, key=NAME, kind="publisher", first_seen=at)
    session.add(publisher)
    session.flush()
    source = Source(
        name=NAME,
        title="Texts of a corpus",
        archetype="site",
        publisher_id=publisher.id,
        voice="VOICE_NOT_STATED",
        licence="not stated",
        cadence="weekly",
        definition="{}",
        founding=True,
        registered_at=at,
    )
    session.add(source)
    session.flush()
    return source


def _new(source: Source, url: str, at: datetime) -> Document:
    return Document(
        source_id=source.id,
        url=url,
        kind="page",
        language="en",
        voice=source.voice,
        title="",
        text="",
        text_sha="",
        drafts="[]",
        first_seen=at,
    )


def _say(document: Document, title: str, text: str, at: datetime) -> bool:
    """Let a document say this; returns whether it said something else, or nothing, before."""
    said = sha256(text.encode()).hexdigest()
    if (document.title, document.text_sha, document.gone_at) == (title, said, None):
        return False
    document.title, document.text, document.text_sha = title, text, said
    document.last_seen = document.changed_at = at
    document.gone_at, document.stale = None, True
    return True
