"""A project and its log of decisions, as the database holds them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.errors import CatalogueError, NotFoundError, nearest
from catalogue.members import all_shown_as
from catalogue.models import Decision, Project
from catalogue.review.decisions import PROJECT, by_tool, present
from catalogue.screening_rows import DecisionRow, ProjectRow
from catalogue.text import one_line


def log_of(session: Session, project: Project) -> Sequence[Decision]:
    """All decisions in a project and about it, oldest first."""
    query = select(Decision).where(Decision.project_id == project.id)
    return session.scalars(query.order_by(Decision.id)).all()


def projects_there(session: Session) -> list[Project]:
    """The projects that are there: those that are not removed, oldest first."""
    query = select(Decision).where(Decision.tool_id.is_(None)).order_by(Decision.id)
    about: dict[int, list[Decision]] = {}
    for one in session.scalars(query):
        about.setdefault(one.project_id, []).append(one)
    gone = {project for project, log in about.items() if PROJECT in present(log)}
    everything = session.scalars(select(Project).order_by(Project.id))
    return [project for project in everything if project.id not in gone]


def project_named(session: Session, name: str, *, removed: bool = False) -> Project:
    """The project of that name, whatever its capitals.

    Args:
        session: Where to look.
        name: As a person wrote it.
        removed: Whether, where none is there, one that was removed will do: the newest.

    Raises:
        NotFoundError: there is none; the message gives the nearest name.
    """
    wanted = one_line(name)
    there = projects_there(session)
    eligible = [*there]
    if removed:
        eligible += session.scalars(select(Project).order_by(Project.id.desc()))
    for project in eligible:
        if project.name.casefold() == wanted.casefold():
            return project
    hint = nearest(wanted, [project.name for project in there])
    raise NotFoundError(f"There is no project '{wanted}'.", hint)


def refuse_if_taken(session: Session, name: str) -> None:
    """Raise CatalogueError where a project of that name is there already."""
    if name.casefold() in {project.name.casefold() for project in projects_there(session)}:
        raise CatalogueError(f"There is a project '{name}' already.")


def held_by_tool(session: Session, project: Project) -> dict[int, tuple[DecisionRow, ...]]:
    """What holds of each tool that somebody decided on: see `by_tool`."""
    log = log_of(session, project)
    records = {one.tool_id for one in log if one.tool_id is not None}
    return by_tool(log, all_shown_as(session, records))


def row_of(session: Session, project: Project) -> ProjectRow:
    """A project as a row."""
    return ProjectRow(
        id=project.id,
        name=project.name,
        question=project.question,
        query=project.query,
        created_by=project.created_by,
        created_at=project.created_at,
        decided=len(held_by_tool(session, project)),
    )
