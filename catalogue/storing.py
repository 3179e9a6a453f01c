"""Storing: what one visit changes in the catalogue, in the transaction of its session."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from catalogue import changes, frontier, issues, notices
from catalogue.changes import Change
from catalogue.drafts import Reading
from catalogue.errors import CatalogueError
from catalogue.join import DRAFTS, Joined, join
from catalogue.listed_document import ListedDocument, ListedFault
from catalogue.models import (
    Claim,
    CrawlRun,
    CrawlTask,
    Deployment,
    Document,
    Evidence,
    HeldVisit,
    Listing,
    Notice,
    Signal,
    Snapshot,
    Source,
    Statement,
    Tool,
    Visit,
)
from catalogue.page_visit import Outcome, PageVisit
from catalogue.projection import project
from catalogue.text import clean, name_key, one_line

GONE_AFTER = 3
"""Sound runs in a row that do not find a page (404) before it counts as gone."""


class Storing:
    """One visit to one address, stored in the session's transaction."""

    def __init__(self, session: Session, task: CrawlTask, visit: PageVisit, now: datetime) -> None:
        self.session = session
        self.task = task
        self.visit = visit
        self.now = now
        self.run_row = session.get_one(CrawlRun, visit.run.id)
        self.source = self.run_row.source
        self.url = visit.final_url or task.url

    def run(self) -> Outcome:
        """Store the visit, or hold what it found until its run is judged."""
        document, outcome, held = self.stored_or_held()
        self._settle()
        if not held:
            self._remember(document)
        for listed in self.visit.documents:
            if not self._overtaken(listed):
                outcome += self._of(listed).stored_or_held()[1]
        for fault in self.visit.faults:
            self._note(fault)
        frontier.enqueue(self.session, self.run_row.id, self.source.id, self.visit.found)
        return outcome

    def _of(self, listed: ListedDocument) -> Storing:
        """The visit to a listing, as if it had been one to a document that stands in it."""
        known = self.session.scalar(select(Document).where(Document.url == listed.url))
        same = known is not None and _says_the_same(known, listed.reading)
        return Storing(self.session, self.task, self.visit.to_listed(listed, same=same), self.now)

    def _overtaken(self, listed: ListedDocument) -> bool:
        """Whether a later state of an archived document is known already."""
        latest = select(func.max(Snapshot.fetched_at)).join(Document)
        known = self.session.scalar(latest.where(Document.url == listed.url))
        return known is not None and listed.fetched_at is not None and known > listed.fetched_at

    def _note(self, fault: ListedFault) -> None:
        """Record what stands in a listing and could not be read."""
        Storing(self.session, self.task, self.visit.to_fault(fault), self.now)._record(None)  # noqa: SLF001 (our own)
        issues.meet(self.session, self.source.id, fault.kind, fault.url, fault.note, self.now)

    def stored_or_held(self) -> tuple[Document | None, Outcome, bool]:
        """Record the visit, and store what it found or hold it; says which."""
        document = self._known()
        if self._waits(document):
            self._record(None, hold=True)
            found = self.visit.state == "read"
            new = found and document is None
            return None, Outcome(new=new, changed=found and not new), True
        document, outcome = self._store(document)
        self._record(document)
        return document, outcome, False

    def take_up(self, held: HeldVisit) -> None:
        """Store what was held, now that its run is sound."""
        document, _ = self._store(self._known())
        if document is not None:
            held.visit.document_id = document.id
        self._remember(document)
        self.session.delete(held)

    def _waits(self, document: Document | None) -> bool:
        """Whether what the visit gave is held until its run is judged."""
        reading = self.visit.reading
        if self.run_row.baseline or self.visit.state not in ("read", "gone"):
            return False
        if self.visit.state == "gone":
            return document is not None
        return reading is None or document is None or not _says_the_same(document, reading)

    def _store(self, document: Document | None) -> tuple[Document | None, Outcome]:
        """Bring what is known in step with what the visit gave."""
        outcome = Outcome()
        reading = self.visit.reading
        if reading is not None and document is not None and _says_the_same(document, reading):
            self._confirm(document)  # another address has led to it already
        elif self.visit.state == "read":
            document, outcome = self._read(document)
        elif document is not None and self.visit.state in ("unchanged", "not_modified"):
            self._confirm(document)
        elif (
            self.visit.state == "gone"
            and self._for_good()
            and document is not None
            and document.gone_at is None
        ):
            outcome = self._gone(document)
        return document, outcome

    def _for_good(self) -> bool:
        """Whether the page is gone: at once when the site says so (410), else when it was not
        found in `GONE_AFTER` sound runs in a row.
        """
        self.task.missing += 1
        return self.visit.status == HTTPStatus.GONE or self.task.missing >= GONE_AFTER

    def _known(self) -> Document | None:
        """The document this address gave, moved along where it now redirects elsewhere."""
        at_address = self.session.scalar(select(Document).where(Document.url == self.url))
        if self.task.document_id is None:
            return at_address
        before = self.session.get_one(Document, self.task.document_id)
        if before.url == self.url or self.visit.state != "read":
            return before
        if at_address is None:
            before.url = self.url
            return before
        return at_address

    def _read(self, document: Document | None) -> tuple[Document, Outcome]:
        reading = self.visit.reading
        if reading is None:
            raise CatalogueError("A visit in state 'read' must carry its reading.")
        new = document is None
        before = changes.NOTHING if document is None else changes.said(self.session, document)
        touched: set[int] = set() if document is None else self._tools_of(document)
        if document is None:
            document = Document(url=self.url, source_id=self.source.id, first_seen=self.now)
            self.session.add(document)
        _write(document, reading, self.source, self.now)
        self.session.flush()
        self.session.add(
            Snapshot(
                document_id=document.id,
                raw_sha=self.visit.raw_sha,
                text_sha=reading.text_sha,
                content_type=self.visit.content_type,
                size=self.visit.size,
                fetched_at=self.visit.fetched_at,
            )
        )
        self.session.flush()
        joined = join(self.session, document)
        touched |= joined.tools
        late = self._rejoin(document, joined)
        signals = self._signals(document, before, touched, joined)
        for tool_id in sorted(late - touched):
            project(self.session, self.session.get_one(Tool, tool_id))
        return document, Outcome(new=new, changed=not new, signals=signals)

    def _tools_of(self, document: Document) -> set[int]:
        return set(
            self.session.scalars(
                select(Statement.subject_id)
                .where(Statement.document_id == document.id, Statement.subject_type == "tool")
                .distinct()
            )
        )

    def _rejoin(self, document: Document, joined: Joined) -> set[int]:
        """Join older documents again that name what has only now become known."""
        others: set[int] = set()
        for name in sorted(joined.new_names):
            others.update(
                self.session.scalars(
                    select(Document.id).where(Document.id != document.id, _may_name(name))
                )
            )
        touched: set[int] = set()
        for other in sorted(others):
            touched |= join(self.session, self.session.get_one(Document, other)).tools
        return touched

    def _signals(
        self, document: Document, before: changes.Said, touched: set[int], joined: Joined
    ) -> int:
        """Project what was touched, and write what changed by it; a baseline has no news."""
        found: list[Change] = []
        for tool_id in sorted(touched):
            tool = self.session.get_one(Tool, tool_id)
            old = changes.shown(self.session, tool_id)
            project(self.session, tool)
            if tool_id in joined.new_tools:
                found.append(Change("SIG_NEW_PRODUCT", tool_id, "", tool.name))
            else:
                new = changes.shown(self.session, tool_id)
                found += changes.between_shown(tool_id, old, new)
                if old != new:
                    tool.changed_at = self.now
        elsewhere = changes.claims_elsewhere(self.session, touched, document)
        after = changes.said(self.session, document)
        found += [
            change
            for change in changes.between_said(before, after, elsewhere)
            if change.tool_id not in joined.new_tools
        ]
        if self.run_row.baseline:
            return 0
        notice = self.session.scalar(select(Notice).where(Notice.document_id == document.id))
        if notice is not None:
            found += notices.news(notice, new=document.first_seen == self.now)
        return sum(self._raise(change, document) for change in found)

    def _raise(self, change: Change, document: Document) -> bool:
        """Write a signal, unless another page of this run told the same."""
        tool = None if change.tool_id is None else self.session.get_one(Tool, change.tool_id)
        told = self.session.scalar(
            select(Signal.id).where(
                Signal.run_id == self.run_row.id,
                Signal.type == change.type,
                Signal.tool_id == change.tool_id,
                Signal.before == change.before,
                Signal.after == change.after,
            )
        )
        if told is not None:
            return False
        if tool is not None:
            tool.changed_at = self.now
        self.session.add(
            Signal(
                type=change.type,
                subject=document.title if tool is None else tool.name,
                tool_id=change.tool_id,
                document_id=document.id,
                run_id=self.run_row.id,
                before=change.before,
                after=change.after,
                detected_at=self.now,
            )
        )
        self.session.flush()
        return True

    def _confirm(self, document: Document) -> None:
        """The document still says what it said: extend everything that is current on it."""
        seen = document.last_seen
        for model in (Statement, Claim, Evidence, Deployment, Listing):
            self.session.execute(
                update(model)
                .where(model.document_id == document.id, model.last_seen == seen)
                .values(last_seen=self.now)
            )
        document.last_seen = self.now
        document.gone_at = None
        self.session.execute(
            update(Tool)
            .where(Tool.id.in_(self._tools_of(document)), Tool.last_seen < self.now)
            .values(last_seen=self.now)
        )

    def _gone(self, document: Document) -> Outcome:
        document.gone_at = self.now
        document.stale = True
        self.session.flush()
        for tool_id in sorted(self._tools_of(document)):
            project(self.session, self.session.get_one(Tool, tool_id))
        if self.run_row.baseline:
            return Outcome()
        refused = self.visit.status >= HTTPStatus.BAD_REQUEST
        said = f"HTTP {self.visit.status}" if refused else self.visit.note
        change = Change("SIG_SITE_GONE", None, document.url, said)
        return Outcome(signals=int(self._raise(change, document)))

    @property
    def _stands_in_listing(self) -> bool:
        """Whether the visit is to a document in a listing: the task is then the listing's."""
        inside = self.task.kind == "list" and self.visit.state in ("read", "unchanged")
        return inside or self.visit.in_listing

    def _record(self, document: Document | None, *, hold: bool = False) -> None:
        """Record the visit, and what a person should see of what it read."""
        visit, task = self.visit, self.task
        row = Visit(
            run_id=visit.run.id,
            task_id=task.id,
            document_id=None if document is None else document.id,
            url=self.url if self._stands_in_listing else task.url,
            final_url=self.url,
            state=visit.state,
            status=visit.status,
            fault=visit.fault,
            note=clean(visit.note),
            content_type=clean(visit.content_type),
            raw_sha=visit.raw_sha,
            size=visit.size,
            fetched_at=visit.fetched_at,
        )
        self.session.add(row)
        if hold:
            told = "" if visit.reading is None else visit.reading.model_dump_json()
            self.session.flush()
            self.session.add(
                HeldVisit(
                    visit_id=row.id,
                    etag=visit.etag,
                    last_modified=visit.last_modified,
                    reading=told,
                )
            )
        for note in () if visit.reading is None else visit.reading.notes:
            issues.meet(self.session, self.source.id, issues.READING, note, self.url, self.now)

    def _settle(self) -> None:
        """Give the lease back."""
        visit, task = self.visit, self.task
        self._tell()
        task.attempts += 1
        task.visited_at = visit.fetched_at
        task.state = "due" if visit.retry else "done"
        task.leased_by, task.leased_until = "", None
        task.final = visit.final and visit.state in ("listed", "not_modified")

    def _tell(self) -> None:
        """Open, or close, what a person should know of the address."""
        visit, source = self.visit, self.source.id
        if visit.state == "fault" and not visit.retry:
            issues.meet(self.session, source, visit.fault, visit.task.url, visit.note, self.now)
        elif visit.state not in ("fault", "refused"):
            issues.passed(self.session, source, visit.task.url)
        for note in visit.notes:
            issues.meet(self.session, source, issues.READING, note, self.url, self.now)

    def _remember(self, document: Document | None) -> None:
        """Let the address know what it gave, so that it is asked for no more than is new."""
        visit, task = self.visit, self.task
        if self._stands_in_listing:
            return
        if visit.state in ("read", "unchanged", "not_modified", "listed"):
            task.missing = 0
            task.etag = visit.etag or (task.etag if visit.state == "not_modified" else "")
            task.last_modified = visit.last_modified or (
                task.last_modified if visit.state == "not_modified" else ""
            )
        if document is not None:
            task.document_id = document.id


def _says_the_same(document: Document, reading: Reading) -> bool:
    return document.text_sha == reading.text_sha and document.gone_at is None


def _write(document: Document, reading: Reading, source: Source, now: datetime) -> None:
    document.title = one_line(reading.title) or document.url
    document.kind = reading.kind
    document.language = reading.language
    document.voice = source.voice
    document.published_on = reading.published_on
    document.licence = reading.licence
    document.text = reading.text
    document.text_sha = reading.text_sha
    document.drafts = DRAFTS.dump_json(reading.drafts).decode()
    document.last_seen = document.changed_at = now
    document.gone_at = None
    document.stale = True


def _may_name(name: str) -> ColumnElement[bool]:
    """Whether a document may hold this name: as it is written, or with other capitals, spaces
    and hyphens. Whether it does is for `catalogue.mentions` to say.
    """
    words = Document.title + "\n" + Document.text
    squeezed = func.replace(func.replace(func.lower(words), " ", ""), "-", "")
    return or_(
        words.icontains(name, autoescape=True),
        squeezed.contains(name_key(name), autoescape=True),
    )
