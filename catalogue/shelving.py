"""Shelving: search documents are made from tools and documents that changed, a batch at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue.entry_drafts import Draft, page_draft, text_sha, tool_drafts
from catalogue.identity import address
from catalogue.models import Document, SearchEntry, SearchPassage, Tool, ToolName

BATCH: Final = 200
"""Subjects that one transaction takes up."""


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
    drafts |= tool_drafts(session, [tool for tool in tools if tool.canonical_id is None])
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
    drafts |= {page.id: page_draft(page.url, page.title, page.text) for page in told}
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
            "body": "\n".join(said.text for said in draft.passages),
            "content_sha": draft.sha,
        }
        for subject, draft in drafts.items()
    ]
    made = insert(SearchEntry).returning(SearchEntry.id, sort_by_parameter_order=True)
    ids = session.scalars(made, entries).all()
    rows: list[dict[str, Any]] = [
        {"entry_id": entry, "text_sha": text_sha(said.text), **said._asdict()}
        for entry, draft in zip(ids, drafts.values(), strict=True)
        for said in draft.passages
    ]
    if rows:
        session.execute(insert(SearchPassage), rows)
