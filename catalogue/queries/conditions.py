"""Filters as conditions on tools."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from catalogue import assurance
from catalogue.errors import NotFoundError, UnknownNameError, nearest
from catalogue.fields import INDEPENDENT, NO, NOT_STATED, YES, field_of, span
from catalogue.filters import Filters
from catalogue.models import (
    Claim,
    Document,
    Organisation,
    OrganisationName,
    ShortlistItem,
    Statement,
    Tag,
    Tool,
)
from catalogue.properties import ASSURANCE
from catalogue.review.present import shortlist_named
from catalogue.stated import stated
from catalogue.text import organisation_key

OUT_OF_SCOPE = "SC_CLINICAL_OUT"

TAGGED = {"use_case": "use_cases", "setting": "settings"}
"""Fields that are tags, with their vocabularies."""

NUMBER = re.compile(r"[0-9]{1,9}")
"""What may be the number of a row: a column of numbers holds nine digits on every database."""

_NAMES = 5000
"""Most names among which the nearest to a wrong one is looked for."""


class Conditions:
    """What a tool must be to pass some filters, worked out once for all counts over it."""

    def __init__(self, session: Session, filters: Filters, today: date) -> None:
        """Work out the conditions.

        Raises:
            QueryError: there is no such field.
            UnknownNameError: a supplier or shortlist is named that there is not.
        """
        self._parts: list[tuple[str, ColumnElement[bool]]] = [("", Tool.canonical_id.is_(None))]
        for name, codes in filters.chosen:
            self._parts.append((name, _holds(session, name, codes, today)))
        for name, codes in filters.excluded:
            self._parts.append((name, ~_holds(session, name, codes, today)))
        if not filters.of("scope"):
            self._parts.append(("scope", Tool.scope != OUT_OF_SCOPE))

    def all(self, but: str = "") -> ColumnElement[bool]:
        """All of them as one, those of the field `but` left out."""
        return and_(*(part for name, part in self._parts if not but or name != but))


def _holds(session: Session, name: str, codes: Collection[str], today: date) -> ColumnElement[bool]:
    """That one of the codes holds."""
    field_of(name)
    if vocabulary := TAGGED.get(name):
        tagged = select(Tag.tool_id).where(Tag.vocabulary == vocabulary, Tag.code.in_(codes))
        return Tool.id.in_(tagged.where(Tag.state == "accepted"))
    if name in {"evidence", "autonomy", "scope"}:
        return _graded(name, codes)
    if name == "changed":
        return or_(*(_changed(code, today) for code in codes))
    if name == "supplier":
        return Tool.canonical_supplier_id.in_(_suppliers(session, codes))
    if name in {"claim", "assured"}:
        said = _claiming(codes) if name == "claim" else _assured(session, codes, today)
        return Tool.id.in_(_shown_as(said))
    return or_(*(_shortlisted(session, code) for code in codes))


def _graded(name: str, codes: Collection[str]) -> ColumnElement[bool]:
    """That a column of the tool's own row holds one of the codes."""
    if name == "evidence":
        graded = Tool.evidence.in_(int(one[-1]) for one in codes if one != INDEPENDENT)
        return or_(graded, Tool.independent) if INDEPENDENT in codes else graded
    if name == "autonomy":
        levels = [int(one.split("_")[1]) for one in codes if one != NOT_STATED]
        stated = and_(Tool.autonomy.is_not(None), Tool.autonomy.in_(levels))
        return or_(stated, Tool.autonomy.is_(None)) if NOT_STATED in codes else stated
    return Tool.scope.in_(codes)


def _suppliers(session: Session, codes: Collection[str]) -> set[int]:
    """Numbers of the organisations that the codes name: a number, or a name it goes by."""
    found: set[int] = set()
    for code in codes:
        if NUMBER.fullmatch(code):
            found.add(int(code))
            continue
        key = organisation_key(code)
        other = select(OrganisationName.organisation_id).where(OrganisationName.key == key)
        named = select(Organisation.id, Organisation.canonical_id).where(
            or_(Organisation.key == key, Organisation.id.in_(other))
        )
        rows = session.execute(named).all()
        if not rows:
            sells = select(Tool.canonical_supplier_id)
            names = select(Organisation.name).where(Organisation.id.in_(sells))
            known = session.scalars(names.order_by(Organisation.name).limit(_NAMES)).all()
            begun = [name for name in known if organisation_key(name).startswith(key)]
            message = f"There is no supplier '{code}'."
            raise UnknownNameError(message, nearest(code, begun or known), "supplier", code)
        found |= {canonical or number for number, canonical in rows}
    return found


def _claiming(codes: Collection[str]) -> Select[int | None]:
    """Records of which some current page claims a benefit of these kinds."""
    return (
        select(Claim.tool_id)
        .join(Document, Document.id == Claim.document_id)
        .where(
            Claim.dimension.in_(codes),
            Claim.tool_id.is_not(None),
            Claim.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    )


def _assured(session: Session, codes: Collection[str], today: date) -> Select[int]:
    """Records of which some current page says an artefact, of the version asked for, that has not
    lapsed by the rules of `catalogue.assurance`.
    """
    asked = {tuple(code.partition(":")[::2]) for code in codes}
    artefacts = {f"{ASSURANCE}{artefact}" for artefact, _ in asked}
    query = (
        select(Statement)
        .join(Document, Document.id == Statement.document_id)
        .where(
            Statement.subject_type == "tool",
            Statement.property.in_(artefacts),
            Statement.absence == "yes",
            Statement.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    )
    holding: set[int] = set()
    for row in session.scalars(query):
        artefact = row.property.removeprefix(ASSURANCE)
        what = assurance.held(stated(row), today)
        if what.state in assurance.AGEING and any(
            artefact == one and _is_version(what.version, version) for one, version in asked
        ):
            holding.add(row.subject_id)
    # Numbers are written out: a database takes only so many parameters.
    numbers: BindParameter[Sequence[int]] = bindparam(
        "holding", sorted(holding), expanding=True, literal_execute=True
    )
    return select(Tool.id).where(Tool.id.in_(numbers) if holding else false())


def _is_version(held: str, asked: str) -> bool:
    """Whether a version is the one asked for: "2.0" is version 2, "20" is not."""
    return not asked or held == asked or held.startswith(f"{asked}.")


def _shown_as(records: Select[int] | Select[int | None]) -> Select[int]:
    """What some records are shown as: themselves, or what they were judged to be."""
    found = records.subquery()
    shown = select(Tool.canonical_id).where(
        Tool.canonical_id.is_not(None), Tool.id.in_(select(found))
    )
    return select(Tool.id).where(or_(Tool.id.in_(select(found)), Tool.id.in_(shown)))


def _changed(code: str, today: date) -> ColumnElement[bool]:
    first, end = span(code, today)
    parts: list[ColumnElement[bool]] = []
    if first > date.min:
        parts.append(Tool.changed_at >= _midnight(first))
    if end < date.max:
        parts.append(Tool.changed_at < _midnight(end))
    return and_(*parts)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _shortlisted(session: Session, code: str) -> ColumnElement[bool]:
    held = select(ShortlistItem.tool_id)
    if code in (YES, NO):
        on_any = Tool.id.in_(_shown_as(held))
        return on_any if code == YES else ~on_any
    try:
        shortlist = shortlist_named(session, code)
    except NotFoundError as error:
        raise UnknownNameError(error.message, error.hint, "shortlisted", code) from error
    return Tool.id.in_(_shown_as(held.where(ShortlistItem.shortlist_id == shortlist.id)))
