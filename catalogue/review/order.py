"""The order in which reviewers saw the tools of a project: what makes a scan one to defend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Showing, Tool
from catalogue.screening_rows import RANKED_BY, Outcome, RankedBy, ShownRow


@dataclass(frozen=True, slots=True)
class Turn:
    """Why it is a tool's turn, and what had made the order: the same gives the same again."""

    tool_id: int
    score: float
    by: RankedBy
    decided: int
    seen: int
    pool: int
    model: str
    seed: int


def show(session: Session, project_id: int, reviewer: str, turn: Turn, at: datetime) -> int:
    """Record that a tool is put before a reviewer; gives its position.

    A tool that is still before the reviewer, who has decided nothing since, keeps the position
    that it has.
    """
    last = session.scalar(
        select(Showing)
        .where(Showing.project_id == project_id, Showing.reviewer == reviewer)
        .order_by(Showing.position.desc())
        .limit(1)
    )
    if last is not None and (last.tool_id, last.seen) == (turn.tool_id, turn.seen):
        return last.position
    showing = Showing(
        at=at,
        project_id=project_id,
        reviewer=reviewer,
        position=1 if last is None else last.position + 1,
        tool_id=turn.tool_id,
        score=turn.score,
        ranked_by=turn.by,
        decided=turn.decided,
        seen=turn.seen,
        pool=turn.pool,
        model=turn.model,
        seed=turn.seed,
    )
    session.add(showing)
    session.flush()
    return showing.position


def shown(
    session: Session, project_id: int, reviewer: str, outcomes: Mapping[int, Outcome]
) -> list[ShownRow]:
    """The order that a reviewer saw, first to last.

    Args:
        session: Where to read.
        project_id: Number of the project.
        reviewer: Whose order.
        outcomes: What the reviewer says now, by tool.
    """
    query = (
        select(Showing, Tool.name)
        .join(Tool, Tool.id == Showing.tool_id)
        .where(Showing.project_id == project_id, Showing.reviewer == reviewer)
        .order_by(Showing.position)
    )
    return [
        ShownRow(
            position=showing.position,
            tool_id=showing.tool_id,
            name=name,
            score=showing.score,
            by=next(one for one in RANKED_BY if one == showing.ranked_by),
            decided=showing.decided,
            seen=showing.seen,
            pool=showing.pool,
            model=showing.model,
            seed=showing.seed,
            at=showing.at,
            outcome=outcomes.get(showing.tool_id, ""),
        )
        for showing, name in session.execute(query)
    ]
