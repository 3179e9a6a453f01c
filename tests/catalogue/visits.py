"""Visits without a network: pages given as readings, stored by the real frontier and ingestor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import AnyDraft, ClaimDraft, DeploymentDraft, Quote, Reading, ToolDraft, Value
from catalogue.frontier import Found, Frontier, Run, SourceRecord, Task
from catalogue.ingest import Ingestor, Outcome, PageVisit, VisitState

DAY_1 = datetime(2026, 10, 5, 9, tzinfo=UTC)
DAY_2 = datetime(2026, 11, 5, 9, tzinfo=UTC)


def source(name: str = "rotaflow", *, kind: str = "supplier", voice: str = "") -> SourceRecord:
    return SourceRecord(
        name=name,
        title=f"{name}, own site",
        archetype="site",
        publisher=f"{name.title()} Ltd",
        publisher_url=f"http://www.{name}.example/",
        publisher_kind=kind,
        voice=voice or {"supplier": "VOICE_SUPPLIER"}.get(kind, "VOICE_NETWORK"),
        licence="all-rights-reserved",
        cadence="weekly",
        definition="{}",
    )


def quoted(text: str, place: str = "h1") -> Quote:
    return Quote(text=text[:300], place=place)


def tool(name: str, homepage: str, /, **values: str) -> ToolDraft:
    return ToolDraft(
        extractor="product_page@1",
        name=quoted(name),
        homepage=homepage,
        values=tuple(
            Value(property=key.replace("__", "."), value=value, quote=quoted(value))
            for key, value in values.items()
        ),
    )


def claim(text: str, high: float = 2, *, about: str = "") -> ClaimDraft:
    return ClaimDraft(
        extractor="claims@1",
        about=about,
        quote=quoted(text, ""),
        dimension="BEN_TIME",
        high=high,
        unit="hours",
        per="week",
        hedge="up to",
    )


def deployment(text: str, buyer: str) -> DeploymentDraft:
    return DeploymentDraft(extractor="case_study@1", buyer=buyer, quote=quoted(text, ""))


def page(title: str, text: str, *drafts: AnyDraft, kind: str = "page") -> Reading:
    told = f"{title}\n{text}\n{[draft.model_dump_json() for draft in drafts]}"
    return Reading(
        title=title,
        text=text,
        text_sha=sha256(told.encode()).hexdigest(),
        kind=kind,
        drafts=drafts,
    )


@dataclass
class Site:
    """A source and its pages: a reading, or how else the visit ends."""

    record: SourceRecord
    pages: Mapping[str, Reading | VisitState] = field(default_factory=dict)


def crawl(database: Database, *sites: Site, at: datetime = DAY_1) -> list[Outcome]:
    """Crawl the sites one after the other, each page in the order given."""
    clock = fixed_clock(at)
    frontier, ingestor = Frontier(database, clock), Ingestor(database, clock)
    frontier.register([site.record for site in sites])
    outcomes: list[Outcome] = []
    for site in sites:
        run = frontier.start(site.record.name, [Found(url, 0) for url in site.pages], 100)
        while tasks := frontier.lease(run, 10):
            tasks.sort(key=lambda task: list(site.pages).index(task.url))
            outcomes += [
                ingestor.ingest(visit_of(run, task, site.pages[task.url], at)) for task in tasks
            ]
        ingestor.conclude(run)
    return outcomes


def visit_of(run: Run, task: Task, given: Reading | VisitState, at: datetime) -> PageVisit:
    reading = given if isinstance(given, Reading) else None
    state: VisitState = "read" if isinstance(given, Reading) else given
    if reading is not None and reading.text_sha == task.text_sha:
        state, reading = "unchanged", None
    return PageVisit(
        run=run,
        task=task,
        state=state,
        fetched_at=at,
        status={"gone": 410, "not_modified": 304, "fault": 0}.get(state, 200),
        raw_sha=sha256(repr(given).encode()).hexdigest(),
        reading=reading,
    )
