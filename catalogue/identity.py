"""Identity: which organisation and which tool a page speaks of.

Strong identifiers first: a registered number or a domain for organisations, the address of its
own page for a tool; then the name. Everything that depends on likeness waits for a person's
judgement and is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalogue.database import insert_new
from catalogue.drafts import ToolDraft
from catalogue.models import Identifier, Organisation, OrganisationName, Tool, ToolName
from catalogue.text import name_key, organisation_key

_TRADING_AS = re.compile(r"\s+(?:t/a|trading as)\s+", re.IGNORECASE)


def domain(url: str) -> str:
    """Host of an address without `www.`; empty when there is none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def address(url: str) -> str:
    """Comparison form of an address: no scheme, `www.`, query, fragment or final slash."""
    return domain(url) + urlsplit(url).path.rstrip("/")


def organisation(
    session: Session,
    name: str,
    *,
    kind: str,
    now: datetime,
    homepage: str = "",
    identifiers: Iterable[tuple[str, str]] = (),
    former_names: Iterable[str] = (),
) -> Organisation:
    """The organisation with one of these identifiers, else with this name or one it trades or
    traded under; made if unknown.

    Only suppliers own the domain of their homepage: a network's site speaks of many. Of several
    spellings of one name the longest is kept, so that the order of reading does not matter.
    """
    known = [*identifiers]
    if kind == "supplier" and homepage:
        known.append(("DOMAIN", domain(homepage)))
    name, *trading = _TRADING_AS.split(name)
    found = _by_identifier(session, known) or _by_name(session, [name, *trading])
    if found is None:
        found = Organisation(
            name=name, key=organisation_key(name), kind=kind, homepage=homepage, first_seen=now
        )
        session.add(found)
        session.flush()
    elif kind == "supplier":
        found.kind = kind
    elif found.kind == kind:
        found.name = max(found.name, name, key=lambda text: (len(text), text))
    found.homepage = found.homepage or homepage
    insert_new(
        session,
        Identifier,
        [
            {"organisation_id": found.id, "scheme": scheme, "value": value}
            for scheme, value in sorted(set(known))
            if value
        ],
    )
    _name(session, found, "former", former_names)
    _name(session, found, "trading", [name, *trading] if trading else [])
    return found


def _name(session: Session, known: Organisation, kind: str, names: Iterable[str]) -> None:
    """Keep other names of an organisation."""
    keyed = {organisation_key(text): text for text in names if text}
    keyed.pop(known.key, None)
    rows = [
        {"organisation_id": known.id, "kind": kind, "key": key, "text": text}
        for key, text in sorted(keyed.items())
    ]
    insert_new(session, OrganisationName, rows)


def _by_name(session: Session, names: list[str]) -> Organisation | None:
    """The organisation with one of these names, its own name before others that it has."""
    keys = [organisation_key(name) for name in names]
    for key in keys:
        found = session.scalar(_NAMED, {"key": key})
        if found is not None:
            return found
    return session.scalar(_ALSO_NAMED, {"keys": keys})


_NAMED = (
    select(Organisation)
    .where(Organisation.key == bindparam("key"))
    .order_by(Organisation.id)
    .limit(1)
)

_ALSO_NAMED = (
    select(Organisation)
    .join(OrganisationName, OrganisationName.organisation_id == Organisation.id)
    .where(OrganisationName.key.in_(bindparam("keys", expanding=True)))
    .order_by(Organisation.id)
    .limit(1)
)


def _by_identifier(session: Session, known: list[tuple[str, str]]) -> Organisation | None:
    for scheme, value in known:
        owner = session.scalar(_IDENTIFIED, {"scheme": scheme, "value": value})
        if owner is not None:
            return owner
    return None


_IDENTIFIED = (
    select(Organisation)
    .join(Identifier)
    .where(Identifier.scheme == bindparam("scheme"), Identifier.value == bindparam("value"))
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The tool a draft speaks of, and the names under which it was not known before."""

    tool: Tool
    new: bool
    new_names: tuple[str, ...]


def tool(session: Session, draft: ToolDraft, supplier: Organisation, now: datetime) -> Recognised:
    """The supplier's tool with this page of its own, else with this name; made if unknown."""
    names = (draft.name.text, *draft.former_names)
    homes = [address(draft.homepage)] if draft.homepage else []
    found = _by_names(session, supplier, "homepage", homes) or _by_names(
        session, supplier, "name", [name_key(name) for name in names]
    )
    new = found is None
    if found is None:
        found = Tool(
            supplier_id=supplier.id,
            canonical_supplier_id=supplier.canonical_id or supplier.id,
            name=draft.name.text,
            first_seen=now,
            last_seen=now,
            changed_at=now,
        )
        session.add(found)
        session.flush()
    held = set() if new else set(session.scalars(_NAMES, {"tool": found.id}))
    fresh = tuple(name for name in names if name_key(name) not in held)
    rows = [("name", name_key(name), name) for name in names]
    rows += [("homepage", home, draft.homepage) for home in homes]
    insert_new(
        session,
        ToolName,
        [{"tool_id": found.id, "kind": kind, "key": key, "text": text} for kind, key, text in rows],
    )
    return Recognised(found, new, fresh)


def tool_of(
    session: Session, name: str, supplier: str, identifiers: Iterable[tuple[str, str]] = ()
) -> int | None:
    """The tool of this name of the supplier with one of these identifiers, else with this name;
    None where one of them is not known.
    """
    maker = _by_identifier(session, [*identifiers]) or _by_name(session, [supplier])
    found = None if maker is None else _by_names(session, maker, "name", [name_key(name)])
    return None if found is None else found.id


def _by_names(session: Session, supplier: Organisation, kind: str, keys: list[str]) -> Tool | None:
    """The supplier's tool with one of these names, else that of an organisation which was judged
    to be the same.
    """
    asked = {
        "shown": supplier.canonical_id or supplier.id,
        "own": supplier.id,
        "kind": kind,
        "keys": keys,
    }
    return session.scalar(_BEARING, asked) if keys else None


_NAMES = select(ToolName.key).where(ToolName.tool_id == bindparam("tool"))

_BEARING = (
    select(Tool)
    .join(ToolName, ToolName.tool_id == Tool.id)
    .where(
        Tool.canonical_supplier_id == bindparam("shown"),
        ToolName.kind == bindparam("kind"),
        ToolName.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(Tool.supplier_id != bindparam("own"), Tool.id)
    .limit(1)
)


def same_name(one: str, other: str) -> bool:
    """Whether two names of organisations are the same but for spelling and legal form."""
    return organisation_key(one) == organisation_key(other)
