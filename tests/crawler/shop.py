"""A catalogue into which one page was crawled, with its bytes kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import Reading
from catalogue.frontier import Found, Frontier
from catalogue.ingest import Ingestor, PageVisit
from catalogue.models import Document, Signal, Statement
from catalogue.queries.fingerprint import fingerprint
from catalogue.replay import Replay
from catalogue.settings import Settings
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reader import ReadFault
from crawler.reading import read
from crawler.replay import Replayed, replay
from crawler.snapshots import Snapshots
from crawler.source import Source

DAY_1 = datetime(2026, 10, 5, 9, tzinfo=UTC)
DAY_2 = datetime(2026, 11, 5, 9, tzinfo=UTC)
ROTA = "http://www.rotaflow.example/rota"
HTML = b"""<html><head><title>RotaFlow</title>
<script type="application/ld+json">{"@context": "https://schema.org",
"@type": "SoftwareApplication", "name": "RotaFlow", "description": "Builds ward rotas.",
"offers": {"@type": "Offer", "price": "2.50", "priceCurrency": "GBP"}}</script></head>
<body><main><h1>RotaFlow</h1><p>RotaFlow builds ward rotas for nurses in an hour, and tells the
ward manager who is free on which day of the week.</p></main></body></html>"""


class InProcess:
    """Reads as the child process does, in this one."""

    async def read(self, page: Page, request: ReadRequest) -> Reading | ReadFault:
        try:
            return read(page, request)
        except UnreadablePageError as error:
            return ReadFault("unreadable", error.message)


def rotaflow(**more: Any) -> Source:  # noqa: ANN401 (what a source file may hold)
    return Source.model_validate(
        {
            "name": "rotaflow",
            "publisher": {"name": "Rotaflow Ltd"},
            "walk": {"archetype": "site", "url": "http://www.rotaflow.example/"},
            "extract": ["json_ld"],
            **more,
        }
    )


class Shop:
    """A catalogue into which one page was crawled."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.kept = Snapshots(settings.snapshots)

    def crawl(self, source: Source, body: bytes = HTML, *, at: datetime = DAY_1) -> None:
        """One run over the one page, as the pipelines would have it."""
        clock = fixed_clock(at)
        frontier, ingestor = Frontier(self.database, clock), Ingestor(self.database, clock)
        frontier.register([source.record()])
        run = frontier.start(source.name, [Found(ROTA, 0)], 10)
        (task,) = frontier.lease(run, 10)
        page = Page(ROTA, body, "text/html", at)
        known = "" if task.outdated else task.text_sha
        reading = source.signed(read(page, source.read_request(known)), ROTA)
        same = reading.text_sha == task.text_sha and not task.outdated
        visit = PageVisit(
            run=run,
            task=task,
            state="unchanged" if same else "read",
            fetched_at=at,
            status=200,
            content_type="text/html",
            raw_sha=self.kept.put(body),
            size=len(body),
            reading=None if same else reading,
        )
        ingestor.ingest(visit)
        ingestor.conclude(run)

    def replay(self, source: Source, *, dry: bool = False) -> Replayed:
        door = Replay(self.database)
        work = [(source, door.documents(source.name))]
        return replay(work, door, self.settings, dry=dry, reader=InProcess())

    def said(self) -> dict[str, str]:
        with self.database.read() as session:
            rows = session.execute(
                select(Statement.property, Statement.value)
                .join(Document, Document.id == Statement.document_id)
                .where(Statement.last_seen == Document.last_seen)
            )
            return {name: value for name, value in rows}  # noqa: C416 (rows are no pairs to mypy)

    def signals(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(Signal.type)))

    def fingerprint(self) -> str:
        with self.database.read() as session:
            return fingerprint(session)
