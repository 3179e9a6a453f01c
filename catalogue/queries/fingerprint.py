"""A fingerprint of what the catalogue says: two crawls of one market must give the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import cast

from sqlalchemy import Result, select
from sqlalchemy.orm import Session

from catalogue.models import (
    Bearing,
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Function,
    Identifier,
    Lead,
    Listing,
    Mention,
    Notice,
    NoticeSupplier,
    NoticeTool,
    Organisation,
    OrganisationName,
    Signal,
    Statement,
    Tag,
    Tool,
)

Rows = Iterator[Sequence[object]]


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

    def tables(self) -> Iterator[tuple[str, Rows]]:
        yield "document", self._documents()
        yield "organisation", self._of_organisations()
        yield "tool", self._of_tools()
        yield "tag", self._tags()
        yield "statement", self._statements()
        yield "displayed", self._displayed()
        yield "said", self._said()
        yield "named", self._named()
        yield "weighed", self._weighed()
        yield "signal", self._signals()
        yield "notice", self._notices()

    def _documents(self) -> Rows:
        for story, *facts in self._session.execute(
            select(
                Document.story_id,
                Document.url,
                Document.title,
                Document.kind,
                Document.voice,
                Document.text_sha,
                Document.published_on,
            ).where(Document.gone_at.is_(None))
        ):
            yield *facts, "" if story is None else self._urls[story]

    def _of_organisations(self) -> Rows:
        yield from self._session.execute(
            select(Organisation.name, Organisation.kind, Organisation.homepage)
        )
        yield from self._merged(Organisation, self._organisations)
        query = select(Identifier.organisation_id, Identifier.scheme, Identifier.value)
        for owner, *identifier in self._session.execute(query):
            yield self._organisations[owner], *identifier
        names = select(
            OrganisationName.organisation_id, OrganisationName.kind, OrganisationName.text
        )
        for owner, *name in self._session.execute(names):
            yield self._organisations[owner], *name
        for row in self._session.scalars(select(Listing)):
            where = (self._urls[row.document_id], row.place, row.first_seen)
            yield self._organisations[row.organisation_id], row.listed_on, row.tool, *where

    def _of_tools(self) -> Rows:
        shown = (Tool.summary, Tool.homepage, Tool.use_case, Tool.setting, Tool.scope)
        weighed = (Tool.autonomy, Tool.evidence, Tool.independent, Tool.claims)
        yield from self._of(self._session.execute(select(Tool.id, *shown, *weighed)))
        yield from self._merged(Tool, self._tools)
        facts = (Function.use_case, Function.autonomy, Function.scope, Function.rule)
        yield from self._of(self._session.execute(select(Function.tool_id, *facts)))

    def _merged(self, model: type[Tool | Organisation], names: Mapping[int, str]) -> Rows:
        """Records that are shown as others."""
        query = select(model.id, model.canonical_id)
        for record, shown in self._session.execute(query.where(model.canonical_id > 0)):
            if shown is not None:
                yield names[record], "is shown as", names[shown]

    def _tags(self) -> Rows:
        facts = (Tag.vocabulary, Tag.code, Tag.state, Tag.by, Tag.why)
        yield from self._of(self._session.execute(select(Tag.tool_id, *facts)))

    def _of(self, rows: Iterable[Sequence[object]]) -> Rows:
        """Rows that begin with a tool, its name in the place of its id."""
        for tool_id, *facts in rows:
            yield self._tools[cast("int", tool_id)], *facts

    def _statements(self) -> Rows:
        query = select(
            Statement.subject_type,
            Statement.subject_id,
            Statement.document_id,
            Statement.property,
            Statement.value,
            Statement.absence,
            Statement.quote,
            Statement.place,
            Statement.first_seen,
        )
        for kind, subject, page, name, value, absence, words, place, seen in self._session.execute(
            query
        ):
            where = (self._urls[page], place, seen)
            yield self._subject(kind, subject), name, value, absence, words, *where

    def _displayed(self) -> Rows:
        query = select(
            Displayed.subject_type,
            Displayed.subject_id,
            Displayed.property,
            Displayed.ordinal,
            Statement.value,
            Statement.document_id,
        ).join(Statement, Statement.id == Displayed.statement_id)
        for kind, subject, name, ordinal, value, page in self._session.execute(query):
            yield self._subject(kind, subject), name, ordinal, value, self._urls[page]

    def _said(self) -> Rows:
        for model in (Claim, Evidence, Deployment):
            query = select(
                model.tool_id, model.fingerprint, model.quote, model.document_id, model.first_seen
            )
            for tool_id, mark, words, page, seen in self._session.execute(query):
                tool = "" if tool_id is None else self._tools[tool_id]
                yield tool, mark, words, self._urls[page], seen

    def _named(self) -> Rows:
        """What documents name: tools, suppliers, and what may be one."""
        query = select(Mention.document_id, Mention.tool_id, Mention.organisation_id, Mention.quote)
        for page, tool, organisation, words in self._session.execute(query):
            what = "" if organisation is None else self._organisations[organisation]
            yield self._urls[page], what if tool is None else self._tools[tool], words
        leads = select(Lead.document_id, Lead.name, Lead.supplier, Lead.state, Lead.quote)
        for page, *facts in self._session.execute(leads):
            yield self._urls[page], *facts

    def _weighed(self) -> Rows:
        """What evidence makes of claims, and which of them only repeat others."""
        pages = self._urls
        claims = {
            row.id: (pages[row.document_id], row.quote, row.high, row.low, row.unit)
            for row in self._session.execute(
                select(Claim.id, Claim.document_id, Claim.quote, Claim.high, Claim.low, Claim.unit)
            )
        }
        standing = select(Claim.id, Claim.standing, Claim.head_id).where(Claim.tool_id.is_not(None))
        for claim, stands, head in self._session.execute(standing):
            yield *claims[claim], stands, *(() if head is None else claims[head])
        query = select(
            Bearing.claim_id, Evidence.document_id, Evidence.title, Bearing.relation, Bearing.by
        ).join(Evidence, Evidence.id == Bearing.evidence_id)
        for claim, page, *facts in self._session.execute(query):
            yield *claims[claim], pages[page], *facts

    def _notices(self) -> Rows:
        facts = (Notice.notice_type, Notice.value_low, Notice.value_high, Notice.framework)
        query = select(Notice.id, Notice.document_id, Notice.buyer_id, Notice.title, *facts)
        pages: dict[int, str] = {}
        for notice, page, buyer, *said in self._session.execute(query):
            pages[notice] = self._urls[page]
            yield pages[notice], "" if buyer is None else self._organisations[buyer], *said
        named = select(
            NoticeSupplier.notice_id,
            NoticeSupplier.award,
            NoticeSupplier.name,
            NoticeSupplier.scheme,
            NoticeSupplier.value,
        )
        for notice, *supplier in self._session.execute(named):
            yield pages[notice], *supplier
        for notice, tool in self._session.execute(select(NoticeTool.notice_id, NoticeTool.tool_id)):
            yield pages[notice], self._tools[tool]

    def _signals(self) -> Rows:
        yield from self._session.execute(
            select(
                Signal.type,
                Signal.subject,
                Signal.before,
                Signal.after,
                Signal.quote,
                Signal.horizon,
            )
        )

    def _subject(self, kind: str, subject: int) -> str:
        return (self._tools if kind == "tool" else self._organisations)[subject]


def _pairs(rows: Result[int, str]) -> dict[int, str]:
    return {row[0]: row[1] for row in rows}
