"""Shelving: search documents are made from tools and documents that changed, a batch at a time.

What a batch needs is asked of the database for all of it at once: asked one by one, a hundred
thousand tools take a quarter of an hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any, Final

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalogue.identity import address
from catalogue.models import (
    Claim,
    Displayed,
    Document,
    Organisation,
    SearchEntry,
    SearchPassage,
    Statement,
    Tool,
    ToolName,
)
from catalogue.passages import passages
from catalogue.text import one_line
from catalogue.vocabularies import load

BATCH: Final = 200
"""Subjects that one transaction takes up."""

Said = list[tuple[str, str]]
"""Texts, each with the address where it stands."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry would say."""

    title: str
    url: str
    passages: tuple[tuple[str, str], ...]
    """Text and address of each."""

    @property
    def sha(self) -> str:
        """SHA-256 of all that it says."""
        return _sha("\0".join([self.title, self.url, *(f"{t}\0{u}" for t, u in self.passages)]))


def take_tools(session: Session) -> tuple[int, int]:
    """Take up a batch of stale tools: how many, and how many of them changed."""
    columns = (Tool.id, Tool.name, Tool.summary, Tool.homepage, Tool.use_case)
    tools = session.execute(
        select(*columns, Tool.canonical_supplier_id, Tool.canonical_id)
        .where(Tool.stale)
        .order_by(Tool.id)
        .limit(BATCH)
    ).all()
    ids = [tool.id for tool in tools]
    drafts: dict[int, Draft | None] = dict.fromkeys(ids)
    drafts |= _tools(session, [tool for tool in tools if tool.canonical_id is None])
    new = _replace(session, "tool", drafts)
    session.execute(update(Tool).where(Tool.id.in_(ids)).values(stale=False))
    homes = select(ToolName.text).where(ToolName.tool_id.in_(ids), ToolName.kind == "homepage")
    session.execute(update(Document).where(Document.url.in_(homes)).values(stale=True))
    return len(tools), new


def take_documents(session: Session) -> tuple[int, int]:
    """Take up a batch of stale documents: how many, and how many of them changed."""
    pages = session.execute(
        select(Document.id, Document.url, Document.gone_at)
        .where(Document.stale)
        .order_by(Document.id)
        .limit(BATCH)
    ).all()
    ids = [page.id for page in pages]
    keys = {page.id: address(page.url) for page in pages if page.gone_at is None}
    owned = set(
        session.scalars(
            select(ToolName.key).where(
                ToolName.kind == "homepage", ToolName.key.in_(list(keys.values()))
            )
        )
    )
    alone = [one for one, key in keys.items() if key not in owned]
    told = session.execute(
        select(Document.id, Document.url, Document.title, Document.text).where(
            Document.id.in_(alone)
        )
    )
    drafts: dict[int, Draft | None] = dict.fromkeys(ids)
    drafts |= {page.id: _page(page.url, page.title, page.text) for page in told}
    new = _replace(session, "document", drafts)
    session.execute(update(Document).where(Document.id.in_(ids)).values(stale=False))
    return len(pages), new


def _replace(session: Session, kind: str, drafts: Mapping[int, Draft | None]) -> int:
    """Bring the entries of these subjects in step with their drafts; returns how many changed.
    A subject without a draft has no entry.
    """
    held = {
        entry.subject_id: entry
        for entry in session.execute(
            select(SearchEntry.id, SearchEntry.subject_id, SearchEntry.content_sha).where(
                SearchEntry.kind == kind, SearchEntry.subject_id.in_(list(drafts))
            )
        )
    }
    changed = {
        subject: draft
        for subject, draft in drafts.items()
        if (held[subject].content_sha if subject in held else None)
        != (draft.sha if draft is not None else None)
    }
    gone = [held[subject].id for subject in changed if subject in held]
    session.execute(delete(SearchPassage).where(SearchPassage.entry_id.in_(gone)))
    session.execute(delete(SearchEntry).where(SearchEntry.id.in_(gone)))
    _insert(session, kind, {one: draft for one, draft in changed.items() if draft is not None})
    return len(changed)


def _insert(session: Session, kind: str, drafts: Mapping[int, Draft]) -> None:
    if not drafts:
        return
    entries = [
        {
            "kind": kind,
            "subject_id": subject,
            "title": draft.title,
            "url": draft.url,
            "body": "\n".join(text for text, _ in draft.passages),
            "content_sha": draft.sha,
        }
        for subject, draft in drafts.items()
    ]
    made = insert(SearchEntry).returning(SearchEntry.id, sort_by_parameter_order=True)
    ids = session.scalars(made, entries).all()
    rows: list[dict[str, Any]] = [
        {"entry_id": entry, "text": text, "text_sha": _sha(text), "url": url}
        for entry, draft in zip(ids, drafts.values(), strict=True)
        for text, url in draft.passages
    ]
    if rows:
        session.execute(insert(SearchPassage), rows)


def _tools(session: Session, tools: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, Draft]:
    """Tools: what each is, its features, the words of its own page, and what is claimed of it."""
    use_cases = load()["use_cases"]
    ids = [tool.id for tool in tools]
    merged = select(Tool.id, func.coalesce(Tool.canonical_id, Tool.id)).where(
        Tool.canonical_id.in_(ids)
    )
    shown = dict(zip(ids, ids, strict=True)) | dict(session.execute(merged).all())
    owners = {tool.canonical_supplier_id for tool in tools}
    suppliers = dict(
        session.execute(
            select(Organisation.id, Organisation.name).where(Organisation.id.in_(owners))
        ).all()
    )
    features = _features(session, ids)
    pages, claims = _own_pages(session, shown), _claims(session, shown)
    drafts = {}
    for tool in tools:
        kind = f" {use_cases.get(tool.use_case).label}." if tool.use_case else ""
        by = suppliers[tool.canonical_supplier_id]
        said = [(one_line(f"{tool.name}, by {by}.{kind} {tool.summary}"), tool.homepage)]
        if tool.id in features:
            listed = ". ".join(one_line(feature).rstrip(".") for feature in features[tool.id])
            said += [(text, tool.homepage) for text in passages(f"{listed}.")]
        said += chain(pages[tool.id], claims[tool.id])
        drafts[tool.id] = Draft(tool.name, tool.homepage, _once(said))
    return drafts


def _features(session: Session, tools: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    query = (
        select(Displayed.subject_id, Statement.value)
        .join(Statement, Displayed.statement_id == Statement.id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id.in_(tools),
            Displayed.property == "feature",
        )
        .order_by(Displayed.subject_id, Displayed.ordinal)
    )
    for tool, value in session.execute(query):
        found[tool].append(value)
    return found


def _own_pages(session: Session, shown: Mapping[int, int]) -> Mapping[int, Said]:
    """Passages of the pages of each tool; `shown` gives the tool that a record is shown as."""
    homes: defaultdict[int, set[str]] = defaultdict(set)
    named = select(ToolName.tool_id, ToolName.key).where(
        ToolName.tool_id.in_(list(shown)), ToolName.kind == "homepage"
    )
    for record, key in session.execute(named):
        homes[shown[record]].add(key)
    stated = (
        select(Statement.subject_id, Document.id, Document.url)
        .join(Document, Document.id == Statement.document_id)
        .where(
            Statement.subject_type == "tool",
            Statement.subject_id.in_(list(shown)),
            Document.gone_at.is_(None),
        )
        .distinct()
        .order_by(Document.url)
    )
    own: dict[tuple[int, int], str] = {}
    for record, page, url in session.execute(stated):
        if address(url) in homes[shown[record]]:
            own[shown[record], page] = url
    texts = select(Document.id, Document.text).where(Document.id.in_({page for _, page in own}))
    text_of = dict(session.execute(texts).all())
    found: defaultdict[int, Said] = defaultdict(list)
    for (tool, page), url in own.items():
        found[tool] += [(text, url) for text in passages(text_of[page])]
    return found


def _claims(session: Session, shown: Mapping[int, int]) -> Mapping[int, Said]:
    """What is claimed of each tool now."""
    found: defaultdict[int, Said] = defaultdict(list)
    query = (
        select(Claim.tool_id, Claim.quote, Document.url)
        .join(Document, Document.id == Claim.document_id)
        .where(
            Claim.tool_id.in_(list(shown)),
            Claim.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .order_by(Document.url, Claim.quote)
    )
    for record, quote, url in session.execute(query):
        if record is not None:
            found[shown[record]].append((one_line(quote), url))
    return found


def _page(url: str, title: str, text: str) -> Draft:
    """A document in its own right."""
    title = one_line(title)
    texts = list(passages(text)) or [""]
    if not texts[0].startswith(title):
        texts[0] = f"{title}. {texts[0]}".strip()
    return Draft(title, url, _once((text, url) for text in texts))


def _once(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The passages without repeats; a text keeps the address where it stood first."""
    kept: dict[str, str] = {}
    for text, url in found:
        kept.setdefault(text, url)
    return tuple(kept.items())


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()
