"""A fingerprint of what the catalogue says: two crawls of one market must give the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from sqlalchemy import Result, select
from sqlalchemy.orm import Session

from catalogue.models import (
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Function,
    Identifier,
    Organisation,
    Signal,
    Statement,
    Tag,
    Tool,
)


def fingerprint(session: Session) -> str:
    """SHA-256 over what the catalogue says: equal when two catalogues say the same.

    Ids, times of visits and the order of reading are left out.
    """
    digest = sha256()
    for line in content(session):
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def content(session: Session) -> Iterator[str]:
    """What the catalogue says, as lines of JSON in a fixed order."""
    for kind, rows in _Content(session).tables():
        yield from sorted(json.dumps([kind, *row], default=str) for row in rows)


class _Content:
    """Rows with names and addresses in the place of ids."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._urls = _pairs(session.execute(select(Document.id, Document.url)))
        self._organisations = _pairs(session.execute(select(Organisation.id, Organisation.name)))
        tools = session.execute(select(Tool.id, Tool.supplier_id, Tool.name))
        self._tools = {
            tool_id: f"{self._organisations[supplier_id]} / {name}"
            for tool_id, supplier_id, name in tools
        }

    def tables(self) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
        yield "document", self._documents()
        yield "organisation", self._of_organisations()
        yield "tool", self._of_tools()
        yield "tag", self._tags()
        yield "statement", self._statements()
        yield "displayed", self._displayed()
        yield "said", self._said()
        yield "signal", self._signals()

    def _documents(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Document).where(Document.gone_at.is_(None))):
            yield row.url, row.title, row.kind, row.voice, row.text_sha, row.published_on

    def _of_organisations(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Organisation)):
            yield row.name, row.kind, row.homepage
        for one in self._session.scalars(select(Identifier)):
            yield self._organisations[one.organisation_id], one.scheme, one.value

    def _of_tools(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Tool)):
            shown = (row.summary, row.homepage, row.use_case, row.setting, row.scope)
            weighed = (row.autonomy, row.evidence, row.independent, row.claims)
            yield self._tools[row.id], *shown, *weighed
        for one in self._session.scalars(select(Function)):
            yield self._tools[one.tool_id], one.use_case, one.autonomy, one.scope, one.rule

    def _tags(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Tag)):
            yield self._tools[row.tool_id], row.vocabulary, row.code, row.state, row.by, row.why

    def _statements(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Statement)):
            where = (self._urls[row.document_id], row.place, row.first_seen)
            yield self._subject(row), row.property, row.value, row.absence, row.quote, *where

    def _displayed(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Displayed)):
            chosen = row.statement
            url = self._urls[chosen.document_id]
            yield self._subject(chosen), row.property, row.ordinal, chosen.value, url

    def _said(self) -> Iterator[tuple[object, ...]]:
        for model in (Claim, Evidence, Deployment):
            rows: Iterable[Claim | Evidence | Deployment] = self._session.scalars(select(model))
            for row in rows:
                tool = "" if row.tool_id is None else self._tools[row.tool_id]
                yield tool, row.fingerprint, row.quote, self._urls[row.document_id], row.first_seen

    def _signals(self) -> Iterator[tuple[object, ...]]:
        for row in self._session.scalars(select(Signal)):
            yield row.type, row.subject, row.before, row.after

    def _subject(self, row: Statement) -> str:
        return (self._tools if row.subject_type == "tool" else self._organisations)[row.subject_id]


def _pairs(rows: Result[int, str]) -> dict[int, str]:
    return {row[0]: row[1] for row in rows}
