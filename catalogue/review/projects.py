"""Projects: make them, decide on tools, undo; and what holds of it all now.

Everything that changes runs in one transaction and is written to the log of decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from sqlalchemy.orm import Session

from catalogue.clock import Clock, system_clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError
from catalogue.members import all_shown_as
from catalogue.models import Decision, Project
from catalogue.queries import tools
from catalogue.query import Query
from catalogue.review import order
from catalogue.review.decisions import PROJECT, REMOVED, present, reasoned, state, states, told
from catalogue.review.events import Trail, trail
from catalogue.review.order import Turn
from catalogue.review.present import names_of
from catalogue.review.project_log import (
    held_by_tool,
    log_of,
    project_named,
    projects_there,
    refuse_if_taken,
    row_of,
)
from catalogue.screening_rows import DecisionRow, Outcome, ProjectRow, ShownRow, StandingRow
from catalogue.text import clean, one_line


class Projects:
    """The projects of a catalogue, as one reviewer works in them. Threads may share it."""

    def __init__(self, database: Database, reviewer: str, clock: Clock = system_clock) -> None:
        self._database = database
        self._clock = clock
        self.reviewer = one_line(reviewer)
        if not self.reviewer:
            raise CatalogueError(
                "Decisions are kept under a reviewer's name, and there is none.",
                "Set review.reviewer.",
            )

    def all(self) -> list[ProjectRow]:
        """The projects that are there, by name."""
        with self._database.read() as session:
            rows = [row_of(session, project) for project in projects_there(session)]
        return sorted(rows, key=lambda row: (row.name.casefold(), row.name))

    def get(self, name: str) -> ProjectRow:
        """The project of that name; capitals do not count.

        Raises:
            NotFoundError: there is none; the message gives the nearest name.
        """
        with self._database.read() as session:
            return row_of(session, project_named(session, name))

    def create(self, name: str, question: str, query: Query) -> ProjectRow:
        """Make a project that screens the tools a query finds.

        Raises:
            CatalogueError: the name is empty or taken, or nothing is asked.
        """
        name = one_line(name)
        if not name:
            raise CatalogueError("A project needs a name.")
        question = clean(question).strip() or query.text
        if not question:
            raise CatalogueError(
                "A project needs a question: what the first tools are ranked by.",
                "Say in a sentence what you look for.",
            )
        with self._database.write() as session:
            refuse_if_taken(session, name)
            project = Project(
                name=name,
                question=question,
                query=str(query),
                created_by=self.reviewer,
                created_at=self._clock(),
            )
            session.add(project)
            session.flush()
            return row_of(session, project)

    def remove(self, name: str) -> None:
        """Take a project away; its decisions are kept, and undo brings it back.

        Raises:
            NotFoundError: there is none of that name.
        """
        with self._database.write() as session:
            self._write(session, project_named(session, name), [_said(None, REMOVED)])

    def decide(
        self, project: str, tool_ids: Sequence[int], outcome: Outcome | str, reason: str = ""
    ) -> list[int]:
        """Say of tools that they are included, excluded or perhaps, as one step; an empty
        `outcome` takes back what you said.

        Args:
            project: Its name.
            tool_ids: Numbers of tools, of whichever records.
            outcome: One of `OUTCOMES`, or empty.
            reason: An exclusion reason by code or name, or your own words; an exclusion needs one.

        Returns:
            The tools of which this is news, as they are shown.

        Raises:
            NotFoundError: there is no such project or tool; nothing is written.
            CatalogueError: an exclusion without a reason.
        """
        code, note = reasoned(outcome, reason)
        with self._database.write() as session:
            found = project_named(session, project)
            _refuse_unknown(session, tool_ids)
            held = {one.tool_id: one for one in self._own(session, found)}
            asked = dict.fromkeys(all_shown_as(session, tool_ids).values())
            news = [tool for tool in asked if _news(held.get(tool), outcome, code, note)]
            self._write(session, found, [_said(tool, outcome, code, note) for tool in news])
            return news

    def undo(self, project: str) -> str:
        """Take back this reviewer's last step in a project, also one that took the project away;
        says what was undone, "" when there is nothing.

        Raises:
            NotFoundError: there never was a project of that name.
            StaleWriteError: the project was taken away or made again since; nothing is undone.
        """
        return self._take_back(project, lambda where: where.done, "Undone")

    def redo(self, project: str) -> str:
        """Do again what was last undone in a project; says what was done, "" when there is
        nothing. Raises as `undo`.
        """
        return self._take_back(project, lambda where: where.undone, "Done again")

    def own(self, project: str) -> dict[int, DecisionRow]:
        """What this reviewer says, by tool. Raises NotFoundError."""
        with self._database.read() as session:
            return {one.tool_id: one for one in self._own(session, project_named(session, project))}

    def changed(self, project: str) -> dict[int, DecisionRow]:
        """This reviewer's exclusions of tools that have changed since, by tool: what was decided
        may not hold of what they are now. Raises NotFoundError.
        """
        with self._database.read() as session:
            own = {one.tool_id: one for one in self._own(session, project_named(session, project))}
            excluded = [tool for tool, one in own.items() if one.outcome == "exclude"]
            changes = tools.changes(session, excluded)
        return {tool: own[tool] for tool in excluded if changes[tool] > own[tool].at}

    def newest(self, project: str) -> int:
        """Number of this reviewer's newest decision in a project, 0 before the first. Raises
        NotFoundError.
        """
        with self._database.read() as session:
            log = log_of(session, project_named(session, project))
            return max((one.id for one in log if one.actor == self.reviewer), default=0)

    def standings(self, project: str) -> list[StandingRow]:
        """Where the tools stand that somebody decided on, by name. Raises NotFoundError."""
        with self._database.read() as session:
            held = held_by_tool(session, project_named(session, project))
            rows = tools.rows(session, list(held))
        found = [
            StandingRow(tool, rows[tool].name, rows[tool].supplier, state(said), said)
            for tool, said in held.items()
            if tool in rows
        ]
        return sorted(found, key=lambda row: (row.name.casefold(), row.tool_id))

    def show(self, project: str, turn: Turn) -> int:
        """Record that a tool is put before this reviewer; gives its position in the order. Raises
        NotFoundError.
        """
        with self._database.write() as session:
            found = project_named(session, project)
            return order.show(session, found.id, self.reviewer, turn, self._clock())

    def shown(self, project: str, reviewer: str = "") -> list[ShownRow]:
        """The order that a reviewer saw, this one where none is named.

        Raises:
            NotFoundError: there is no such project.
        """
        with self._database.read() as session:
            found = project_named(session, project)
            who = one_line(reviewer) or self.reviewer
            said = {
                tool: one.outcome
                for tool, held in held_by_tool(session, found).items()
                for one in held
                if one.reviewer == who
            }
            return order.shown(session, found.id, who, said)

    def _own(self, session: Session, project: Project) -> list[DecisionRow]:
        held = held_by_tool(session, project).values()
        return [one for said in held for one in said if one.reviewer == self.reviewer]

    def _write(
        self, session: Session, project: Project, decisions: Sequence[Decision]
    ) -> Sequence[Decision]:
        step = uuid4().hex
        for one in decisions:
            one.project_id, one.step = project.id, step
            one.actor, one.at = self.reviewer, self._clock()
        session.add_all(decisions)
        session.flush()
        return decisions

    def _take_back(self, name: str, which: Callable[[Trail], tuple[str, ...]], done: str) -> str:
        with self._database.write() as session:
            project = project_named(session, name, removed=True)
            log = log_of(session, project)
            mine = [(one.id, one.step, one.undoes) for one in log if one.actor == self.reviewer]
            steps = which(trail(mine))
            if not steps:
                return ""
            undone = [one for one in log if one.step == steps[-1]]
            _refuse_if_overtaken(project, log, undone)
            self._write(session, project, [_said(one.tool_id, "", undoes=one.id) for one in undone])
            names = names_of(session, [one.tool_id for one in undone if one.tool_id is not None])
            return f"{done}: {told([_first(log, one) for one in undone], names)}."


def _said(
    tool: int | None, outcome: str, reason: str = "", note: str = "", undoes: int | None = None
) -> Decision:
    return Decision(tool_id=tool, outcome=outcome, reason=reason, note=note, undoes=undoes)


def _news(held: DecisionRow | None, outcome: str, reason: str, note: str) -> bool:
    """Whether a decision changes what is held."""
    if held is None:
        return bool(outcome)
    return (held.outcome, held.reason, held.note) != (outcome, reason, note)


def _first(log: Sequence[Decision], decision: Decision) -> Decision:
    """The decision at the beginning of a chain of undoing and redoing."""
    numbered = {one.id: one for one in log}
    while decision.undoes is not None:
        decision = numbered[decision.undoes]
    return decision


def _refuse_unknown(session: Session, tool_ids: Sequence[int]) -> None:
    unknown = set(tool_ids) - names_of(session, tool_ids).keys()
    if unknown:
        numbers = ", ".join(map(str, sorted(unknown)))
        raise NotFoundError(f"There is no tool number {numbers}.", "Nothing was decided.")


def _refuse_if_overtaken(
    project: Project, log: Sequence[Decision], undone: Sequence[Decision]
) -> None:
    """Raise when the project was removed, or brought back, since the step that is undone."""
    removal = present(log).get(PROJECT)
    if undone[0].tool_id is None:
        after = [(one, held) for one, held in states(log) if one.tool_id is None]
        overtaken = dict(after)[undone[0]] is not after[-1][1]
    else:
        overtaken = removal is not None
    if overtaken:
        who = f"{removal.actor} has removed" if removal is not None else "Somebody brought back"
        raise StaleWriteError(f"{who} the project '{project.name}' since.", "Nothing was done.")
