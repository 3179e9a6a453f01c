"""The list of tools: order, filters, counts and lines."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from catalogue.clock import system_clock
from catalogue.errors import NotFoundError, nearest
from catalogue.fields import INDEPENDENT, NOT_STATED
from catalogue.filters import FACETS, FacetCount, Filters
from catalogue.members import shown_as
from catalogue.models import (
    Displayed,
    Document,
    Organisation,
    Shortlist,
    ShortlistItem,
    Statement,
    Tag,
    Tool,
    ToolName,
)
from catalogue.queries.conditions import NUMBER, OUT_OF_SCOPE, TAGGED, Conditions
from catalogue.rows import Hit, ToolRow
from catalogue.text import name_key
from catalogue.vocabularies import Vocabulary, load

_ORDERS = {
    "name": (Tool.sort_name, Tool.id),
    "evidence": (Tool.evidence.desc(), Tool.independent.desc(), Tool.sort_name, Tool.id),
    "changed": (Tool.changed_at.desc(), Tool.sort_name, Tool.id),
    "supplier": (Organisation.key, Organisation.id, Tool.sort_name, Tool.id),
}
"""Orders of the list. Each is that of an index (`catalogue.models.tool`)."""


def browse(
    session: Session, filters: Filters, sort: str = "name", today: date | None = None
) -> array[int]:
    """Ids of the tools that pass the filters, in order.

    Args:
        session: Where to read.
        filters: What narrows the list.
        sort: The order, one of `tui.services.SORTS`.
        today: The day of looking, on which assurance has lapsed or not; None means the system's.

    Raises:
        NotFoundError: the filters name a supplier or shortlist that there is not.
    """
    passes = Conditions(session, filters, today or system_clock().date())
    query = select(Tool.id).where(passes.all()).order_by(*_ORDERS[sort])
    if sort == "supplier":
        query = query.join(Organisation, Organisation.id == Tool.canonical_supplier_id)
    return array("q", [tool_id for (tool_id,) in _plain(session, query)])


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


def changes(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """When each of some tools changed last."""
    found: dict[int, datetime] = {}
    for some in _chunks(ids):
        query = select(Tool.id, Tool.changed_at).where(Tool.id.in_(some))
        found.update(session.execute(query).all())
    return found


def use_cases(session: Session, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The use cases of some tools, accepted or suggested; tools without any are left out."""
    found: dict[int, set[str]] = {}
    for some in _chunks(ids):
        query = select(Tag.tool_id, Tag.code).where(
            Tag.vocabulary == "use_cases", Tag.state != "rejected", Tag.tool_id.in_(some)
        )
        for tool, code in session.execute(query):
            found.setdefault(tool, set()).add(code)
    return {tool: frozenset(codes) for tool, codes in found.items()}


def listed(session: Session, ids: Sequence[int]) -> list[Hit]:
    """Some tools as answers to a question that only narrows, in order: nothing made them match
    but the filters, and they show what they are.
    """
    found: dict[int, Hit] = {}
    for some in _chunks(ids):
        stated = (
            select(Displayed.subject_id, Document.url)
            .join(Statement, Displayed.statement_id == Statement.id)
            .join(Document, Document.id == Statement.document_id)
            .where(
                Displayed.subject_type == "tool",
                Displayed.subject_id.in_(some),
                Displayed.property == "summary",
            )
        )
        said = dict(session.execute(stated).all())
        for tool in session.scalars(select(Tool).where(Tool.id.in_(some))):
            url = said.get(tool.id, tool.homepage)
            found[tool.id] = Hit("tool", tool.id, tool.name, tool.homepage, 0.0, tool.summary, url)
    return [found[one] for one in ids if one in found]


def facets(
    session: Session,
    filters: Filters,
    ids: Sequence[int] | None = None,
    today: date | None = None,
) -> list[FacetCount]:
    """Counts per facet and code. A facet's own choices do not narrow its own counts.

    Args:
        session: Where to read.
        filters: What narrows the list.
        ids: The tools to count over, such as the hits of a search; None means all.
        today: As in `browse`.

    Raises:
        NotFoundError: as in `browse`.
    """
    passes = Conditions(session, filters, today or system_clock().date())
    counts: list[FacetCount] = []
    for facet, _label in FACETS:
        condition = passes.all(but=facet)
        if ids is not None:
            condition = and_(condition, Tool.id.in_(ids))
        if facet in TAGGED:
            narrowed = ids is not None or any(
                name != facet for name, _ in (*filters.chosen, *filters.excluded)
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
    if NUMBER.fullmatch(text) and session.get(Tool, int(text)) is not None:
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
    vocabulary = load()[TAGGED[facet]]
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
