"""Changes: what differs between two states of the catalogue, as typed signals.

A signal comes from a difference between statements, never from a fault: a page that could not be
read leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.figures import figure, figure_from
from catalogue.models import (
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Organisation,
    Statement,
    Tool,
)
from catalogue.properties import ASSURANCE, WITHDRAWN, display, property_named
from catalogue.vocabularies import load

NOT_STATED = "not stated"

_SHOWN_AS = func.coalesce(Tool.canonical_id, Tool.id)
"""The tool that a record is shown as: what is new of one is news of the other."""

HELD = frozenset({"AST_CLAIMED", "AST_EVIDENCE_SEEN", "AST_VERIFIED_REGISTER", "AST_IN_PROGRESS"})
"""States of assurance that are news: that nobody found any is none."""

MARKETPLACE = "service_listing"
"""What reads the pages of a framework's marketplace: to be listed there is to be on it."""

ENDED = frozenset(
    {
        *("dissolved", "liquidation", "receivership", "administration", "insolvency-proceedings"),
        *("voluntary-arrangement", "converted-closed", "closed", "removed"),
    }
)
"""Statuses of Companies House of a company that has ended or is about to."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, before it is written as a signal."""

    type: str
    tool_id: int | None
    before: str
    after: str
    quote: str = field(default="", compare=False)
    """The words that tell it; empty where none do."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown of a tool at one time: the properties whose change is a signal."""

    values: dict[str, str]
    frameworks: frozenset[str] = frozenset()
    """Frameworks on which a marketplace lists it."""
    quotes: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The words of each property, and of each framework, by its name."""


class Company(NamedTuple):
    """What a register says of a company."""

    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a document said at one time: (tool, slot, figure) of claims, and the rest by name."""

    claims: frozenset[tuple[int, str, str]]
    evidence: frozenset[tuple[int, str]]
    deployments: frozenset[tuple[int, str, str]]
    companies: Mapping[int, Company]
    """What a company register's page says, by the organisation's id."""
    retold: frozenset[tuple[int, str, str, str]] = frozenset()
    """(tool, slot, figure) of claims that tell a result of another page with another figure, and
    the figure there."""
    quotes: Mapping[tuple[object, ...], str] = field(default_factory=dict, compare=False)
    """The words of each of them."""


NOTHING = Said(frozenset(), frozenset(), frozenset(), {})
"""What a document that was not known yet said."""


def shown(session: Session, tool_id: int) -> Shown:
    """The displayed values of a tool, as the last projection left them."""
    rows = session.execute(
        select(
            Displayed.property,
            Displayed.ordinal,
            Statement.value,
            Statement.quote,
            Statement.extractor,
        )
        .join(Statement, Statement.id == Displayed.statement_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.subject_id == tool_id,
            (Displayed.ordinal == 0) | (Displayed.property == "listing"),
            Statement.absence == "yes",
        )
    ).all()
    first = [row for row in rows if row.ordinal == 0]
    listed = {
        row.value.partition(", service ")[0]: row.quote
        for row in rows
        if row.property == "listing" and row.extractor.startswith(MARKETPLACE)
    }
    return Shown(
        {row.property: row.value for row in first},
        frozenset(listed),
        {**{row.property: row.quote for row in first}, **listed},
    )


def said(session: Session, document: Document) -> Said:
    """What a document says now."""
    now = document.last_seen
    claims = session.execute(
        select(Claim, _SHOWN_AS)
        .join(Tool, Tool.id == Claim.tool_id)
        .where(Claim.document_id == document.id, Claim.last_seen == now)
    ).all()
    evidence = session.execute(
        select(_SHOWN_AS, Evidence.title, Evidence.quote)
        .join(Tool, Tool.id == Evidence.tool_id)
        .where(Evidence.document_id == document.id, Evidence.last_seen == now)
    ).all()
    deployments = session.execute(
        select(_SHOWN_AS, Organisation.name, Deployment.phase, Deployment.quote)
        .join_from(Deployment, Tool, Tool.id == Deployment.tool_id)
        .join(Organisation, Organisation.id == Deployment.buyer_id)
        .where(Deployment.document_id == document.id, Deployment.last_seen == now)
    ).all()
    benefits = {_slot(claim, tool_id): claim.quote for claim, tool_id in claims}
    studies = {(tool_id, title): quote for tool_id, title, quote in evidence}
    places = {(tool_id, buyer, phase): quote for tool_id, buyer, phase, quote in deployments}
    return Said(
        frozenset(benefits),
        frozenset(studies),
        frozenset(places),
        _companies(session, document),
        _retold(session, document, [(claim, tool_id) for claim, tool_id in claims]),
        dict([*benefits.items(), *studies.items(), *places.items()]),
    )


def _retold(
    session: Session, document: Document, claims: Iterable[tuple[Claim, int]]
) -> frozenset[tuple[int, str, str, str]]:
    """The claims that repeat one of another page, but with another figure."""
    told = {claim.id: (claim, tool_id) for claim, tool_id in claims}
    if not told:
        return frozenset()
    again = aliased(Claim)
    copies = (
        select(again.id, Claim)
        .join(Claim, Claim.id == again.head_id)
        .where(again.id.in_(told), Claim.document_id != document.id)
    )
    return frozenset(
        (*_slot(*told[one]), claim_figure(head))
        for one, head in session.execute(copies)
        if _moved(head, told[one][0])
    )


def _moved(first: Claim, claim: Claim) -> bool:
    """Whether a figure is another than that which it repeats. A level and the share by which it
    changed have different units, and are the same.
    """
    ends = [(one.low or one.high, one.high or one.low) for one in (first, claim)]
    return (first.unit, first.baseline) == (claim.unit, claim.baseline) and ends[0] != ends[1]


def _companies(session: Session, document: Document) -> dict[int, Company]:
    stated: dict[int, dict[str, str]] = {}
    rows = session.execute(
        select(Statement.subject_id, Statement.property, Statement.value).where(
            Statement.document_id == document.id,
            Statement.subject_type == "organisation",
            Statement.property.in_(("legal_name", "company_status")),
            Statement.last_seen == document.last_seen,
        )
    )
    for organisation, name, value in rows:
        stated.setdefault(organisation, {})[name] = value
    return {
        organisation: Company(one.get("legal_name", ""), one["company_status"])
        for organisation, one in stated.items()
        if "company_status" in one
    }


def _slot(claim: Claim, tool_id: int) -> tuple[int, str, str]:
    """What a claim is about, and its figure."""
    return tool_id, f"{claim.dimension} {claim.unit}", claim_figure(claim)


def claim_figure(claim: Claim) -> str:
    """A claim's figure in words; its quote where it has no figure."""
    words = figure(claim.low, claim.high, claim.unit, claim.per, claim.hedge)
    return figure_from(claim.baseline, words) or claim.quote


def between_shown(tool_id: int, before: Shown, after: Shown) -> Iterator[Change]:
    """Signals of one tool from what was shown before and is shown now."""
    for name in sorted(before.values.keys() | after.values.keys()):
        old, new = before.values.get(name, ""), after.values.get(name, "")
        kind = _kind(name, old, new)
        if old != new and kind:
            quote = after.quotes.get(name) or before.quotes.get(name, "")
            yield Change(kind, tool_id, _words(name, old), _words(name, new), quote)
    for framework in sorted(after.frameworks - before.frameworks):
        quote = after.quotes.get(framework, "")
        yield Change("SIG_FRAMEWORK_LISTED", tool_id, "", f"listed on {framework}", quote)


def between_said(
    before: Said,
    after: Said,
    elsewhere: frozenset[tuple[int, str, str]],
) -> Iterator[Change]:
    """Signals from what one document said before and says now.

    A claim that another document makes as well (`elsewhere`) is neither new nor gone; one that
    repeats a result of another document with another figure has drifted. Places
    of use are for `catalogue.places`.
    """
    yield from _between_claims(before, after, elsewhere)
    for item in sorted(after.evidence - before.evidence):
        quote = after.quotes.get(item, "")
        yield Change("SIG_EVIDENCE_PUBLISHED", item[0], "", item[1], quote)
    yield from _between_companies(before.companies, after.companies)


def _between_claims(
    before: Said, after: Said, elsewhere: frozenset[tuple[int, str, str]]
) -> Iterator[Change]:
    """Claims that are newly made, made otherwise, or made no longer."""
    lost = sorted(before.claims - after.claims)
    gained = sorted(after.claims - before.claims)
    for claim in list(lost):
        match = next((one for one in gained if one[:2] == claim[:2]), None)
        if match is not None:
            lost.remove(claim)
            gained.remove(match)
            quote = after.quotes.get(match, "")
            yield Change("SIG_CLAIM_CHANGED", claim[0], claim[2], match[2], quote)
    drifted = {said[:3]: said[3] for said in after.retold - before.retold}
    for claim in gained:
        quote = after.quotes.get(claim, "")
        if claim in drifted:
            yield Change("SIG_CLAIM_DRIFT", claim[0], drifted[claim], claim[2], quote)
        elif claim not in elsewhere:
            yield Change("SIG_CLAIM_ADDED", claim[0], "", claim[2], quote)
    for claim in lost:
        if claim not in elsewhere:
            quote = before.quotes.get(claim, "")
            yield Change("SIG_CLAIM_REMOVED", claim[0], claim[2], "", quote)


def _between_companies(
    before: Mapping[int, Company], after: Mapping[int, Company]
) -> Iterator[Change]:
    """Companies that ended, or go by another name, as their register says."""
    for organisation, company in sorted(after.items()):
        known = before.get(organisation)
        was = "" if known is None else known.status
        if company.status in ENDED and was not in ENDED:
            told = f"{company.name}: {was}" if was else ""
            yield Change("SIG_DISSOLVED", None, told, f"{company.name}: {company.status}")
        if known is not None and known.name != company.name:
            yield Change("SIG_RENAMED", None, known.name, company.name)


def claims_elsewhere(
    session: Session, tools: Iterable[int], document: Document
) -> frozenset[tuple[int, str, str]]:
    """Current claims on these tools by other documents."""
    wanted = list(tools)
    claims = session.execute(
        select(Claim, _SHOWN_AS)
        .join(Tool, Tool.id == Claim.tool_id)
        .join(Document, Document.id == Claim.document_id)
        .where(
            or_(Tool.id.in_(wanted), Tool.canonical_id.in_(wanted)),
            Claim.document_id != document.id,
            Claim.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    )
    return frozenset(_slot(claim, tool_id) for claim, tool_id in claims)


def _kind(name: str, old: str, new: str) -> str:
    """The signal of a property that changed; empty where its change is none."""
    if name.startswith(ASSURANCE):
        return _assured(old, new)
    match name:
        case "name" if old and new:
            return "SIG_RENAMED"
        case "autonomy" if 0 <= _level(old) < _level(new):
            return "SIG_AUTONOMY_RAISED"
        case "price":
            return "SIG_PRICE_CHANGED"
        case "availability" if new == WITHDRAWN:
            return "SIG_SITE_GONE"
    return ""


def _assured(old: str, new: str) -> str:
    """The signal of an artefact that is in another state."""
    if new == "AST_LAPSED":
        return "SIG_ASSURANCE_LAPSED"
    return "SIG_ASSURANCE_ADDED" if new in HELD and _weight(old) < _weight(new) else ""


def _weight(state: str) -> int:
    """How much is known of an artefact in this state; what is not said at all weighs least."""
    return int(load()["assurance_states"].get(state).attribute("strength")) if state else -1


def _level(code: str) -> int:
    """Number of an AUT_ code; -1 where none is stated."""
    digits = code.removeprefix("AUT_")[:1]
    return int(digits) if digits.isdigit() else -1


def _words(name: str, value: str) -> str:
    if not value:
        return NOT_STATED
    known = property_named(name)
    words = display(known, value)
    return f"{known.label}: {words}" if name.startswith(ASSURANCE) else words
