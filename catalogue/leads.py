"""Leads: names that are likely a tool's, kept until a person has judged them.

What becomes of a name is the same for every document that gives it, and does not depend on what
was read first: a person's word leads, and else a name is known as soon as a tool or a supplier
bears it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from catalogue.drafts import LeadDraft
from catalogue.models import Document, Lead, Organisation, OrganisationName, Ruling, ToolName
from catalogue.review.holding import holding
from catalogue.text import name_key, organisation_key

ACCEPTED: Final = "accepted"
DISMISSED: Final = "dismissed"


def subject_of(key: str) -> str:
    """What rulings call the lead with this key."""
    return f"lead/{key}"


def keep(session: Session, document: Document, drafts: Sequence[LeadDraft]) -> dict[str, str]:
    """Bring the leads of a document in step with its drafts; gives the supplier that a person
    named for each that was accepted, by its key.
    """
    held = {
        row.key: row for row in session.scalars(select(Lead).where(Lead.document_id == document.id))
    }
    wanted = {name_key(draft.name): draft for draft in reversed(drafts)}
    word = verdicts(session, wanted)
    known = _borne(session, wanted.values())
    for key, draft in wanted.items():
        row = held.get(key)
        if row is None:
            row = held[key] = Lead(document_id=document.id, key=key, first_seen=document.changed_at)
            session.add(row)
        row.name, row.supplier, row.extractor = draft.name, draft.supplier, draft.extractor
        row.quote, row.place, row.voice = draft.quote.text, draft.quote.place, document.voice
        row.last_seen = document.last_seen
        row.state = word[key].value if key in word else "known" if key in known else "open"
    return {key: ruling.object for key, ruling in word.items() if ruling.value == ACCEPTED}


def verdicts(session: Session, keys: Iterable[str]) -> Mapping[str, Ruling]:
    """The newest ruling that holds on each of these leads on which there is one."""
    subjects = {subject_of(key): key for key in keys}
    if not subjects:
        return {}
    return {subjects[one.subject]: one for one in holding(session, "lead", subjects)}


def become_known(session: Session, names: Iterable[str]) -> None:
    """Tools or suppliers of these names are known: nobody needs to judge leads of these names."""
    keys = {key for name in names for key in (name_key(name), organisation_key(name))}
    if keys and session.scalar(_OPEN, {"keys": [*keys]}) is not None:
        session.execute(
            update(Lead).where(Lead.key.in_(keys), Lead.state == "open").values(state="known")
        )


_OPEN = (
    select(Lead.id)
    .where(Lead.key.in_(bindparam("keys", expanding=True)), Lead.state == "open")
    .limit(1)
)


def _borne(session: Session, drafts: Iterable[LeadDraft]) -> set[str]:
    """Keys of those names that a known tool or supplier bears."""
    keys = {organisation_key(draft.name): name_key(draft.name) for draft in drafts}
    if not keys:
        return set()
    names = select(ToolName.key).where(ToolName.kind == "name", ToolName.key.in_(keys.values()))
    suppliers = select(Organisation.key).where(
        Organisation.kind == "supplier", Organisation.key.in_(keys)
    )
    trading = (
        select(OrganisationName.key)
        .join(Organisation, Organisation.id == OrganisationName.organisation_id)
        .where(Organisation.kind == "supplier", OrganisationName.key.in_(keys))
    )
    borne = {keys[key] for query in (suppliers, trading) for key in session.scalars(query)}
    return borne | set(session.scalars(names))
