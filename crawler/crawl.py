"""One crawl under way: what it works with, and how far each of its sources has come."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, Protocol, Self, TypeVar

from catalogue.clock import Clock
from catalogue.drafts import Reading
from catalogue.frontier import Found, Run, SourceRecord, Task
from catalogue.ingest import Conclusion, Outcome, PageVisit, VisitState
from catalogue.settings import Settings
from crawler.address import is_pdf
from crawler.confirmations import Confirmations
from crawler.page import Page, ReadRequest
from crawler.progress import CrawlProgress, SourceTally, TallyState
from crawler.reader import ReadFault
from crawler.snapshots import Snapshots
from crawler.source import Source

MAX_FAULTS_IN_ROW = 6
"""After so many visits in a row that the site did not answer, the run of a source is given up."""

MAX_LEASES = 64
"""Most leases that one walk takes at once."""

QUICK = 5.0
"""Seconds within which leases must have been used up for more to be taken at once."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class FrontierDoor(Protocol):
    """What a crawl asks of `catalogue.frontier.Frontier`."""

    def register(self, sources: Sequence[SourceRecord]) -> None:
        """Make the sources known."""

    def reached(self, source: str) -> datetime | None:
        """When the last run began."""

    def identifiers(self, scheme: str) -> list[str]:
        """The identifiers of a scheme that suppliers have."""

    def start(self, source: str, seeds: Sequence[Found], page_budget: int) -> Run:
        """Open a run, or go on with one."""

    def lease(self, run: Run, limit: int) -> list[Task]:
        """Take due addresses."""

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Return leases unused."""

    def postpone(self, run: Run, until: datetime) -> None:
        """Let the source not be due before a time."""

    def pending(self, run: Run) -> int:
        """How many addresses are still to be visited."""


class IngestorDoor(Protocol):
    """What a crawl asks of `catalogue.ingest.Ingestor`."""

    def ingest(self, visit: PageVisit) -> Outcome:
        """Store one visit."""

    def confirm(self, visits: Sequence[PageVisit]) -> Sequence[Outcome]:
        """Store visits that found nothing new, all at once."""

    def conclude(self, run: Run, gave_up: str = "") -> Conclusion:
        """Judge a run that has nothing left to visit, and end it."""


class PageReader(Protocol):
    """What a crawl asks of `crawler.reader.Reader`."""

    async def read(self, page: Page, request: ReadRequest) -> Reading | ReadFault:
        """Read one page."""


@dataclass(eq=False)
class Walk:
    """One source's run under way."""

    source: Source
    run: Run
    held: dict[int, Task] = field(default_factory=dict)
    """The leases held now, by task id."""
    ready: deque[Task] = field(default_factory=deque)
    """Those of them that are yet to be requested."""
    confirming: int = 0
    """How many of them found nothing new, and wait to be stored with others."""
    share: int = 0
    """How many leases were had at once the last time."""
    leased_at: float = 0.0
    dry: bool = False
    """Whether nothing was left to lease; what is found since then is another matter."""
    counts: Counter[VisitState] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    state: TallyState = "running"
    note: str = ""
    last_fault: str = ""
    """What the last visit that gave nothing said."""
    faults_in_row: int = 0
    pdfs: set[str] = field(default_factory=set)
    """Addresses of the PDF documents that are to be visited."""
    pending: int = 0
    rest: float = 0.0
    """For how many seconds the site is to be left alone, once the walk is postponed."""
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def gave_up(self) -> str:
        """Why the site is given up before everything was visited; empty when it is not."""
        if self.faults_in_row < MAX_FAULTS_IN_ROW:
            return ""
        return f"Given up after {self.faults_in_row} faults in a row. {self.last_fault}"

    @property
    def under_way(self) -> int:
        """How many addresses are being fetched, read or stored one by one."""
        return len(self.held) - len(self.ready) - self.confirming

    @property
    def idle(self) -> bool:
        """Whether all that it holds waits to be confirmed."""
        return 0 < len(self.held) == self.confirming

    def wanted(self, room: int) -> int:
        """How many leases to take where there is room for some requests: twice as many as the
        last time, if those were used up within `QUICK`. So none waits long to be used.
        """
        quick = time.monotonic() - self.leased_at < QUICK
        return max(room, min(2 * self.share, MAX_LEASES) if quick else 0)

    def hold(self, tasks: Sequence[Task]) -> None:
        """Take leases; those that were held already are not requested again: a lease that ran
        out while we still hold it is ours again and longer.
        """
        fresh = [task for task in tasks if task.id not in self.held]
        self.held.update((task.id, task) for task in fresh)
        self.ready.extend(fresh)
        self.share, self.leased_at = len(fresh), time.monotonic()

    def next_tasks(self, room: int) -> list[Task]:
        """Up to so many addresses that are to be requested now."""
        return [self.ready.popleft() for _ in range(min(room, len(self.ready)))]

    def drop_ready(self) -> list[Task]:
        """The leases that will not be used, held no more."""
        unused = self.next_tasks(len(self.ready))
        for task in unused:
            del self.held[task.id]
        return unused

    def few_pdfs(self, found: Sequence[Found]) -> tuple[Found, ...]:
        """What was found without the PDF documents beyond those that one run visits."""
        for item in found:
            if is_pdf(item.url) and len(self.pdfs) < self.source.walk.pdf_budget:
                self.pdfs.add(item.url)
        return tuple(item for item in found if item.url in self.pdfs or not is_pdf(item.url))

    def release(self, visit: PageVisit) -> None:
        """Hold a lease no more: its visit was stored, and with that it was given back."""
        self.held.pop(visit.task.id, None)

    def settle(self, visit: PageVisit, outcome: Outcome) -> None:
        """Count a visit that was stored and released."""
        self.dry = self.dry and not (visit.found or visit.retry)
        self.counts[visit.state] += 1
        read = outcome.new + outcome.changed
        if visit.documents:
            self.counts.update(read=read, unchanged=len(visit.documents) - read)
        self.counts["fault"] += len(visit.faults)
        self.outcomes.update(new=outcome.new, changed=outcome.changed, signals=outcome.signals)
        if visit.state in {"fault", "refused"}:
            self.last_fault = visit.note
        silent = visit.state == "fault" and visit.status == 0
        self.faults_in_row = self.faults_in_row + 1 if silent else 0

    def postpone(self, note: str, seconds: float = 0.0) -> None:
        """Lease no more: the run goes on when the source is crawled again, which is not before
        so many seconds from now.
        """
        self.rest = max(self.rest, seconds)
        if self.state == "running":
            self.end("postponed", note)

    def end(self, state: TallyState, note: str) -> None:
        """Remember how the walk ended."""
        self.state, self.note, self.ended = state, note, time.monotonic()

    def concluded(self, conclusion: Conclusion) -> None:
        """Remember how the run was judged; what it held may have become signals."""
        self.outcomes["signals"] = conclusion.signals
        self.end("failed" if conclusion.state == "failed" else "finished", conclusion.note)

    def tally(self) -> SourceTally:
        """The walk as the progress shows it."""
        return SourceTally(
            source=self.source.name,
            state=self.state,
            visited=self.counts.total(),
            read=self.counts["read"],
            unchanged=self.counts["unchanged"] + self.counts["not_modified"],
            listed=self.counts["listed"],
            gone=self.counts["gone"],
            faults=self.counts["fault"],
            refused=self.counts["refused"],
            new=self.outcomes["new"],
            changed=self.outcomes["changed"],
            signals=self.outcomes["signals"],
            pending=self.pending,
            seconds=round((self.ended or time.monotonic()) - self.began, 1),
            note=self.note,
        )


@dataclass(eq=False)
class Crawl:
    """Everything that one crawl works with."""

    sources: Sequence[Source]
    settings: Settings
    frontier: FrontierDoor
    ingestor: IngestorDoor
    reader: PageReader
    clock: Clock
    progress: Callable[[CrawlProgress], None]
    walks: list[Walk] = field(default_factory=list)
    failure: BaseException | None = None
    """What ended the crawl: a defect, or a catalogue that cannot be written."""
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a visit was stored, so that the next address can be leased."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when no more requests are to be made."""
    confirmations: Confirmations = field(init=False)
    """Visits that found nothing new, and wait to be stored together."""
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="catalogue")
    )

    def __post_init__(self) -> None:
        self.confirmations = Confirmations(lambda visits: self.aside(self.ingestor.confirm, visits))

    @property
    def snapshots(self) -> Snapshots:
        """The store of page bodies."""
        return Snapshots(self.settings.snapshots)

    async def aside(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Do a short piece of blocking work (database, disk) on the crawl's one thread for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))

    def fail(self, error: BaseException) -> None:
        """Remember the first thing that makes it senseless to go on, and stop."""
        self.failure = self.failure or error
        self.stopping.set()
        self.moved.set()

    def report(self, *, ended: bool = False) -> None:
        """Tell how far the crawl has come."""
        self.progress(CrawlProgress(tuple(walk.tally() for walk in self.walks), ended))

    @classmethod
    def of(cls, spider: object) -> Self:
        """The crawl that a spider works on.

        Raises:
            TypeError: it is not the spider of a crawl.
        """
        crawl = getattr(spider, "crawl", None)
        if not isinstance(crawl, cls):
            raise TypeError(f"{spider!r} is not a crawler.spider.HorizonSpider.")
        return crawl

    def close(self) -> None:
        """Give back all leases; what was not finished goes on another time. Call it when the
        event loop has ended.
        """
        self._threads.shutdown()
        for walk in self.walks:
            self.frontier.give_back(list(walk.held.values()))
            walk.held.clear()
            walk.postpone("Stopped before its end.")
            walk.pending = self.frontier.pending(walk.run)
