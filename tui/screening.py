"""Prioritised screening: whose turn it is in a project and why, what was decided, what is left."""

from __future__ import annotations

import re
from collections import Counter
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
    RankedBy,
    ReportRow,
    ShortlistedRow,
    ShownRow,
    StandingRow,
    WhyRow,
)
from search import stopping
from search.analysis import stems
from search.embedder import Vectors
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
    tools: tuple[int, ...]
    """Numbers of the project's tools, ascending."""
    decided: Mapping[int, DecisionRow]
    """What holds, by tool; without the exclusions of tools that have changed since."""
    changed: Mapping[int, DecisionRow]

    @property
    def learnt(self) -> dict[int, bool]:
        """Places of the decided tools, and whether each is relevant: included, or perhaps."""
        places = {tool: place for place, tool in enumerate(self.tools)}
        return {places[tool]: one.outcome != "exclude" for tool, one in self.decided.items()}

    def progress(self) -> ProgressRow:
        """How far the reviewer is."""
        outcomes = [one.outcome for one in self.decided.values()]
        pool = len(self.tools)
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

    def next(
        self, project: str, first: int | None = None, *, at_random: bool = False
    ) -> NextRow | None:
        """The tool whose turn it is, recorded as shown; None when all are decided.

        Args:
            project: Its name.
            first: The tool to put first where it waits, such as one whose decision was undone.
            at_random: Draw it from all that wait, to check what is left: see `search.stopping`.

        Raises:
            NotFoundError: there is no such project.
        """
        table = self._table(project)
        material = self._pools.material(table.tools)
        ranked, notice = self._ranked(table, material)
        if not ranked:
            return None
        tools, seen = table.tools, self.projects.newest(project)
        chosen, by = self._chosen(project, ranked, tools, seen, first, at_random=at_random)
        turn = Turn(
            tool_id=tools[chosen.place_in_texts],
            score=chosen.score,
            by=by,
            decided=len(table.decided),
            seen=seen,
            pool=len(ranked),
            model=material.model,
            seed=SEED,
        )
        position = self.projects.show(project, turn)
        detail = self._live.detail(turn.tool_id)
        return NextRow(
            project=table.project.name,
            question=table.project.question,
            position=position,
            tool=detail.row,
            summary=detail.summary,
            homepage=detail.homepage,
            evidence=len(detail.evidence),
            why=self._why(table, material, turn, chosen.place_in_texts),
            progress=table.progress(),
            notice=notice,
        )

    def report(self, project: str, confidence: float = 0.95) -> ReportRow:
        """How far this reviewer is, and how many relevant tools are likely left.

        What was decided is taken in the order in which it was decided; perhaps counts as
        relevant.

        Args:
            project: Its name.
            confidence: That the bounds hold, between 0 and 1.

        Raises:
            NotFoundError: there is no such project.
            ValueError: the confidence is not between 0 and 1.
        """
        table = self._table(project)
        decided = sorted(table.decided.values(), key=lambda one: one.number)
        shown = {row.tool_id: row.by for row in self.projects.shown(project)}
        found = stopping.report(
            [one.outcome != "exclude" for one in decided],
            len(table.tools),
            [at for at, one in enumerate(decided) if shown.get(one.tool_id) == "chance"],
            confidence,
        )
        reasons = Counter(one.why for one in decided if one.outcome == "exclude")
        return ReportRow(
            project=table.project.name,
            question=table.project.question,
            reviewer=self.projects.reviewer,
            progress=table.progress(),
            found=found.found,
            likely_left=found.likely_left,
            left_low=found.left_low,
            left_high=found.left_high,
            recall_low=found.recall_low,
            confidence=found.confidence,
            method=found.method,
            sampled=found.sampled,
            assumption=found.assumption,
            out_of_turn=sum(one.tool_id not in shown for one in decided),
            reasons=tuple(reasons.most_common()),
            disagreements=tuple(
                one for one in self.projects.standings(project) if one.state == "disagreed"
            ),
        )

    def shortlist(self, project: str, shortlist: str) -> ShortlistedRow:
        """Put the tools that all who decided included on a shortlist, as one step for each reason;
        the reason says who included them.

        Raises:
            NotFoundError: there is no such project or shortlist.
        """
        row, standings = self.projects.get(project), self.projects.standings(project)
        included = [one for one in standings if one.state == "include"]
        held = {item.tool_id for item in self._live.shortlist(shortlist).items}
        together: dict[str, list[int]] = {}
        for one in included:
            together.setdefault(_reason(row, one), []).append(one.tool_id)
        for reason, tools in together.items():
            self._live.add(shortlist, tools, reason)
        return ShortlistedRow(
            shortlist=self._live.shortlist(shortlist).name,
            added=tuple(one.name for one in included if one.tool_id not in held),
            included=len(included),
            disagreed=tuple(one.name for one in standings if one.state == "disagreed"),
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
        decided = {tool: one for tool, one in own.items() if tool not in changed}
        return _Table(row, tuple(sorted({*pool, *own})), decided, changed)

    def _ranked(self, table: _Table, material: Material) -> tuple[list[Ranked], str]:
        """The waiting, best first, and why only words are ranked by where that is so."""
        asked = table.project.question
        vector = self._live.engine.meaning(asked)
        notice = self._live.engine.state() if vector is None else ""
        return material.prioritiser.order(table.learnt, asked, vector, SEED), notice

    def _chosen(
        self,
        project: str,
        ranked: Sequence[Ranked],
        tools: Sequence[int],
        seen: int,
        first: int | None,
        *,
        at_random: bool,
    ) -> tuple[Ranked, RankedBy]:
        """Whose turn it is, and by what: a tool put first is there by what brought it before."""
        back = next((one for one in ranked if tools[one.place_in_texts] == first), None)
        if back is not None:
            was = {row.tool_id: row.by for row in self.projects.shown(project)}
            return back, was.get(tools[back.place_in_texts], _by(back))
        if at_random:
            return _drawn(ranked, SEED, seen), "chance"
        return ranked[0], _by(ranked[0])

    def _why(self, table: _Table, material: Material, turn: Turn, place: int) -> WhyRow:
        return WhyRow(
            score=turn.score,
            by=turn.by,
            terms=_shared(table.project.question, material.texts[place]),
            nearest=self._nearest(table, material.vectors, place),
            changed=table.changed.get(turn.tool_id),
        )

    def _nearest(self, table: _Table, vectors: Vectors | None, place: int) -> str:
        """Name of the included tool that is most like the one at a place; "" without."""
        included = [
            at
            for at, tool in enumerate(table.tools)
            if tool in table.decided and table.decided[tool].outcome == "include"
        ]
        if vectors is None or not included or not vectors[place].any():
            return ""
        nearest = table.tools[included[int(np.argmax(vectors[included] @ vectors[place]))]]
        return self._live.rows([nearest])[nearest].name


def _drawn(ranked: Sequence[Ranked], seed: int, seen: int) -> Ranked:
    """One of those that wait, each with the same chance; the same until something is decided."""
    waiting = sorted(ranked, key=lambda one: one.place_in_texts)
    return waiting[int(np.random.default_rng([seed, seen]).integers(len(waiting)))]


def _by(ranked: Ranked) -> RankedBy:
    return "decisions" if ranked.by == "decisions" else "question"


def _reason(project: ProjectRow, standing: StandingRow) -> str:
    """Why an included tool belongs on a shortlist."""
    who = " and ".join(one.reviewer for one in standing.decisions)
    notes = "; ".join(dict.fromkeys(one.why for one in standing.decisions if one.why))
    return f"included in project '{project.name}' by {who}{f': {notes}' if notes else ''}"


def _shared(question: str, text: str) -> tuple[str, ...]:
    """Words of a question that stand in a text, in whatever form, in their order."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # noqa: PLC0415 -- slow

    telling = set(stems(question)) & set(stems(text))
    words = [word for word in _WORD.findall(question.casefold()) if word not in ENGLISH_STOP_WORDS]
    held = [word for word in words if telling.intersection(stems(word))]
    return tuple(dict.fromkeys(held))[:TERMS]
