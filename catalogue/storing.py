"""Storing: what one visit changes in the catalogue, in the transaction of its session."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from catalogue import frontier, issues
from catalogue.database import inserted
from catalogue.drafts import Reading
from catalogue.listed_document import ListedDocument, ListedFault
from catalogue.models import CrawlRun, CrawlTask, Document, HeldVisit, Snapshot, Visit
from catalogue.page_visit import Outcome, PageVisit
from catalogue.text import clean

if TYPE_CHECKING:
    from catalogue.renewing import Renewing

GONE_AFTER = 3
"""Sound runs in a row that do not find a page (404) before it counts as gone."""


_AT_ADDRESS = select(Document).where(Document.url == bindparam("url"))


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

    @cached_property
    def renewing(self) -> Renewing:
        """Renews the documents that the visit is to."""
        from catalogue.renewing import Renewing  # noqa: PLC0415 (nothing new, nothing to load)

        return Renewing(self.session, self.run_row, self.visit, self.now)

    def run(self) -> Outcome:
        """Store the visit, or hold what it found until its run is judged."""
        self._tell()
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
        same = (
            known is not None
            and _says_the_same(known, listed.reading)
            and known.reader == listed.reading.origin.reader
        )
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
            self.renewing.confirm(document)  # another address has led to it already, or
            if document.reader != reading.origin.reader:  # something else has read it
                self._read_again(document, reading)
        elif self.visit.state == "read":
            document, outcome = self.renewing.read(document, self.url)
        elif document is not None and self.visit.state in ("unchanged", "not_modified"):
            self.renewing.confirm(document)
        elif (
            self.visit.state == "gone"
            and self._for_good()
            and document is not None
            and document.gone_at is None
        ):
            outcome = self.renewing.gone(document)
        return document, outcome

    def _read_again(self, document: Document, reading: Reading) -> None:
        """The document says what it said, and is read otherwise: nothing of it is told. The bytes
        that say it take the place of those that it was read from before.
        """
        from catalogue.rereading import reread  # noqa: PLC0415 (as above)

        states = self.session.scalars(
            select(Snapshot).where(Snapshot.document_id == document.id).order_by(Snapshot.id)
        ).all()
        visit, newest = self.visit, states[-1]
        newest.raw_sha, newest.size = visit.raw_sha, visit.size
        newest.content_type, newest.fetched_at = visit.content_type, visit.fetched_at
        newest.url, newest.listed = reading.origin.url, reading.origin.listed
        known = [(one, None) for one in states[:-1]]
        reread(self.session, document, [*known, (newest, reading)])
        document.reader = reading.origin.reader

    def _for_good(self) -> bool:
        """Whether the page is gone: at once when the site says so (410), else when it was not
        found in `GONE_AFTER` sound runs in a row.
        """
        self.task.missing += 1
        return self.visit.status == HTTPStatus.GONE or self.task.missing >= GONE_AFTER

    def _known(self) -> Document | None:
        """The document this address gave, moved along where it now redirects elsewhere."""
        before = None
        if self.task.document_id is not None:
            before = self.session.get_one(Document, self.task.document_id)
            if before.url == self.url or self.visit.state != "read":
                return before
        at_address = self.session.scalar(_AT_ADDRESS, {"url": self.url})
        if at_address is None and before is not None:
            before.url = self.url
            return before
        return at_address

    @property
    def _stands_in_listing(self) -> bool:
        """Whether the visit is to a document in a listing: the task is then the listing's."""
        inside = self.task.kind == "list" and self.visit.state in ("read", "unchanged")
        return inside or self.visit.in_listing

    def _record(self, document: Document | None, *, hold: bool = False) -> None:
        """Record the visit, and what a person should see of what it read."""
        visit, task = self.visit, self.task
        row = {
            "run_id": visit.run.id,
            "task_id": task.id,
            "document_id": None if document is None else document.id,
            "url": self.url if self._stands_in_listing else task.url,
            "final_url": self.url,
            "state": visit.state,
            "status": visit.status,
            "fault": visit.fault,
            "note": clean(visit.note),
            "content_type": clean(visit.content_type),
            "raw_sha": visit.raw_sha,
            "size": visit.size,
            "fetched_at": visit.fetched_at,
        }
        number = inserted(self.session, Visit, row)
        if hold:
            told = "" if visit.reading is None else visit.reading.model_dump_json()
            self.session.add(
                HeldVisit(
                    visit_id=number,
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
        elif visit.state not in ("fault", "refused") and self.task.visited_at is not None:
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
