"""What a person's word on a lead brings about: a tool that begins with the words of the lead.

The tool is made by joining: the lead's document states its name. So whatever else is said of it
in older documents is joined to it too, and when the word is taken back the tool goes with it,
unless something else has come to hang on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from catalogue import leads
from catalogue.errors import StaleWriteError
from catalogue.identity import same_name
from catalogue.join import join
from catalogue.models import (
    Claim,
    Deployment,
    Displayed,
    Document,
    Event,
    Evidence,
    Function,
    Lead,
    Mention,
    Notice,
    NoticeTool,
    Ruling,
    SearchEntry,
    Signal,
    Statement,
    Tag,
    TermHint,
    Tool,
    ToolName,
)
from catalogue.projection import project
from catalogue.renewing import rejoin


def settle(session: Session, rulings: Sequence[Ruling]) -> None:
    """Make, or unmake, the tools of those leads that these rulings speak of.

    Raises:
        StaleWriteError: a tool that would go is on a shortlist, or a person has ruled on it.
    """
    for subject in sorted({ruling.subject for ruling in rulings}):
        _settle(session, subject.removeprefix(leads.subject_of("")))


def _settle(session: Session, key: str) -> None:
    word = leads.verdicts(session, [key]).get(key)
    supplier = word.object if word is not None and word.value == leads.ACCEPTED else ""
    documents = set(session.scalars(select(Lead.document_id).where(Lead.key == key)))
    gone = [
        tool
        for tool in _made(session, key, documents)
        if not supplier or not same_name(tool.supplier.name, supplier)
    ]
    for tool in gone:
        _refuse_if_needed(session, tool)
        documents |= _that_speak_of(session, tool)
        # No document is to find the tool by a name any more.
        session.execute(delete(ToolName).where(ToolName.tool_id == tool.id))
    touched: set[int] = set()
    for document_id in sorted(documents):
        document = session.get_one(Document, document_id)
        joined = join(session, document)
        touched |= joined.tools | rejoin(session, document, joined)
    session.flush()
    for tool in gone:
        _forget(session, tool)
    for tool_id in sorted(touched - {tool.id for tool in gone}):
        project(session, session.get_one(Tool, tool_id))


def _made(session: Session, key: str, documents: Collection[int]) -> list[Tool]:
    """The tools of this name of which nobody has said more than leads say."""
    named = select(ToolName.tool_id).where(ToolName.kind == "name", ToolName.key == key)
    made: list[Tool] = []
    for tool in session.scalars(select(Tool).where(Tool.id.in_(named)).order_by(Tool.id)).all():
        said = session.execute(
            select(Statement.document_id, Statement.property).where(
                Statement.subject_type == "tool", Statement.subject_id == tool.id
            )
        ).all()
        if said and all(what == "name" and where in documents for where, what in said):
            made.append(tool)
    return made


def _refuse_if_needed(session: Session, tool: Tool) -> None:
    told = select(Event.id).where(Event.tool_id == tool.id).limit(1)
    subject = f"tool/{tool.id}"
    ruled = (
        select(Ruling.id).where((Ruling.subject == subject) | (Ruling.object == subject)).limit(1)
    )
    if session.scalar(told) is not None or session.scalar(ruled) is not None:
        raise StaleWriteError(
            f"{tool.name} has been on a shortlist, or somebody has ruled on it.",
            "Nothing was done: it stays a tool.",
        )


def _that_speak_of(session: Session, tool: Tool) -> set[int]:
    """Documents of which something is joined to a tool."""
    found = {
        document_id
        for model in (Claim, Evidence, Deployment)
        for document_id in session.scalars(
            select(model.document_id).where(model.tool_id == tool.id)
        )
    }
    notices = select(Notice.document_id).join(NoticeTool).where(NoticeTool.tool_id == tool.id)
    return found | set(session.scalars(notices))


def _forget(session: Session, tool: Tool) -> None:
    """Take a tool out of the catalogue of which nothing is said any more."""
    about: Iterable[tuple[type, ColumnElement[bool]]] = (
        (Displayed, (Displayed.subject_type == "tool") & (Displayed.subject_id == tool.id)),
        (Statement, (Statement.subject_type == "tool") & (Statement.subject_id == tool.id)),
        (Mention, Mention.tool_id == tool.id),
        (Tag, Tag.tool_id == tool.id),
        (TermHint, TermHint.tool_id == tool.id),
        (Function, Function.tool_id == tool.id),
    )
    for model, mine in about:
        session.execute(delete(model).where(mine))
    # What happened has happened, and its line says the name.
    session.execute(update(Signal).where(Signal.tool_id == tool.id).values(tool_id=None))
    entry = session.scalar(
        select(SearchEntry).where(SearchEntry.kind == "tool", SearchEntry.subject_id == tool.id)
    )
    if entry is not None:
        session.delete(entry)
    session.delete(tool)
    session.flush()
