"""The shelf: search documents made from the catalogue and kept beside it.

It is the database's side of `catalogue.documents.DocumentStore`. An entry never changes: when
what it says changes, a new one with a new id takes its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from catalogue.clock import Clock, system_clock
from catalogue.database import Database, insert_new
from catalogue.documents import Passage, SearchDocument
from catalogue.identity import address
from catalogue.members import members
from catalogue.models import (
    Claim,
    Displayed,
    Document,
    Embedding,
    Organisation,
    SearchEntry,
    SearchPassage,
    Statement,
    Tool,
    ToolName,
)
from catalogue.passages import passages
from catalogue.queries.conditions import OUT_OF_SCOPE
from catalogue.queries.tools import browse
from catalogue.rows import Filters
from catalogue.text import one_line
from catalogue.vocabularies import load

BATCH = 200
"""Subjects that one transaction takes up."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """What an entry would say: title, address, and (text, address) of each passage."""

    title: str
    url: str
    passages: tuple[tuple[str, str], ...]

    @property
    def sha(self) -> str:
        return _sha("\0".join([self.title, self.url, *(f"{t}\0{u}" for t, u in self.passages)]))


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
        for take in (_take_tools, _take_documents):
            taken = BATCH
            while taken == BATCH:
                with self._database.write() as session:
                    taken, new = take(session)
                made += new
        return made

    def ids(self) -> array[int]:
        """Ids of all current search documents, ascending."""
        with self._database.read() as session:
            return array("q", session.scalars(select(SearchEntry.id).order_by(SearchEntry.id)))

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


def _take_tools(session: Session) -> tuple[int, int]:
    """Take up a batch of stale tools: how many, and how many of them changed."""
    tools = session.scalars(select(Tool).where(Tool.stale).order_by(Tool.id).limit(BATCH)).all()
    new = 0
    for tool in tools:
        tool.stale = False
        draft = None if tool.canonical_id is not None else _tool(session, tool)
        new += _replace(session, "tool", tool.id, draft)
        homes = select(ToolName.text).where(
            ToolName.tool_id == tool.id, ToolName.kind == "homepage"
        )
        session.execute(update(Document).where(Document.url.in_(homes)).values(stale=True))
    return len(tools), new


def _take_documents(session: Session) -> tuple[int, int]:
    """Take up a batch of stale documents: how many, and how many of them changed."""
    pages = session.scalars(
        select(Document).where(Document.stale).order_by(Document.id).limit(BATCH)
    ).all()
    new = 0
    for page in pages:
        page.stale = False
        new += _replace(session, "document", page.id, _page(session, page))
    return len(pages), new


def _replace(session: Session, kind: str, subject_id: int, draft: _Draft | None) -> bool:
    """Bring the entry of one subject in step with its draft; says whether it changed."""
    held = session.scalar(
        select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.subject_id == subject_id)
    )
    if (held.content_sha if held else None) == (draft.sha if draft else None):
        return False
    if held is not None:
        session.delete(held)
        session.flush()
    if draft is not None:
        session.add(
            SearchEntry(
                kind=kind,
                subject_id=subject_id,
                title=draft.title,
                url=draft.url,
                body="\n".join(text for text, _ in draft.passages),
                content_sha=draft.sha,
                passages=[
                    SearchPassage(text=text, text_sha=_sha(text), url=url)
                    for text, url in draft.passages
                ],
            )
        )
    session.flush()
    return True


def _tool(session: Session, tool: Tool) -> _Draft:
    """A tool: what it is, its features, the words of its own page, and what is claimed of it."""
    use_cases = load()["use_cases"]
    supplier = session.get_one(Organisation, tool.canonical_supplier_id).name
    records = members(session, tool.id)
    kind = f" {use_cases.get(tool.use_case).label}." if tool.use_case else ""
    found = [(one_line(f"{tool.name}, by {supplier}.{kind} {tool.summary}"), tool.homepage)]
    features = session.scalars(
        select(Statement.value)
        .join(Displayed, Displayed.statement_id == Statement.id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id == tool.id,
            Displayed.property == "feature",
        )
        .order_by(Displayed.ordinal)
    ).all()
    if features:
        listed = ". ".join(one_line(feature).rstrip(".") for feature in features)
        found += [(text, tool.homepage) for text in passages(f"{listed}.")]
    for page in _own_pages(session, records):
        found += [(text, page.url) for text in passages(page.text)]
    said = session.execute(
        select(Claim.quote, Document.url)
        .join(Document, Document.id == Claim.document_id)
        .where(
            Claim.tool_id.in_(records),
            Claim.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .order_by(Document.url, Claim.quote)
    )
    found += [(one_line(quote), url) for quote, url in said]
    return _Draft(tool.name, tool.homepage, _once(found))


def _own_pages(session: Session, records: Sequence[int]) -> list[Document]:
    homes = set(
        session.scalars(
            select(ToolName.key).where(ToolName.tool_id.in_(records), ToolName.kind == "homepage")
        )
    )
    pages = session.scalars(
        select(Document)
        .where(
            Document.gone_at.is_(None),
            Document.id.in_(
                select(Statement.document_id).where(
                    Statement.subject_type == "tool", Statement.subject_id.in_(records)
                )
            ),
        )
        .order_by(Document.url)
    )
    return [page for page in pages if address(page.url) in homes]


def _page(session: Session, document: Document) -> _Draft | None:
    """A document in its own right; None when it is gone or is a tool's own page."""
    owner = select(ToolName.id).where(
        ToolName.kind == "homepage", ToolName.key == address(document.url)
    )
    if document.gone_at is not None or session.scalar(owner.limit(1)) is not None:
        return None
    title = one_line(document.title)
    texts = list(passages(document.text)) or [""]
    if not texts[0].startswith(title):
        texts[0] = f"{title}. {texts[0]}".strip()
    return _Draft(title, document.url, _once((text, document.url) for text in texts))


def _once(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The passages without repeats; a text keeps the address where it stood first."""
    kept: dict[str, str] = {}
    for text, url in found:
        kept.setdefault(text, url)
    return tuple(kept.items())


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
        passages=tuple(Passage(row.id, row.text, row.text_sha, row.url) for row in entry.passages),
    )


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
