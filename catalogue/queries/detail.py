"""Everything known of one tool, each value with who said it, when and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload

from catalogue import assurance, in_use
from catalogue.clock import system_clock
from catalogue.errors import NotFoundError
from catalogue.members import members, shown_as
from catalogue.models import (
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Function,
    Mention,
    Organisation,
    Source,
    Statement,
    Tag,
    Tool,
)
from catalogue.properties import ASSURANCE, PROPERTIES, Property, display, property_named
from catalogue.queries import claims, notices, records, signals, tools
from catalogue.queries.said import current, its_page, provenance
from catalogue.queries.stories import ALONE, told
from catalogue.rows import (
    AssuranceRow,
    DeploymentRow,
    DocumentRow,
    FunctionRow,
    TagRow,
    ToolDetail,
    ValueRow,
)
from catalogue.stated import stated
from catalogue.vocabularies import load

_REGISTERED = ("listing", "company_status", "insolvency")
"""Properties of a supplier that are shown with its tools."""
TagState = Literal["suggested", "accepted", "rejected"]

_SAYS = {"yes": "", "no": "says that there is none", "looked_not_found": "looked for, not found"}
"""What else may be said beside a value: silence is no other word."""


def detail(session: Session, tool_id: int, today: date | None = None) -> ToolDetail:
    """Everything known of one tool; of a merged one, everything of the tool that it is shown as.

    Args:
        session: A session that reads.
        tool_id: The tool.
        today: The day of looking, by which certificates age; the present one if it is not given.

    Raises:
        NotFoundError: there is no such tool.
    """
    tool_id = shown_as(session, tool_id)
    tool = session.get(Tool, tool_id)
    if tool is None:
        raise NotFoundError(f"There is no tool number {tool_id}.")
    today = today or system_clock().date()
    return ToolDetail(
        row=tools.rows(session, [tool_id])[tool_id],
        summary=tool.summary,
        homepage=tool.homepage,
        values=(
            *_values(session, tool_id, today),
            *_of_supplier(session, tool.canonical_supplier_id, today),
        ),
        tags=tuple(_tags(session, tool_id)),
        functions=tuple(_functions(session, tool_id)),
        claims=tuple(claims.claims(session, tool_id)),
        evidence=tuple(claims.evidence(session, tool_id)),
        deployments=tuple(_deployment(row) for row in current(session, Deployment, tool_id)),
        signals=tuple(signals.signals(session, 200, tool_id)),
        documents=tuple(_documents(session, tool_id)),
        notices=tuple(notices.of_tool(session, tool_id)),
        merged=tuple(records.merged(session, tool_id)),
    )


def _values(session: Session, tool_id: int, today: date) -> list[ValueRow]:
    shown: dict[str, list[Statement]] = defaultdict(list)
    others: dict[str, list[Statement]] = defaultdict(list)
    places = dict(
        session.execute(
            select(Displayed.statement_id, Displayed.ordinal).where(
                Displayed.subject_type == "tool", Displayed.subject_id == tool_id
            )
        ).all()
    )
    for statement in session.scalars(_statements("tool", members(session, tool_id))):
        target = shown if statement.id in places else others
        target[statement.property].append(statement)
    for chosen in shown.values():
        chosen.sort(key=lambda row: places[row.id])
    rows: list[ValueRow] = []
    for name, known in PROPERTIES.items():
        if name in shown:
            rows += [_value(row, others[name], today) for row in shown[name]]
        elif known.expected:
            rows.append(ValueRow(name, known.label, "", "", "not_stated", None))
    for name in sorted(shown):
        if name.startswith(ASSURANCE):
            rows += [_value(row, others[name], today) for row in shown[name]]
    return rows


def _of_supplier(session: Session, supplier_id: int, today: date) -> list[ValueRow]:
    """What registers and registries say of the supplier: it bears on each of its tools."""
    suppliers = members(session, supplier_id, Organisation)
    query = _statements("organisation", suppliers).where(
        Statement.property.in_(_REGISTERED) | Statement.property.startswith(ASSURANCE)
    )
    rows = (_value(row, [], today) for row in session.scalars(query))
    return [replace(row, label=f"Supplier: {_within(row)}") for row in rows]


def _within(row: ValueRow) -> str:
    """A label within a line: that of a certificate is a name."""
    return row.label if row.property.startswith(ASSURANCE) else row.label.lower()


def _statements(subject_type: str, subjects: Sequence[int]) -> Select[Statement]:
    return (
        select(Statement)
        .join(Document, Document.id == Statement.document_id)
        .options(its_page(Statement))
        .where(
            Statement.subject_type == subject_type,
            Statement.subject_id.in_(subjects),
            Statement.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
        .order_by(Statement.property, Document.url, Statement.place, Statement.id)
    )


def _value(row: Statement, others: list[Statement], today: date) -> ValueRow:
    known = property_named(row.property)
    said = (row.absence, row.value)
    differing = [one for one in others if (one.absence, one.value) != said and one.absence in _SAYS]
    return ValueRow(
        property=row.property,
        label=known.label,
        value=_said(known, row, today) if row.absence == "yes" else "",
        original=row.original,
        absence=row.absence,
        provenance=provenance(row),
        others=()
        if known.many
        else tuple((_said(known, one, today), provenance(one)) for one in differing),
        assurance=_assurance(row, today),
    )


def _said(known: Property, row: Statement, today: date) -> str:
    if row.absence != "yes":
        return _SAYS[row.absence]
    if row.property.startswith(ASSURANCE):
        said = stated(row)
        return assurance.told(said, assurance.held(said, today))
    return display(known, row.value)


def _assurance(row: Statement, today: date) -> AssuranceRow | None:
    if not row.property.startswith(ASSURANCE) or row.absence != "yes":
        return None
    what = assurance.held(stated(row), today)
    return AssuranceRow(
        what.state, what.version, what.grade, row.stated_on, what.until, what.why, what.origin
    )


def _deployment(row: Deployment) -> DeploymentRow:
    terms = load()
    return DeploymentRow(
        id=row.id,
        buyer=row.buyer.name,
        setting=terms["settings"].get(row.setting).label if row.setting else "",
        phase=terms["phases"].get(row.phase).label,
        funding=terms["trial_funding"].get(row.funding).label,
        provenance=provenance(row),
        started_on=row.started_on,
        ended_on=row.ended_on,
        when=in_use.when(row.started_on, row.ended_on),
        supplier_paid=in_use.supplier_paid(row.phase, row.funding),
    )


def _tags(session: Session, tool_id: int) -> list[TagRow]:
    terms = load()
    query = (
        select(Tag)
        .where(Tag.tool_id == tool_id)
        .order_by(Tag.vocabulary.desc(), Tag.state, Tag.confidence.desc(), Tag.code)
    )
    return [
        TagRow(
            vocabulary=tag.vocabulary,
            code=tag.code,
            label=terms[tag.vocabulary].get(tag.code).label,
            state=cast("TagState", tag.state),
            by=tag.by,
            why=tag.why,
        )
        for tag in session.scalars(query)
    ]


def _functions(session: Session, tool_id: int) -> list[FunctionRow]:
    terms = load()
    query = select(Function).where(Function.tool_id == tool_id).order_by(Function.use_case)
    return [
        FunctionRow(
            use_case=terms["use_cases"].get(row.use_case).label,
            autonomy=terms["autonomy"].get(row.autonomy).label,
            scope=terms["scope_classes"].get(row.scope).label,
            rule=row.rule,
            device=row.device,
            quote=row.quote,
        )
        for row in session.scalars(query)
    ]


def _documents(session: Session, tool_id: int) -> list[DocumentRow]:
    terms = load()
    records = members(session, tool_id)
    of_tool = (
        select(Statement.document_id)
        .where(Statement.subject_type == "tool", Statement.subject_id.in_(records))
        .union(
            select(Claim.document_id).where(Claim.tool_id.in_(records)),
            select(Evidence.document_id).where(Evidence.tool_id.in_(records)),
            select(Deployment.document_id).where(Deployment.tool_id.in_(records)),
            select(Mention.document_id).where(Mention.tool_id.in_(records)),
        )
    )
    named = select(Mention.document_id, Mention.quote).where(Mention.tool_id.in_(records))
    mentions = dict(session.execute(named.order_by(Mention.id.desc())).all())
    query = (
        select(Document)
        .options(
            defer(Document.text, raiseload=True),
            defer(Document.drafts, raiseload=True),
            joinedload(Document.source).joinedload(Source.publisher),
        )
        .where(Document.id.in_(of_tool), Document.gone_at.is_(None))
        .order_by(Document.url)
    )
    rows = session.scalars(query).all()
    stories = told(session, [row.id for row in rows])
    return [
        DocumentRow(
            id=row.id,
            title=row.title,
            url=row.url,
            publisher=row.source.publisher.name,
            voice=terms["voices"].get(row.voice).label,
            kind=row.kind,
            published_on=row.published_on,
            last_seen=row.last_seen.date(),
            mention=mentions.get(row.id, ""),
            **stories.get(row.id, ALONE)._asdict(),
        )
        for row in rows
    ]
