"""Prioritised screening: whose turn it is in a project and why, what was decided, what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from catalogue.query import read
from catalogue.review.order import Turn
from catalogue.review.projects import Projects
from catalogue.screening_rows import (
    DecisionRow,
    NextRow,
    Outcome,
    ProgressRow,
    ProjectRow,
    ShownRow,
    StandingRow,
    WhyRow,
)
from search import lexical
from search.prioritise import Ranked
from tui.pool import Material, Pools

if TYPE_CHECKING:
    from tui.live import Live

SEED: Final = 0
"""Of the ranking; recorded with every tool shown, so that an order can be made again."""

TERMS: Final = 6
"""Most words of the question that are given as a reason."""


_WORD = re.compile(r"\w[\w'-]*")


@dataclass(frozen=True, slots=True)
class _Table:
    """What lies before a reviewer in a project."""

    project: ProjectRow
    material: Material
    decided: Mapping[int, DecisionRow]
    """What holds, by tool; without the exclusions of tools that have changed since."""
    changed: Mapping[int, DecisionRow]

    @property
    def learnt(self) -> dict[int, bool]:
        """Places of the decided tools, and whether each is relevant: included, or perhaps."""
        places = {tool: place for place, tool in enumerate(self.material.tools)}
        return {places[tool]: one.outcome != "exclude" for tool, one in self.decided.items()}

    def progress(self) -> ProgressRow:
        """How far the reviewer is."""
        outcomes = [one.outcome for one in self.decided.values()]
        pool = len(self.material.tools)
        return ProgressRow(
            pool=pool,
            included=outcomes.count("include"),
            maybe=outcomes.count("maybe"),
            excluded=outcomes.count("exclude"),
            changed=len(self.changed),
            left=pool - len(outcomes),
        )


class Screening:
    """Projects as this reviewer screens them, over catalogue and search."""

    def __init__(self, live: Live, mend: Callable[[], None]) -> None:
        """`mend` makes a missing index of words again."""
        self._live = live
        self._pools = Pools(live, mend)

    @cached_property
    def projects(self) -> Projects:
        """The projects, with their decisions.

        Raises:
            CatalogueError: the setting review.reviewer names nobody.
        """
        return Projects(self._live.database, self._live.reviewer(), self._live.clock)

    def new(self, name: str, question: str, query: str) -> tuple[ProjectRow, ProgressRow]:
        """Make a project; gives it with what there is to screen.

        Raises:
            QueryError: the query names a field or value that there is not.
            NotFoundError: it names a supplier or shortlist that there is not.
            CatalogueError: as `Projects.create`.
        """
        asked = read(query)
        self._pools.passing(asked)
        row = self.projects.create(name, question, asked)
        return row, self.progress(row.name)

    def progress(self, project: str) -> ProgressRow:
        """How far this reviewer is. Raises NotFoundError."""
        return self._table(project).progress()

    def next(self, project: str, first: int | None = None) -> NextRow | None:
        """The tool whose turn it is, recorded as shown; None when all are decided.

        Args:
            project: Its name.
            first: The tool to put first where it waits, such as one whose decision was undone.

        Raises:
            NotFoundError: there is no such project.
        """
        table = self._table(project)
        ranked, notice = self._ranked(table)
        if not ranked:
            return None
        tools = table.material.tools
        chosen = next((one for one in ranked if tools[one.place_in_texts] == first), ranked[0])
        turn = Turn(
            tool_id=tools[chosen.place_in_texts],
            score=chosen.score,
            by="decisions" if chosen.by == "decisions" else "question",
            decided=len(table.decided),
            seen=self.projects.newest(project),
            pool=len(ranked),
            model=table.material.model,
            seed=SEED,
        )
        position = self.projects.show(project, turn)
        detail = self._live.detail(turn.tool_id)
        return NextRow(
            position=position,
            tool=detail.row,
            summary=detail.summary,
            homepage=detail.homepage,
            evidence=len(detail.evidence),
            why=self._why(table, turn, chosen.place_in_texts),
            progress=table.progress(),
            notice=notice,
        )

    def decide(
        self, project: str, tools: Sequence[int], outcome: Outcome | str, reason: str = ""
    ) -> list[int]:
        """Say of tools that they are included, excluded or perhaps: see `Projects.decide`."""
        return self.projects.decide(project, tools, outcome, reason)

    def undo(self, project: str) -> str:
        """Take back this reviewer's last step: see `Projects.undo`."""
        return self.projects.undo(project)

    def redo(self, project: str) -> str:
        """Do again what was last undone: see `Projects.redo`."""
        return self.projects.redo(project)

    def order(self, project: str, reviewer: str = "") -> list[ShownRow]:
        """The order that a reviewer saw: see `Projects.shown`."""
        return self.projects.shown(project, reviewer)

    def standings(self, project: str) -> list[StandingRow]:
        """Where the tools stand that somebody decided on: see `Projects.standings`."""
        return self.projects.standings(project)

    def _table(self, project: str) -> _Table:
        row = self.projects.get(project)
        own, changed = self.projects.own(project), self.projects.changed(project)
        pool = self._pools.passing(read(row.query))
        material = self._pools.material({*pool, *own})
        decided = {tool: one for tool, one in own.items() if tool not in changed}
        return _Table(row, material, decided, changed)

    def _ranked(self, table: _Table) -> tuple[list[Ranked], str]:
        """The waiting, best first, and why only words are ranked by where that is so."""
        material, learnt = table.material, table.learnt
        asked = table.project.question
        vector = None
        if len(set(learnt.values())) < 2 and material.vectors is not None:  # noqa: PLR2004 -- both
            vector = self._live.engine.meaning(asked)
        notice = self._live.engine.state() if not material.model else ""
        return material.prioritiser.order(learnt, asked, vector, SEED), notice

    def _why(self, table: _Table, turn: Turn, place: int) -> WhyRow:
        return WhyRow(
            score=turn.score,
            by=turn.by,
            terms=_shared(table.project.question, table.material.texts[place]),
            nearest=self._nearest(table, place),
            changed=table.changed.get(turn.tool_id),
        )

    def _nearest(self, table: _Table, place: int) -> str:
        """Name of the included tool that is most like the one at a place; "" without."""
        tools, vectors = table.material.tools, table.material.vectors
        included = [
            at
            for at, tool in enumerate(tools)
            if tool in table.decided and table.decided[tool].outcome == "include"
        ]
        if vectors is None or not included or not vectors[place].any():
            return ""
        nearest = tools[included[int(np.argmax(vectors[included] @ vectors[place]))]]
        return self._live.rows([nearest])[nearest].name


def _shared(question: str, text: str) -> tuple[str, ...]:
    """Words of a question that stand in a text, in whatever form, in their order."""
    telling = set(lexical.stems(question)) & set(lexical.stems(text))
    words = dict.fromkeys(_WORD.findall(question.casefold()))
    return tuple(word for word in words if telling.intersection(lexical.stems(word)))[:TERMS]
