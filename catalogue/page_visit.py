"""What one visit to one address gave, and what storing it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from catalogue.drafts import Reading
from catalogue.frontier import Found, Run, Task
from catalogue.listed_document import ListedDocument, ListedFault

VisitState = Literal["read", "unchanged", "not_modified", "listed", "gone", "fault", "refused"]
"""read: fetched, and its chosen text is new or changed; unchanged: fetched, nothing changed;
not_modified: 304; listed: a sitemap, feed or API page that only leads to others; gone: 404 or
410; fault: error, empty page, too large, unreadable ...; refused: robots.txt or our own guard."""


@dataclass(frozen=True, slots=True)
class PageVisit:
    """What one visit to one address gave."""

    run: Run
    task: Task
    state: VisitState
    fetched_at: datetime
    status: int = 0
    """HTTP status; 0 when there was no answer."""
    final_url: str = ""
    """Address after redirects; empty means the task's own."""
    fault: str = ""
    """Kind of fault, one word: `timeout`, `connection`, `http_500`, `too_large` ..."""
    note: str = ""
    """One line for a person."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    raw_sha: str = ""
    """SHA-256 of the body: its name in the snapshot store."""
    size: int = 0
    reading: Reading | None = None
    """Present exactly when `state` is `read`."""
    documents: tuple[ListedDocument, ...] = ()
    """The documents that stand whole in a listing."""
    notes: tuple[str, ...] = ()
    """Surprises of a listing; those of a page are in its reading."""
    faults: tuple[ListedFault, ...] = ()
    """What stands in a listing and could not be read."""
    found: tuple[Found, ...] = ()
    retry: bool = False
    """Whether the address stays due in this run (a fault that may pass)."""
    final: bool = False
    """Whether what the address gave will not change any more: if the run is sound, it is not
    asked for again."""
    in_listing: bool = False
    """Whether it is of something that stands in the listing that the task is."""

    @property
    def quiet(self) -> bool:
        """Whether it found a page as it was, with nothing to tell of it."""
        told = self.documents or self.notes or self.faults or self.in_listing
        return self.state in ("unchanged", "not_modified") and not told

    def to_listed(self, listed: ListedDocument, *, same: bool) -> PageVisit:
        """The visit to this listing, as if it had been one to a document that stands in it;
        `same` where that says what is known.
        """
        return replace(
            self,
            state="unchanged" if same else "read",
            reading=None if same else listed.reading,
            final_url=listed.url,
            raw_sha=listed.raw_sha or self.raw_sha,
            content_type=listed.content_type or self.content_type,
            size=listed.size or self.size,
            fetched_at=listed.fetched_at or self.fetched_at,
            note="",
            documents=(),
            faults=(),
            notes=(),
            found=(),
            in_listing=True,
        )

    def to_fault(self, fault: ListedFault) -> PageVisit:
        """The visit to this listing, as if it had been one to what could not be read in it."""
        return replace(
            self,
            state="fault",
            fault=fault.kind,
            note=fault.note,
            final_url=fault.url,
            documents=(),
            faults=(),
            notes=(),
            found=(),
            in_listing=True,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ingesting one visit changed."""

    new: int = 0
    """Documents that were not known."""
    changed: int = 0
    """Documents that say something else than before."""
    signals: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        """What two visits changed together."""
        return Outcome(
            self.new + other.new, self.changed + other.changed, self.signals + other.signals
        )
