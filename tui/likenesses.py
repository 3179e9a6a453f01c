"""Likenesses put together: what search found, with what the catalogue says of both tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from catalogue.queries import tools
from catalogue.queries.detail import detail
from catalogue.resemblance import ASPECTS, Resemblance, alike, differs
from catalogue.rows import ToolRow
from search.likeness import Alike


def told(
    session: Session, tool_id: int, found: Sequence[Alike], today: date
) -> list[tuple[ToolRow, Resemblance]]:
    """The tools that were found, in order; those that went since are left out."""
    rows = tools.rows(session, [one.id for one in found])
    if not rows:
        return []
    asked, names = detail(session, tool_id, today), dict(ASPECTS)
    answers = []
    for one in found:
        if one.id in rows:
            other = detail(session, one.id, today)
            answers.append(
                (
                    rows[one.id],
                    Resemblance(
                        score=one.score,
                        parts=tuple((names[aspect], part) for aspect, part in one.parts),
                        missing=tuple(names[aspect] for aspect in one.missing),
                        alike=alike(asked, other),
                        differs=differs(asked, other),
                        pairs=tuple((names[aspect], own, its) for aspect, own, its in one.pairs),
                    ),
                )
            )
    return answers
