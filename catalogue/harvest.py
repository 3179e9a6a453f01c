"""What a run brought in, counted from the catalogue and judged by what its source expects."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.expectation import Expectation, Harvest, Verdict, judge
from catalogue.models import CrawlRun, Document, HeldVisit, Visit

THERE = Visit.state.in_(("read", "unchanged")) | (
    (Visit.state == "not_modified") & Visit.document_id.is_not(None)
)
"""The visits that found a page; a listing that has not changed is none."""


def verdict_on(session: Session, run: CrawlRun) -> Verdict:
    """Judge a run that has nothing left to visit, what it holds included."""
    definition = json.loads(run.source.definition)
    expected = Expectation.model_validate(definition.get("expect", {}))
    verdict = judge(expected, harvest(session, run, expected))
    if verdict.sound:
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, *_commonest_fault(session, run)))


def harvest(session: Session, run: CrawlRun, expected: Expectation) -> Harvest:
    """Count what a run brought in, as far as `expected` asks for it."""
    there = select(Visit.task_id).where(Visit.run_id == run.id, Visit.state != "fault")
    faulty = (Visit.state == "fault") & Visit.task_id.not_in(there)
    pages = list(_pages(session, run)) if expected.looks_inside else []
    drafts = [draft for page in pages for draft in page["drafts"]]
    return Harvest(
        documents=_count(session, run, Visit.final_url, THERE),
        withdrawn=_count(session, run, Visit.task_id, Visit.status == HTTPStatus.GONE),
        faults=_count(session, run, Visit.task_id, faulty),
        visited=_count(session, run, Visit.task_id, Visit.state != "refused"),
        drafts=Counter(draft["type"] for draft in drafts),
        filled={key: _filled(key, pages, drafts) for key in expected.filled},
        languages=Counter(page["language"] for page in pages),
    )


def _commonest_fault(session: Session, run: CrawlRun) -> Sequence[str]:
    """What was said most often of addresses that gave nothing."""
    return session.scalars(
        select(Visit.note)
        .where(Visit.run_id == run.id, Visit.state.in_(("fault", "refused")))
        .group_by(Visit.note)
        .order_by(func.count().desc(), Visit.note)
        .limit(1)
    ).all()


def _count(
    session: Session, run: CrawlRun, what: InstrumentedAttribute[Any], which: ColumnElement[bool]
) -> int:
    query = select(func.count(distinct(what))).where(Visit.run_id == run.id, which)
    return session.scalar(query) or 0


def _pages(session: Session, run: CrawlRun) -> Iterator[Mapping[str, Any]]:
    """The pages of a run as JSON knows a reading: those that are held, and those that are kept."""
    of_run = (Visit.run_id == run.id) & THERE
    held = select(HeldVisit.reading).join(Visit, Visit.id == HeldVisit.visit_id).where(of_run)
    for reading in session.scalars(held):
        yield json.loads(reading)
    kept = select(Visit.document_id).where(of_run, Visit.document_id.is_not(None))
    asked = Document.title, Document.text, Document.published_on, Document.language, Document.drafts
    for title, text, published_on, language, drafts in session.execute(
        select(*asked).where(Document.id.in_(kept))
    ):
        yield {
            "title": title,
            "text": text,
            "published_on": published_on,
            "language": language,
            "drafts": json.loads(drafts),
        }


def _filled(
    key: str, pages: Iterable[Mapping[str, Any]], drafts: Iterable[Mapping[str, Any]]
) -> int:
    """How many pages, or drafts of a type, give something."""
    kind, dot, name = key.partition(".")
    if not dot:
        return sum(bool(page[key]) for page in pages)
    return sum(_gives(draft, name) for draft in drafts if draft["type"] == kind)


def _gives(draft: Mapping[str, Any], name: str) -> bool:
    """Whether a draft has a field of this name that is filled, or a value for the property."""
    own = draft.get(name)
    if name != "values" and own not in (None, "", []):
        return True
    return any(
        value["property"] == name and value["absence"] == "yes" for value in draft.get("values", ())
    )
