"""Inventory: everything that one document gives, and how two inventories of it differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from catalogue.confirming import SAID
from catalogue.models import (
    Claim,
    Deployment,
    Document,
    Evidence,
    Lead,
    Listing,
    Notice,
    Statement,
)
from catalogue.models.base import Base

What = Literal["added", "ended", "changed", "renewed", "history"]
"""added: it gives something that it did not; ended: it gives something no more; changed: it gives
another value in the same place; renewed: the same value by another version, in other words or with
other times; history: something that it gave once and gives no more was added, altered or left out.
"""

Said = Statement | Claim | Evidence | Deployment | Listing | Lead
"""What documents say, as rows that are seen first and last."""

Columns = tuple[str, ...]

DRAFTS: Final = "drafts"
"""Kind of the item that is all drafts of a document: what was read, before it was joined."""

_KEYS: Final[Mapping[type[Base], Columns]] = {
    Statement: ("subject_type", "subject_id", "fingerprint"),
    Claim: ("fingerprint", "tool_id"),
    Evidence: ("fingerprint", "tool_id"),
    Deployment: ("fingerprint", "tool_id"),
    Listing: ("organisation_id", "tool_key"),
    Lead: ("key",),
}
"""What makes a row of a document the same one."""

_PLACES: Final[Mapping[type[Base], Columns]] = {
    Statement: ("subject_type", "subject_id", "property"),
    Claim: ("tool_id", "quote"),
    Evidence: ("tool_id", "title"),
    Deployment: ("tool_id", "buyer_id"),
    Listing: ("organisation_id",),
    Lead: ("key",),
}
"""Where one value takes the place of another."""

_PROJECTED: Final = frozenset({"id", "standing", "head_id", "listed", "state", "story_id"})
"""Columns that hold nothing of what the document gives."""

_OF_DOCUMENT: Final = (
    *("title", "kind", "language", "voice", "published_on", "licence", "text", "text_sha"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a document gives."""

    kind: str
    """`statement`, `claim`, `evidence`, `deployment`, `listing`, `lead`, `notice`, `document` or
    `DRAFTS`."""
    place: tuple[object, ...]
    extractor: str
    words: str
    """What is given, for a person."""
    current: bool
    facts: tuple[object, ...]


Inventory = Mapping[tuple[object, ...], Item]
"""Everything that a document gives, by what makes it the same again."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs in two inventories of a document."""

    kind: str
    what: What
    extractor: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a document again changed."""

    changed: bool = False
    """Whether anything is other than before: without it, there is nothing to be kept."""
    differences: tuple[Difference, ...] = ()
    new_tools: tuple[str, ...] = ()
    """Names of tools that were not known."""
    silent_tools: tuple[str, ...] = ()
    """Names of tools of which nothing is said any more, by any document."""


def said(session: Session, document: Document) -> list[Said]:
    """The rows of a document that say when they were seen first and last."""
    models: tuple[type[Said], ...] = SAID
    rows: list[Said] = []
    for model in models:
        rows += session.scalars(select(model).where(model.document_id == document.id))
    return rows


def inventory(session: Session, document: Document, but: Collection[Said] = ()) -> Inventory:
    """Everything that a document gives now, and gave before as far as it is kept.

    Args:
        session: A session.
        document: The document.
        but: Rows that are left out.
    """
    found: dict[tuple[object, ...], Item] = {}
    for row in said(session, document):
        if row not in but:
            kind, model = row.__tablename__, type(row)
            found[kind, *(getattr(row, name) for name in _KEYS[model])] = Item(
                kind=kind,
                place=(kind, *(getattr(row, name) for name in _PLACES[model])),
                extractor=row.extractor,
                words=_words(row),
                current=row.last_seen == document.last_seen,
                facts=_facts(row),
            )
    notice = session.scalar(select(Notice).where(Notice.document_id == document.id))
    if notice is not None:
        named = tuple((one.award, one.name, one.scheme, one.value) for one in notice.suppliers)
        facts = (*_facts(notice), named, tuple(one.tool_id for one in notice.tools))
        found["notice",] = _whole("notice", notice.title, facts, notice.extractor)
    told = tuple(getattr(document, name) for name in _OF_DOCUMENT)
    found["document",] = _whole("document", document.title, told)
    found[DRAFTS,] = _whole(DRAFTS, "", (document.drafts,))
    return found


def _whole(kind: str, words: str, facts: tuple[object, ...], extractor: str = "") -> Item:
    """Something that a document gives as a whole, and always now."""
    return Item(kind, (kind,), extractor, words, current=True, facts=facts)


def tools(held: Inventory) -> set[int]:
    """The tools that a document speaks of, or spoke of."""
    of_tools = {key[2] for key in held if key[:2] == ("statement", "tool")}
    of_words = {key[2] for key in held if key[0] in ("claim", "evidence", "deployment")}
    return {one for one in of_tools | of_words if isinstance(one, int)}


def differences(before: Inventory, after: Inventory) -> Iterator[Difference]:
    """What differs, one by one; nothing when the document gives the same."""
    ended: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    added: list[Item] = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        was, holds = old is not None and old.current, new is not None and new.current
        if old is not None and was and not holds:
            ended[old.place].append(old)
        elif new is not None and holds and not was:
            added.append(new)
        elif old is not None and new is not None and holds:
            what: What = "changed" if new.kind in ("document", "notice") else "renewed"
            yield Difference(new.kind, what, new.extractor, old.words, new.words)
        else:
            some = old or new
            assert some is not None  # noqa: S101 (they differ)
            yield Difference(some.kind, "history", some.extractor, "", some.words)
    for item in added:
        if ended[item.place]:
            was_there = ended[item.place].pop(0)
            yield Difference(item.kind, "changed", item.extractor, was_there.words, item.words)
        else:
            yield Difference(item.kind, "added", item.extractor, "", item.words)
    for left in ended.values():
        for item in left:
            yield Difference(item.kind, "ended", item.extractor, item.words, "")


def _facts(row: Base) -> tuple[object, ...]:
    names = [one.key for one in inspect(type(row)).column_attrs if one.key not in _PROJECTED]
    return tuple(_plain(getattr(row, name)) for name in names)


def _plain(value: object) -> object:
    """A value that can be compared whether it was read from the database or just made."""
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _words(row: Said) -> str:
    match row:
        case Statement():
            return f"{row.property}: {row.value or row.absence}"
        case Evidence():
            return row.title
        case Lead():
            return row.name
        case Claim() | Deployment() | Listing():
            return row.quote
