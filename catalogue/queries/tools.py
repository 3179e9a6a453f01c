"""The list of tools: order, filters, counts and lines."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from catalogue.errors import NotFoundError, nearest
from catalogue.members import shown_as
from catalogue.models import Organisation, Shortlist, ShortlistItem, Tag, Tool, ToolName
from catalogue.rows import FACETS, FacetCount, Filters, ToolRow
from catalogue.text import name_key
from catalogue.vocabularies import Vocabulary, load

OUT_OF_SCOPE = "SC_CLINICAL_OUT"
INDEPENDENT = "INDEPENDENT"
"""Code of the evidence facet for "some of it independent of the supplier"."""
NOT_STATED = "AUT_NOT_STATED"

_NUMBER = re.compile(r"[0-9]{1,9}")
"""What may be the number of a row: a column of numbers holds nine digits on every database."""

_TAGGED = {"use_case": "use_cases", "setting": "settings"}
_ORDERS = {
    "name": (Tool.sort_name, Tool.id),
    "evidence": (Tool.evidence.desc(), Tool.independent.desc(), Tool.sort_name, Tool.id),
    "changed": (Tool.changed_at.desc(), Tool.sort_name, Tool.id),
    "supplier": (Organisation.key, Organisation.id, Tool.sort_name, Tool.id),
}
"""Orders of the list. Each is that of an index (`catalogue.models.tool`)."""


def browse(session: Session, filters: Filters, sort: str = "name") -> array[int]:
    """Ids of the tools that pass the filters, in order."""
    query = select(Tool.id).where(_condition(filters)).order_by(*_ORDERS[sort])
    if sort == "supplier":
        query = query.join(Organisation, Organisation.id == Tool.canonical_supplier_id)
    return array("q", [tool_id for (tool_id,) in _plain(session, query)])


def passing(session: Session, filters: Filters, ids: Collection[int]) -> set[int]:
    """Those of the ids that pass the filters."""
    return {
        tool_id
        for some in _chunks(ids)
        for tool_id in session.scalars(
            select(Tool.id).where(_condition(filters), Tool.id.in_(some))
        )
    }


def rows(session: Session, ids: Sequence[int]) -> dict[int, ToolRow]:
    """The lines of some tools; unknown ids, and those of merged tools, are left out."""
    found: dict[int, ToolRow] = {}
    for some in _chunks(ids):
        held = _shortlists(session, some)
        query = (
            select(Tool, Organisation.name)
            .join(Organisation, Organisation.id == Tool.canonical_supplier_id)
            .where(Tool.id.in_(some), Tool.canonical_id.is_(None))
        )
        for tool, supplier in session.execute(query):
            found[tool.id] = row(tool, supplier, held.get(tool.id, ()))
    return found


def row(tool: Tool, supplier: str, shortlists: tuple[str, ...]) -> ToolRow:
    """The line of one tool."""
    terms = load()
    use_case = terms["use_cases"].get(tool.use_case).label if tool.use_case else ""
    return ToolRow(
        id=tool.id,
        name=tool.name,
        supplier=supplier,
        use_case=use_case if tool.use_case_accepted or not use_case else f"{use_case}?",
        setting=terms["settings"].get(tool.setting).label if tool.setting else "",
        evidence=tool.evidence,
        independent=tool.independent,
        claims=tool.claims,
        scope=tool.scope,
        autonomy=tool.autonomy,
        last_seen=tool.last_seen.date(),
        shortlists=shortlists,
    )


def facets(
    session: Session, filters: Filters, ids: Sequence[int] | None = None
) -> list[FacetCount]:
    """Counts per facet and code. A facet's own choices do not narrow its own counts.

    Args:
        session: Where to read.
        filters: What narrows the list.
        ids: The tools to count over, such as the hits of a search; None means all.
    """
    counts: list[FacetCount] = []
    for facet, _label in FACETS:
        condition = _condition(filters, but=facet)
        if ids is not None:
            condition = and_(condition, Tool.id.in_(ids))
        if facet in _TAGGED:
            narrowed = ids is not None or any(
                codes for name, codes in filters.chosen if name != facet
            )
            counts.extend(_tagged(session, facet, condition if narrowed else None))
        else:
            counts.extend(_count(session, facet, condition))
    return counts


def find_tool(session: Session, text: str) -> int:
    """Id of the tool a person means: its id, or one of its names, or those of a record that was
    merged into it.

    Raises:
        NotFoundError: no tool, or several, answer to the text.
    """
    if _NUMBER.fullmatch(text) and session.get(Tool, int(text)) is not None:
        return shown_as(session, int(text))
    key = name_key(text)
    bearers = (
        select(func.coalesce(Tool.canonical_id, Tool.id))
        .join(ToolName, ToolName.tool_id == Tool.id)
        .where(ToolName.kind == "name", ToolName.key == key)
    )
    query = (
        select(Tool.id, Tool.name, Organisation.name)
        .join(Organisation, Organisation.id == Tool.canonical_supplier_id)
        .where(Tool.id.in_(bearers))
        .order_by(Tool.id)
    )
    found = session.execute(query).all()
    if len(found) == 1:
        return int(found[0][0])
    if found:
        choices = "; ".join(f"{tool_id} is {name} by {by}" for tool_id, name, by in found)
        raise NotFoundError(f"Several tools are called '{text}'.", f"Give the number: {choices}.")
    shown = select(Tool.name).where(Tool.canonical_id.is_(None))
    names = session.scalars(shown.order_by(Tool.name).limit(5000)).all()
    hint = nearest(text, names)
    if not hint.startswith("Did"):
        hint = "'horizon search' finds tools by what they do."
    raise NotFoundError(f"There is no tool '{text}'.", hint)


def _condition(filters: Filters, but: str = "") -> ColumnElement[bool]:
    """The filters as a condition on tools, without those of the facet `but`."""
    parts: list[ColumnElement[bool]] = [Tool.canonical_id.is_(None)]
    for facet, codes in filters.chosen:
        if facet != but and codes:
            parts.append(_holds(facet, codes))
    if not filters.of("scope") and but != "scope":
        parts.append(Tool.scope != OUT_OF_SCOPE)
    return and_(*parts)


def _holds(facet: str, codes: Collection[str]) -> ColumnElement[bool]:
    if facet in _TAGGED:
        return Tool.id.in_(
            select(Tag.tool_id).where(
                Tag.vocabulary == _TAGGED[facet], Tag.code.in_(codes), Tag.state == "accepted"
            )
        )
    if facet == "evidence":
        grades = [int(code.removeprefix("EVS_")) for code in codes if code != INDEPENDENT]
        any_of = [Tool.evidence.in_(grades)] if grades else []
        return or_(*any_of, Tool.independent) if INDEPENDENT in codes else or_(*any_of)
    if facet == "autonomy":
        levels = [int(code.split("_")[1]) for code in codes if code != NOT_STATED]
        stated = Tool.autonomy.in_(levels)
        return or_(stated, Tool.autonomy.is_(None)) if NOT_STATED in codes else stated
    if facet == "scope":
        return Tool.scope.in_(codes)
    if facet == "supplier":
        return Tool.canonical_supplier_id.in_(
            [int(code) for code in codes if _NUMBER.fullmatch(code)]
        )
    known = [name for name, _ in FACETS]
    raise NotFoundError(f"There is no facet '{facet}'.", nearest(facet, known))


def _count(session: Session, facet: str, condition: ColumnElement[bool]) -> Iterator[FacetCount]:
    terms = load()
    if facet == "supplier":
        yield from _suppliers(session, condition)
    elif facet == "evidence":
        yield from _evidence(session, condition, terms["evidence_strengths"])
    elif facet == "autonomy":
        levels = select(Tool.autonomy, func.count()).where(condition).group_by(Tool.autonomy)
        found = dict(session.execute(levels).all())
        for level in sorted(found, key=lambda level: -1 if level is None else level):
            yield FacetCount(facet, *_autonomy(terms["autonomy"], level), found[level])
    else:
        classes = select(Tool.scope, func.count()).where(condition).group_by(Tool.scope)
        for scope, count in sorted(session.execute(classes)):
            if scope:
                yield FacetCount(facet, scope, terms["scope_classes"].get(scope).label, count)


def _tagged(
    session: Session, facet: str, condition: ColumnElement[bool] | None
) -> Iterator[FacetCount]:
    """Counts over tags; without a condition, of all tools in scope."""
    vocabulary = load()[_TAGGED[facet]]
    if condition is None:  # nearly all pass, and the others are the shorter list
        passes = Tag.tool_id.not_in(select(Tool.id).where(Tool.scope == OUT_OF_SCOPE))
    else:
        passes = Tag.tool_id.in_(select(Tool.id).where(condition))
    query = (
        select(Tag.code, func.count())
        .where(Tag.vocabulary == vocabulary.name, Tag.state == "accepted", passes)
        .group_by(Tag.code)
    )
    for code, count in sorted(session.execute(query), key=lambda row: (-row[1], row[0])):
        yield FacetCount(facet, code, vocabulary.get(code).label, count)


def _suppliers(session: Session, condition: ColumnElement[bool]) -> Iterator[FacetCount]:
    counted = (
        select(Tool.canonical_supplier_id, func.count().label("tools"))
        .where(condition)
        .group_by(Tool.canonical_supplier_id)
        .subquery()
    )
    query = (
        select(Organisation.id, Organisation.name, counted.c.tools)
        .join(counted, counted.c.canonical_supplier_id == Organisation.id)
        .order_by(counted.c.tools.desc(), Organisation.key, Organisation.id)
    )
    for supplier_id, name, count in _plain(session, query):
        yield FacetCount("supplier", str(supplier_id), name, count)


def _evidence(
    session: Session, condition: ColumnElement[bool], strengths: Vocabulary
) -> Iterator[FacetCount]:
    query = (
        select(Tool.evidence, Tool.independent, func.count())
        .where(condition)
        .group_by(Tool.evidence, Tool.independent)
    )
    found = session.execute(query).all()
    grades: Counter[int] = Counter()
    for grade, _, count in found:
        grades[grade] += count
    for grade in sorted(grades, reverse=True):
        term = strengths.get(f"EVS_{grade}")
        yield FacetCount("evidence", term.code, f"{grade} {term.label}", grades[grade])
    if some := sum(count for _, free, count in found if free):
        yield FacetCount("evidence", INDEPENDENT, "Some of it independent", some)


def _autonomy(levels: Vocabulary, level: int | None) -> tuple[str, str]:
    if level is None:
        return NOT_STATED, "Not stated"
    for term in levels:
        if term.code.startswith(f"AUT_{level}_"):
            return term.code, f"{level} {term.label}"
    return f"AUT_{level}", str(level)


def _shortlists(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(func.coalesce(Tool.canonical_id, Tool.id), Shortlist.name)
        .join_from(ShortlistItem, Shortlist, Shortlist.id == ShortlistItem.shortlist_id)
        .join(Tool, Tool.id == ShortlistItem.tool_id)
        .where(or_(ShortlistItem.tool_id.in_(ids), Tool.canonical_id.in_(ids)))
        .order_by(Shortlist.name)
        .distinct()
    )
    held: dict[int, tuple[str, ...]] = {}
    for tool_id, name in session.execute(query):
        held[tool_id] = (*held.get(tool_id, ()), name)
    return held


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    known = list(ids)
    return (known[start : start + 500] for start in range(0, len(known), 500))


def _plain(session: Session, query: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows of a query of numbers and texts as the driver gives them: for a hundred thousand,
    making rows of SQLAlchemy of them takes longer than the query.
    """
    with session.connection().execute(query) as result:
        cursor = result.cursor
        return [] if cursor is None else list(cursor.fetchall())
