"""Renewing: what hangs on a document, brought in step with what it says now, or no longer."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalogue import beginnings, changes, gains, notices, places, records, stories
from catalogue.changes import Change
from catalogue.confirming import extend
from catalogue.database import inserted
from catalogue.drafts import Reading
from catalogue.errors import CatalogueError
from catalogue.join import DRAFTS, Joined, join, join_new
from catalogue.members import all_shown_as
from catalogue.models import (
    Claim,
    CrawlRun,
    Deployment,
    Document,
    Evidence,
    Notice,
    Snapshot,
    Source,
    Statement,
    Tool,
)
from catalogue.page_visit import Outcome, PageVisit
from catalogue.projection import project
from catalogue.telling import tell
from catalogue.text import one_line


class Renewing:
    """Renews documents by one visit, in the session's transaction."""

    def __init__(self, session: Session, run: CrawlRun, visit: PageVisit, now: datetime) -> None:
        self.session = session
        self.run = run
        self.visit = visit
        self.now = now
        self.silent = run.baseline

    def read(self, document: Document | None, url: str) -> tuple[Document, Outcome]:
        """The document as it was read now; one that was not known is made at `url`.

        Raises:
            CatalogueError: the visit carries no reading.
        """
        reading = self.visit.reading
        if reading is None:
            raise CatalogueError("A visit in state 'read' must carry its reading.")
        if document is None:
            return self._read_first(reading, url)
        # What other eyes see in a page is no change of the market.
        self.silent = self.run.baseline or document.reader != reading.origin.reader
        before = changes.NOTHING if self.silent else changes.said(self.session, document)
        touched = self._tools_of(document)
        self._write(document, reading)
        joined = join(self.session, document)
        return document, Outcome(
            changed=1, signals=self._renewed(document, before, touched, joined)
        )

    def _read_first(self, reading: Reading, url: str) -> tuple[Document, Outcome]:
        document = Document(url=url, source_id=self.run.source_id, first_seen=self.now)
        self.session.add(document)
        snapshot_id = self._write(document, reading)
        joined = join_new(self.session, document, reading.drafts, snapshot_id)
        return document, Outcome(
            new=1, signals=self._renewed(document, changes.NOTHING, set(), joined, new=True)
        )

    def confirm(self, document: Document) -> None:
        """The document still says what it said, or does again."""
        returns = document.gone_at is not None
        extend(self.session, [document.id], self.now)
        document.last_seen, document.gone_at = self.now, None
        if returns:
            self._shown_anew(document)

    def gone(self, document: Document) -> Outcome:
        """The document is there no more: what it said is shown no longer."""
        document.gone_at = self.now
        self._shown_anew(document)
        if self.run.baseline:
            return Outcome()
        refused = self.visit.status >= HTTPStatus.BAD_REQUEST
        said = f"HTTP {self.visit.status}" if refused else self.visit.note
        change = Change("SIG_SITE_GONE", None, document.url, said)
        return Outcome(signals=tell(self.session, self.run, document, [change], self.now))

    def _write(self, document: Document, reading: Reading) -> int:
        """Let the document say what was read, and keep which bytes say it; gives their number."""
        before: frozenset[str] = frozenset()
        if document.id is not None:
            before = beginnings.beginnings(document)
            end_of_state(self.session, document)
        describe(document, reading, self.run.source)
        document.last_seen = document.changed_at = self.now
        document.gone_at = None
        self.session.flush()
        snapshot = {
            "document_id": document.id,
            "raw_sha": self.visit.raw_sha,
            "text_sha": reading.text_sha,
            "content_type": self.visit.content_type,
            "size": self.visit.size,
            "fetched_at": self.visit.fetched_at,
            "url": reading.origin.url,
            "listed": reading.origin.listed,
            "first_seen": self.now,
        }
        number = inserted(self.session, Snapshot, snapshot)
        beginnings.keep(self.session, document, before)
        return number

    def _shown_anew(self, document: Document) -> None:
        """Project the tools of a document that went or came back."""
        document.stale = True
        self.session.flush()
        for tool_id in sorted(self._tools_of(document)):
            project(self.session, self.session.get_one(Tool, tool_id))

    def _tools_of(self, document: Document) -> set[int]:
        """The tools of which a document says, or said, anything."""
        stated = select(Statement.subject_id).where(
            Statement.document_id == document.id, Statement.subject_type == "tool"
        )
        told = (
            select(model.tool_id).where(
                model.document_id == document.id, model.tool_id.is_not(None)
            )
            for model in (Claim, Evidence, Deployment)
        )
        return {one for one in self.session.scalars(stated.union(*told)) if one is not None}

    def _renewed(
        self,
        document: Document,
        before: changes.Said,
        touched: set[int],
        joined: Joined,
        *,
        new: bool = False,
    ) -> int:
        """Renew what else the joining touched, and tell what changed by it."""
        touched = set(all_shown_as(self.session, touched | joined.tools).values())
        late = rejoin(self.session, document, joined)
        found = self._between_shown(touched, joined.new_tools)
        stories.settle(self.session, document, new=new)
        signals = 0 if self.silent else self._tell(document, before, touched, joined, found)
        for tool_id in sorted(late - touched):
            project(self.session, self.session.get_one(Tool, tool_id))
        return signals

    def _between_shown(self, touched: set[int], new_tools: set[int]) -> list[Change]:
        """Project what was touched; what of it is shown differently now."""
        found: list[Change] = []
        for tool_id in sorted(touched):
            tool = self.session.get_one(Tool, tool_id)
            if tool_id in new_tools:
                project(self.session, tool)
                found.append(Change("SIG_NEW_PRODUCT", tool_id, "", tool.name))
                continue
            old = changes.shown(self.session, tool_id)
            was = None if self.silent else gains.borne(self.session, tool_id)
            project(self.session, tool)
            new = changes.shown(self.session, tool_id)
            found += changes.between_shown(tool_id, old, new)
            if was is not None:
                found += gains.gained(tool_id, was, gains.borne(self.session, tool_id))
            if old != new:
                tool.changed_at = self.now
        return found

    def _tell(
        self,
        document: Document,
        before: changes.Said,
        touched: set[int],
        joined: Joined,
        found: list[Change],
    ) -> int:
        """Write what is shown and said differently now; a baseline has no news."""
        elsewhere = changes.claims_elsewhere(self.session, touched, document)
        after = changes.said(self.session, document)
        known = before.deployments | places.elsewhere(self.session, touched, document)
        said = (
            *changes.between_said(before, after, elsewhere),
            *places.between_places(known, after),
        )
        found += [change for change in said if change.tool_id not in joined.new_tools]
        if document.first_seen == self.now:
            found += records.published(self.session, document)
        notice = self.session.scalar(select(Notice).where(Notice.document_id == document.id))
        if notice is not None:
            found += notices.news(notice, new=document.first_seen == self.now)
        news = stories.retold(self.session, document, found)
        return tell(self.session, self.run, document, news, self.now)


def rejoin(session: Session, document: Document, joined: Joined) -> set[int]:
    """Join other documents again that name what has become known by joining one; returns the
    tools that were touched by it.
    """
    touched: set[int] = set()
    for other in beginnings.naming(session, joined.new_names, joined.short_names):
        if other != document.id:
            touched |= join(session, session.get_one(Document, other)).tools
    return touched


def end_of_state(session: Session, document: Document) -> None:
    """The document is about to say something else: remember until when it said this."""
    session.execute(
        update(Snapshot)
        .where(Snapshot.document_id == document.id, Snapshot.last_seen.is_(None))
        .values(last_seen=document.last_seen)
        .execution_options(synchronize_session=False)
    )


def describe(document: Document, reading: Reading, source: Source) -> None:
    """Let a document be what one reading makes of it."""
    document.title = one_line(reading.title) or document.url
    document.kind = reading.kind
    document.language = reading.language
    document.voice = source.voice
    document.published_on = reading.published_on
    document.licence = reading.licence
    document.text = reading.text
    document.text_sha = reading.text_sha
    document.drafts = DRAFTS.dump_json(reading.drafts).decode()
    document.reader = reading.origin.reader
    document.stale = True
