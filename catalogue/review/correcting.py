"""Correcting: the tags of tools follow what people decided of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalogue.errors import CatalogueError, NotFoundError
from catalogue.models import Ruling, Tag, Tool
from catalogue.projection import project_again
from catalogue.review.holding import holding
from catalogue.tagging import TAGGED
from catalogue.tags import RULE
from catalogue.vocabularies import load

_TOOL = "tool/"


def correct(session: Session, rulings: Sequence[Ruling]) -> None:
    """Bring the tags of tools in step with the rulings on them, and what is shown with the tags.

    Raises:
        CatalogueError: a ruling is made under the name that stands for the rules, or on a
            vocabulary that tools are not tagged from.
        NotFoundError: one is about a tool that is not there.
        VocabularyError: one is about a term that is not there.
    """
    for ruling in rulings:
        _refuse_unfit(ruling)
    about = sorted({(ruling.subject, ruling.object) for ruling in rulings})
    held = {
        (ruling.subject, ruling.object): ruling
        for ruling in holding(session, "tag", {subject for subject, _ in about})
    }
    ids = {subject: int(subject.removeprefix(_TOOL)) for subject, _ in about}
    query = select(Tool).where(Tool.id.in_(ids.values())).order_by(Tool.id)
    tools = session.scalars(query).all()
    if missing := sorted(set(ids.values()) - {tool.id for tool in tools}):
        raise NotFoundError(f"There is no tool number {', '.join(map(str, missing))}.")
    for subject, term in about:
        _write(session, ids[subject], term, held.get((subject, term)))
    project_again(session, tools)
    for tool in tools:
        tool.stale = True


def _write(session: Session, tool: int, term: str, ruling: Ruling | None) -> None:
    """Let the ruling that holds be the tag of a term; without one, the rules say what it is."""
    vocabulary, _, code = term.partition("/")
    session.execute(
        delete(Tag).where(Tag.tool_id == tool, Tag.vocabulary == vocabulary, Tag.code == code)
    )
    if ruling is not None:
        session.add(
            Tag(
                tool_id=tool,
                vocabulary=vocabulary,
                code=code,
                state=ruling.value,
                by=ruling.actor,
                why=ruling.why,
                quote="",
                confidence=1.0,
                at=ruling.at,
            )
        )


def _refuse_unfit(ruling: Ruling) -> None:
    if ruling.actor in ("", RULE):
        raise CatalogueError(
            f"Tags are corrected under a person's name, and '{ruling.actor}' is none.",
            "Set review.reviewer.",
        )
    vocabulary, _, code = ruling.object.partition("/")
    if vocabulary not in dict(TAGGED):
        raise CatalogueError(f"Tools are not tagged from a vocabulary '{vocabulary}'.")
    load()[vocabulary].get(code)
