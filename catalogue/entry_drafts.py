"""Entry drafts: what a search document says. Of a tool, what it does, whom it serves and what is
claimed of it; of a page that no tool owns, its words. `catalogue.shelving` keeps them.

What a batch of tools needs is asked of the database for all of it at once: asked one by one, a
hundred thousand tools take a quarter of an hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from catalogue.documents import Aspect
from catalogue.identity import address
from catalogue.models import (
    Claim,
    Deployment,
    Displayed,
    Document,
    Organisation,
    Statement,
    Tool,
    ToolName,
)
from catalogue.passages import passages
from catalogue.properties import display, property_named
from catalogue.text import one_line
from catalogue.vocabularies import load

SERVES = ("setting", "user_group")
"""Properties that say whom a tool serves."""

Words = list[tuple[str, str]]
"""Texts, each with the address where it stands."""


class Said(NamedTuple):
    """A passage before it is stored."""

    text: str
    url: str
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry would say."""

    title: str
    url: str
    passages: tuple[Said, ...]

    @property
    def sha(self) -> str:
        """SHA-256 of all that it says: tells whether a stored entry says the same."""
        return text_sha("\0".join([self.title, self.url, *map("\0".join, self.passages)]))


def tool_drafts(session: Session, tools: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, Draft]:
    """Tools: what each is, its features, the words of its own page, whom it serves, and what is
    claimed of it.

    Args:
        session: Where to read.
        tools: Rows of id, name, summary, homepage, use_case and canonical_supplier_id.
    """
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
    summaries, features = (_stated(session, ids, name) for name in ("summary", "feature"))
    pages = _own_pages(session, shown)
    serves, uses = _serves(session, ids), _quotes(session, Deployment, shown)
    claims = _quotes(session, Claim, shown)
    drafts: dict[int, Draft] = {}
    for tool in tools:
        kind = f" {use_cases.get(tool.use_case).label}." if tool.use_case else ""
        by = suppliers[tool.canonical_supplier_id]
        summary = one_line(f"{tool.name}, by {by}.{kind} {tool.summary}")
        # Who says the summary is the page that gives it, which may be a listing.
        said = [Said(summary, next(iter(summaries.get(tool.id, ())), tool.homepage), "does")]
        for url, each in features.get(tool.id, {}).items():
            listed = ". ".join(one_line(feature).rstrip(".") for feature in each)
            said += [Said(text, url, "does") for text in passages(f"{listed}.")]
        # A page also tells of prices and certificates: it says what the tool does where nothing
        # else does.
        whole: Aspect = "" if tool.summary or tool.id in features else "does"
        said += [Said(text, url, whole) for text, url in pages[tool.id]]
        for_whom = chain(serves[tool.id], uses[tool.id])
        said += [Said(text, url, "serves") for text, url in for_whom]
        said += [Said(text, url, "claims") for text, url in claims[tool.id]]
        drafts[tool.id] = Draft(tool.name, tool.homepage, _once(said))
    return drafts


def _stated(
    session: Session, tools: Sequence[int], name: str
) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """What is shown of a property of each tool, by the page that says it."""
    found: dict[int, dict[str, list[str]]] = {}
    query = (
        select(Displayed.subject_id, Document.url, Statement.value)
        .join(Statement, Displayed.statement_id == Statement.id)
        .join(Document, Document.id == Statement.document_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id.in_(tools),
            Displayed.property == name,
            Statement.absence == "yes",
        )
        .order_by(Displayed.subject_id, Displayed.ordinal)
    )
    for tool, url, value in session.execute(query):
        found.setdefault(tool, {}).setdefault(url, []).append(value)
    return found


def _own_pages(session: Session, shown: Mapping[int, int]) -> Mapping[int, Words]:
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
    found: defaultdict[int, Words] = defaultdict(list)
    for (tool, page), url in own.items():
        found[tool] += [(text, url) for text in passages(text_of[page])]
    return found


def _serves(session: Session, tools: Sequence[int]) -> Mapping[int, Words]:
    """Whom each tool serves, in the words of each page that says it: settings and users."""
    shown = session.execute(
        select(
            Displayed.subject_id,
            Displayed.property,
            Statement.value,
            Statement.original,
            Document.url,
        )
        .join(Statement, Displayed.statement_id == Statement.id)
        .join(Document, Document.id == Statement.document_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id.in_(tools),
            Displayed.property.in_(SERVES),
        )
        .order_by(Displayed.subject_id, Displayed.property, Displayed.ordinal)
    )
    told: dict[tuple[int, str], dict[str, dict[str, None]]] = {}
    for tool, name, value, original, url in shown:
        known = property_named(name)
        words = one_line(original or display(known, value)).rstrip(".")
        told.setdefault((tool, url), {}).setdefault(known.label, {})[words] = None
    found: defaultdict[int, Words] = defaultdict(list)
    for (tool, url), labels in sorted(told.items()):
        text = " ".join(f"{label}: {'; '.join(said)}." for label, said in labels.items())
        found[tool].append((text, url))
    return found


def _quotes(
    session: Session, model: type[Claim | Deployment], shown: Mapping[int, int]
) -> Mapping[int, Words]:
    """What documents say of each tool now, and where; `shown` as in `_own_pages`."""
    found: defaultdict[int, Words] = defaultdict(list)
    query = (
        select(model.tool_id, model.quote, Document.url)
        .join(Document, Document.id == model.document_id)
        .where(
            model.tool_id.in_(list(shown)),
            model.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .order_by(Document.url, model.quote)
    )
    for record, quote, url in session.execute(query):
        if record is not None:
            found[shown[record]].append((one_line(quote), url))
    return found


def page_draft(url: str, title: str, text: str) -> Draft:
    """A document in its own right."""
    title = one_line(title)
    texts = list(passages(text)) or [""]
    if not texts[0].startswith(title):
        texts[0] = f"{title}. {texts[0]}".strip()
    return Draft(title, url, _once(Said(text, url, "") for text in texts))


def _once(found: Iterable[Said]) -> tuple[Said, ...]:
    """The passages without repeats; a text keeps the address and aspect it had first."""
    kept: dict[str, Said] = {}
    for said in found:
        kept.setdefault(said.text, said)
    return tuple(kept.values())


def text_sha(text: str) -> str:
    """SHA-256 of a text: with a model, the key of its vector."""
    return sha256(text.encode()).hexdigest()
