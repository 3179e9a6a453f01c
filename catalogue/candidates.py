"""Candidates: records that may be one, found without comparing all with all.

Two records are compared when they share an identifier, a name but for spelling, the beginning of a
name, or a rare word of one. What is shared by many tells nothing and is passed over, so the work
grows with the records and not with their pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.identity import domain
from catalogue.judgements import Judgements, Table, judgements, ordered
from catalogue.likeness import THRESHOLD, Likeness, Profile
from catalogue.matching import tool_likeness
from catalogue.models import (
    Identifier,
    Organisation,
    OrganisationName,
    Tool,
    ToolName,
)
from catalogue.name_words import is_number, name_words
from catalogue.organisation_matching import organisation_likeness
from catalogue.rarity import Rarity
from catalogue.review.holding import holding
from catalogue.text import name_key

MOST: Final = 24
"""Records that share something from which on it says nothing of any two of them."""

BEGINNING: Final = 6
"""Letters of a name's beginning."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one."""

    left: int
    right: int
    likeness: Likeness
    unsure: bool = False
    """Whether a person looked at them and could not say."""


def pairs(profiles: Mapping[int, Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of records that are worth comparing, each once, ascending."""
    blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for record, profile in profiles.items():
        for key in _keys(profile):
            blocks[key].append(record)
    found = {
        ordered(*pair)
        for records in blocks.values()
        if 1 < len(records) <= MOST
        for pair in combinations(records, 2)
    }
    yield from sorted(found)


def _keys(profile: Profile) -> set[tuple[str, str]]:
    """What other records may share with this one."""
    keys = {*profile.identifiers}
    for name in profile.names:
        words = [word for word in name_words(name).words if not is_number(word)]
        keys |= {("word", word) for word in words}
        keys |= {("name", name_key(name)), ("beginning", "".join(words)[:BEGINNING])}
    return keys


def candidates(session: Session, table: Table, threshold: float = THRESHOLD) -> list[Candidate]:
    """Pairs of records that nobody has judged and that score at least the threshold.

    In order: those that share an identifier, then by score, then by number; last those of which a
    person was unsure.
    """
    known = judgements(holding(session, "identity"), table)
    profiles = tool_profiles(session) if table == "tool" else supplier_profiles(session)
    compare = tool_likeness if table == "tool" else organisation_likeness
    rarity = Rarity.of(name for profile in profiles.values() for name in profile.names[:1])
    found = _undecided(pairs(profiles), profiles, known, rarity, compare, threshold)
    return sorted(found, key=_order)


def _undecided(
    some: Iterable[tuple[int, int]],
    profiles: Mapping[int, Profile],
    known: Judgements,
    rarity: Rarity,
    compare: Callable[[Profile, Profile, Rarity], Likeness],
    threshold: float,
) -> Iterator[Candidate]:
    for left, right in some:
        verdict = known.verdict(left, right)
        if verdict in (None, "unsure"):
            alike = compare(profiles[left], profiles[right], rarity)
            if alike.score >= threshold:
                yield Candidate(left, right, alike, unsure=verdict == "unsure")


def _order(one: Candidate) -> tuple[bool, bool, float, int, int]:
    return one.unsure, not one.likeness.shared, -one.likeness.score, one.left, one.right


def tool_profiles(session: Session) -> dict[int, Profile]:
    """What each tool that is shown says of itself, its other records included."""
    shown = _shown(session, Tool)
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for tool_id, name in session.execute(select(Tool.id, Tool.name).order_by(Tool.id)):
        names[shown[tool_id]][name] = None
    addresses: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    query = select(ToolName.tool_id, ToolName.kind, ToolName.key, ToolName.text)
    for tool_id, kind, key, text in session.execute(query.order_by(ToolName.id)):
        if kind == "name":
            names[shown[tool_id]][text] = None
        else:
            addresses[shown[tool_id]].add(("HOMEPAGE", key))
    suppliers = {one: profile.names for one, profile in supplier_profiles(session).items()}
    facts = select(Tool.id, Tool.canonical_supplier_id, Tool.summary)
    return {
        tool_id: Profile(
            names=tuple(names[tool_id]),
            suppliers=suppliers[supplier_id],
            text=summary,
            identifiers=frozenset(addresses[tool_id]),
        )
        for tool_id, supplier_id, summary in session.execute(facts.order_by(Tool.id))
        if shown[tool_id] == tool_id
    }


def supplier_profiles(session: Session) -> dict[int, Profile]:
    """What each supplier says of itself, its other records included."""
    shown = _shown(session, Organisation)
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    known: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    sells = set(session.scalars(select(Tool.supplier_id).distinct()))
    rows = select(Organisation.id, Organisation.name, Organisation.kind, Organisation.homepage)
    wanted: set[int] = set()
    for record, name, kind, homepage in session.execute(rows.order_by(Organisation.id)):
        if kind == "supplier" or record in sells:
            wanted.add(shown[record])
        names[shown[record]][name] = None
        if homepage and kind == "supplier":
            known[shown[record]].add(("DOMAIN", domain(homepage)))
    others = select(OrganisationName.organisation_id, OrganisationName.text)
    for record, name in session.execute(others.order_by(OrganisationName.id)):
        names[shown[record]][name] = None
    identifiers = select(Identifier.organisation_id, Identifier.scheme, Identifier.value)
    for record, scheme, value in session.execute(identifiers):
        known[shown[record]].add((scheme, value))
    return {
        record: Profile(names=tuple(names[record]), identifiers=frozenset(known[record]))
        for record in sorted(wanted)
    }


def _shown(session: Session, model: type[Tool | Organisation]) -> dict[int, int]:
    """The record under which each one is shown."""
    return {
        record: canonical or record
        for record, canonical in session.execute(select(model.id, model.canonical_id))
    }
