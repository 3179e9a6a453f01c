"""Who says a passage: the page at an address, its publisher and its voice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from catalogue.match_rows import SaidRow
from catalogue.models import Document, Source
from catalogue.rows import Hit, Speaker
from catalogue.vocabularies import load


def said(session: Session, passages: Collection[tuple[str, str]]) -> dict[tuple[str, str], SaidRow]:
    """Passages, pairs of text and address of the page, with who says them, where and when."""
    pages = _pages(session, sorted({url for _, url in passages}))
    return {(text, url): _row(text, url, pages.get(url)) for text, url in passages}


def spoken(session: Session, hits: Sequence[Hit]) -> list[Hit]:
    """Answers of a search, each with who says its passage and when that was last seen."""
    pages = _pages(session, sorted({hit.passage_url for hit in hits}))
    return [replace(hit, speaker=_speaker(pages.get(hit.passage_url))) for hit in hits]


def _pages(session: Session, urls: Sequence[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for start in range(0, len(urls), 500):
        query = (
            select(Document)
            .options(
                defer(Document.text, raiseload=True),
                defer(Document.drafts, raiseload=True),
                joinedload(Document.source).joinedload(Source.publisher),
            )
            .where(Document.url.in_(urls[start : start + 500]))
        )
        found |= {page.url: page for page in session.scalars(query)}
    return found


def _row(text: str, url: str, page: Document | None) -> SaidRow:
    if page is None:
        return SaidRow(text, "", load().label("VOICE_NOT_STATED"), False, url, "", None, None)
    voice = load()["voices"].get(page.voice)
    return SaidRow(
        text=text,
        said_by=page.source.publisher.name,
        voice=voice.label,
        independent=voice.attribute("independent") == "yes",
        url=url,
        document=page.title,
        published_on=page.published_on,
        last_seen=page.last_seen.date(),
    )


def _speaker(page: Document | None) -> Speaker | None:
    if page is None:
        return None
    voice = load()["voices"].get(page.voice).label
    return Speaker(page.title, page.source.publisher.name, voice, page.last_seen.date())
