"""Accounts: everything that the catalogue holds of some tools, read in a few queries.

An account is what a projection is made from, and the projection that stands now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from catalogue import books
from catalogue.books import Books
from catalogue.identity import address
from catalogue.members import under
from catalogue.models import (
    Displayed,
    Document,
    Function,
    Statement,
    Tag,
    TermHint,
    Tool,
    ToolName,
)
from catalogue.precedence import Spoken
from catalogue.review.holding import holding, ruled
from catalogue.tagging import Suggestion
from catalogue.tags import TagFacts

ENOUGH = 4000
"""Characters of a tool's own page that tags are suggested from: what follows is rarely about
the tool as a whole."""


_ASKED = bindparam("tools", type_=Integer(), expanding=True)
"""The tools that are asked for. The queries are built once: every page that is stored asks them."""

_HOMES = select(ToolName.tool_id, ToolName.key).where(
    ToolName.tool_id.in_(_ASKED), ToolName.kind == "homepage"
)

_STATEMENTS = (
    select(
        Statement.subject_id,
        Statement.last_seen,
        Document.id,
        Document.last_seen,
        Document.gone_at,
        Statement.id,
        Statement.property,
        Statement.value,
        Statement.original,
        Statement.absence,
        Statement.quote,
        Statement.place,
        Statement.confidence,
        Statement.voice,
        Statement.first_seen,
        Document.url,
    )
    .join(Document, Document.id == Statement.document_id)
    .where(Statement.subject_type == "tool", Statement.subject_id.in_(_ASKED))
)

_DISPLAYED = select(
    Displayed.subject_id, Displayed.property, Displayed.ordinal, Displayed.statement_id
).where(Displayed.subject_type == "tool", Displayed.subject_id.in_(_ASKED))

_TAGS = select(
    Tag.tool_id,
    Tag.vocabulary,
    Tag.code,
    Tag.state,
    Tag.by,
    Tag.why,
    Tag.quote,
    Tag.confidence,
).where(Tag.tool_id.in_(_ASKED))

_HINTS = select(
    TermHint.tool_id,
    TermHint.vocabulary,
    TermHint.code,
    TermHint.why,
    TermHint.quote,
    TermHint.confidence,
).where(TermHint.tool_id.in_(_ASKED))

_FUNCTIONS = select(
    Function.tool_id,
    Function.use_case,
    Function.autonomy,
    Function.scope,
    Function.rule,
    Function.device,
    Function.quote,
).where(Function.tool_id.in_(_ASKED))


_BEGINNINGS = select(Document.id, func.substr(Document.text, 1, ENOUGH)).where(
    Document.id.in_(bindparam("documents", expanding=True))
)


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """What is decided of one function of a tool."""

    autonomy: str
    scope: str
    rule: str
    device: str
    quote: str


@dataclass(slots=True)
class Account:
    """One tool: what is said of it and of its merged records now, and what is shown of it.

    Of a tool that was merged into another, nothing is said here.
    """

    tool: Tool
    homes: frozenset[str] = frozenset()
    """Addresses of its own pages."""
    spoken: list[Spoken] = field(default_factory=list)
    """Its current statements."""
    pages: list[str] = field(default_factory=list)
    """The beginnings of its own pages that are not gone, by address."""
    last_seen: datetime | None = None
    """When a document that ever spoke of it was last seen."""
    books: Books = field(default_factory=Books)
    """Its claims and evidence, and what was made of them."""
    displayed: dict[tuple[str, int], int] = field(default_factory=dict)
    """Statements shown now, by (property, ordinal)."""
    tags: dict[tuple[str, str], TagFacts] = field(default_factory=dict)
    functions: dict[str, FunctionFacts] = field(default_factory=dict)
    """By use case."""
    decided: dict[tuple[str, str], TagFacts] = field(default_factory=dict)
    """What people decided of terms, by (vocabulary, code)."""
    hints: dict[tuple[str, str], Suggestion] = field(default_factory=dict)
    """What words and meaning suggest, by (vocabulary, code), as far as it was worked out."""


def accounts(session: Session, tools: Sequence[Tool]) -> list[Account]:
    """The accounts of these tools, in their order."""
    held = {tool.id: Account(tool) for tool in tools}
    records = {record: held[shown] for record, shown in under(session, tools).items()}
    _read_homes(session, records)
    _read_statements(session, records)
    _read_decided(session, records)
    owners = {record: account.tool.id for record, account in records.items()}
    for tool_id, one in books.read(session, owners).items():
        held[tool_id].books = one
    _read_projection(session, held)
    return list(held.values())


def _rows(
    session: Session, query: Select[*tuple[Any, ...]], tools: Iterable[int]
) -> Iterator[Sequence[Any]]:
    """The rows of a query about some tools as plain values."""
    yield from session.execute(query, {_ASKED.key: list(tools)})


def _read_homes(session: Session, held: dict[int, Account]) -> None:
    for tool_id, key in _rows(session, _HOMES, held):
        held[tool_id].homes |= {key}


def _read_statements(session: Session, held: dict[int, Account]) -> None:
    own: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for tool_id, seen, document_id, last_seen, gone_at, *values in _rows(
        session, _STATEMENTS, held
    ):
        account = held[tool_id]
        account.last_seen = max(account.last_seen or last_seen, last_seen)
        if gone_at is not None:
            continue
        one = Spoken(*values)
        if seen == last_seen:
            account.spoken.append(one)
        if address(one.url) in account.homes:
            own[account.tool.id].add((one.url, document_id))
    texts = _beginnings(session, {page for pages in own.values() for _, page in pages})
    for tool_id, pages in own.items():
        held[tool_id].pages = [texts[page] for _, page in sorted(pages)]


def _read_decided(session: Session, held: dict[int, Account]) -> None:
    """What people decided of terms; of one term on several records, the first record's counts."""
    if not ruled(session, "tag"):
        return
    subjects = {f"tool/{record}": record for record in sorted(held)}
    for ruling in sorted(
        holding(session, "tag", subjects), key=lambda one: (subjects[one.subject], one.id)
    ):
        vocabulary, _, code = ruling.object.partition("/")
        said = TagFacts(ruling.value, ruling.actor, ruling.why, "", 1.0)
        held[subjects[ruling.subject]].decided.setdefault((vocabulary, code), said)


def _beginnings(session: Session, documents: Iterable[int]) -> dict[int, str]:
    return dict(session.execute(_BEGINNINGS, {"documents": [*documents]}).all())


def _read_projection(session: Session, held: dict[int, Account]) -> None:
    for tool_id, name, ordinal, statement_id in _rows(session, _DISPLAYED, held):
        held[tool_id].displayed[name, ordinal] = statement_id
    for tool_id, vocabulary, code, *facts in _rows(session, _TAGS, held):
        held[tool_id].tags[vocabulary, code] = TagFacts(*facts)
    for tool_id, vocabulary, code, *facts in _rows(session, _HINTS, held):
        held[tool_id].hints[vocabulary, code] = Suggestion(code, "suggested", *facts)
    for tool_id, use_case, *facts in _rows(session, _FUNCTIONS, held):
        held[tool_id].functions[use_case] = FunctionFacts(*facts)
