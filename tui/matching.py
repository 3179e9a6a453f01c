"""A match put together: what search found, with the tools and who says each passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.match_rows import (
    CoverRow,
    LeftOutRow,
    MatchedToolRow,
    MatchReport,
    NeedRow,
    SaidRow,
)
from catalogue.queries import speakers, tools
from catalogue.query import Query
from search.engine import Matched
from search.match import Cover
from search.needs import Needs

Passage = tuple[str, str]
"""Words and the address of their page."""


def report(
    session: Session,
    title: str,
    asked: Needs,
    found: Matched,
    query: Query,
    limit: int,
    at: datetime,
) -> MatchReport:
    """The report of a match: tools by how many needs they cover, then partly, then how surely;
    ties by id. At most `limit` tools are given; counts are over all.
    """
    by_tool: dict[int, list[Cover]] = {}
    for cover in found.covers:
        by_tool.setdefault(cover.tool, []).append(cover)
    order = sorted(by_tool, key=lambda tool: (*_merit(by_tool[tool]), tool))[:limit]
    rows = tools.rows(session, order)
    homes = {hit.id: hit.url for hit in tools.listed(session, order)}
    shown = [tool for tool in order if tool in rows]
    said = speakers.said(
        session, {passage for tool in shown for one in by_tool[tool] for passage in _passages(one)}
    )
    counts = Counter((cover.need, cover.degree) for cover in found.covers)
    return MatchReport(
        title=title,
        made_at=at,
        query=str(query),
        compared=found.compared,
        needs=tuple(
            NeedRow(need.number, need.text, need.priority, need.heading, need.line)
            for need in asked.needs
        ),
        left_out=tuple(LeftOutRow(one.text, one.line, one.why) for one in asked.left_out),
        tools=tuple(
            MatchedToolRow(
                rows[tool],
                homes[tool],
                tuple(_cover(one, asked, said) for one in sorted(by_tool[tool], key=_place)),
            )
            for tool in shown
        ),
        covered=tuple(counts[at, "covered"] for at in range(len(asked.needs))),
        partly=tuple(counts[at, "partly"] for at in range(len(asked.needs))),
        notice=found.notice,
    )


def _merit(covers: Sequence[Cover]) -> tuple[int, int, float]:
    whole = sum(one.degree == "covered" for one in covers)
    return -whole, whole - len(covers), -sum(one.chance for one in covers)


def _place(cover: Cover) -> int:
    return cover.need


def _passages(cover: Cover) -> list[Passage]:
    return [(cover.text, cover.url), *cover.others]


def _cover(cover: Cover, asked: Needs, said: dict[Passage, SaidRow]) -> CoverRow:
    best, *others = (said[passage] for passage in _passages(cover))
    return CoverRow(
        need=asked.needs[cover.need].number,
        degree=cover.degree,
        chance=round(cover.chance, 4),
        said=best,
        doubt=cover.doubt,
        also=tuple(others),
        parts=tuple((name, round(value, 4)) for name, value in cover.parts),
    )
