"""A short crawl that is kept in memory and in one folder: no catalogue is asked or changed."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from catalogue.drafts import Reading
from catalogue.frontier import Found, Run, SourceRecord, Task
from catalogue.ingest import Conclusion, Outcome, PageVisit
from crawler.snapshots import Snapshots

SEEN: Final = "seen.jsonl"
"""Name of the file that says what was seen, one address a line."""

SNAPSHOTS: Final = "snapshots"
"""Name of the folder of the bodies."""

MAX_LISTS: Final = 30
"""Most listings (sitemaps, feeds, API pages) that one look asks for."""

_THERE: Final = frozenset({"read", "listed", "unchanged"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One address that was asked for, and what came of it."""

    url: str
    kind: Literal["list", "page"]
    state: str
    """The state of the visit: `read`, `listed`, `gone`, `refused` or `fault`."""
    status: int
    """HTTP status; 0 when there was no answer."""
    final_url: str
    """Address after redirects."""
    content_type: str
    note: str
    fetched_at: str
    body: bytes = field(default=b"", repr=False)
    reading: Reading | None = field(default=None, repr=False)
    found: tuple[str, ...] = field(default=(), repr=False)
    """The addresses that it led to."""

    @property
    def there(self) -> bool:
        """Whether something was there that could be understood."""
        return self.state in _THERE and bool(self.body)


class Look:
    """Stands in for frontier and ingestor: it hands out addresses spread over the parts of a
    site, a few pages in all, and writes down what came of each.
    """

    def __init__(self, folder: Path, preferred: Sequence[str] = (), pages: int = 20) -> None:
        self._file = folder / SEEN
        self._preferred = {url: place for place, url in enumerate(preferred)}
        self._pages = pages
        self._lock = threading.Lock()
        self._tasks: dict[tuple[str, str], Task] = {}
        self._due: dict[tuple[str, str], None] = {}
        self._leased: set[int] = set()
        self._parts = Counter[str]()
        self._left = {"page": pages, "list": MAX_LISTS}

    def register(self, sources: Sequence[SourceRecord]) -> None:
        """Nothing: a look has one source."""

    def reached(self, source: str) -> datetime | None:
        """Never before: a look is the first."""
        del source
        return None

    def identifiers(self, scheme: str) -> list[str]:
        """None: a look knows no catalogue."""
        del scheme
        return []

    def start(self, source: str, seeds: Sequence[Found], page_budget: int) -> Run:
        """Begin with the seeds."""
        del page_budget
        with self._lock:
            self._add(seeds)
        return Run(1, 1, source, resumed=False)

    def lease(self, run: Run, limit: int) -> list[Task]:
        """Listings first; pages only when none is left, so that all parts are known by then."""
        del run
        with self._lock:
            lists = [key for key in self._due if key[1] == "list"][: self._left["list"]]
            waiting = any(task.kind == "list" for task in self._under_way())
            chosen = lists[:limit] if lists else [] if waiting else list(self._choose(limit))
            for key in chosen:
                self._due.pop(key)
                self._left[key[1]] -= 1
                self._leased.add(self._tasks[key].id)
            return [self._tasks[key] for key in chosen]

    def postpone(self, run: Run, until: datetime) -> None:
        """Do nothing: a look is taken once."""

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Take leases back unused."""
        with self._lock:
            for task in tasks:
                self._leased.discard(task.id)
                self._due[task.url, task.kind] = None
                self._left[task.kind] += 1

    def pending(self, run: Run) -> int:
        """How many addresses will still be handed out, or are."""
        del run
        with self._lock:
            due = Counter(kind for _, kind in self._due)
            return len(self._leased) + sum(min(due[kind], self._left[kind]) for kind in due)

    def confirm(self, visits: Sequence[PageVisit]) -> list[Outcome]:
        """Write down visits that found nothing new."""
        return [self.ingest(visit) for visit in visits]

    def ingest(self, visit: PageVisit) -> Outcome:
        """Write down one visit, and take up what it found."""
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            self._leased.discard(visit.task.id)
            if visit.retry:
                key = (visit.task.url, visit.task.kind)
                self._tasks[key] = replace(visit.task, attempts=visit.task.attempts + 1)
                self._due[key] = None
                self._left[visit.task.kind] += 1
                return Outcome()
            self._add(visit.found)
            file.write(json.dumps(_line(visit)) + "\n")
        return Outcome(new=visit.state == "read")

    def conclude(self, run: Run, gave_up: str = "") -> Conclusion:
        """End the look; it is never judged."""
        del run
        return Conclusion("failed" if gave_up else "finished", gave_up)

    def _add(self, found: Collection[Found]) -> None:
        for one in found:
            key = (one.url, one.kind)
            if key not in self._tasks:
                self._tasks[key] = Task(len(self._tasks) + 1, one.url, one.depth, one.kind)
                self._due[key] = None

    def _under_way(self) -> Iterator[Task]:
        return (task for task in self._tasks.values() if task.id in self._leased)

    def _choose(self, limit: int) -> Iterator[tuple[str, str]]:
        """Pages that are due: the preferred, then one of each part of the site in turn."""
        pages = [key for key in self._due if key[1] == "page"]
        for _ in range(min(limit, self._left["page"], len(pages))):
            best = min(
                pages,
                key=lambda key: (
                    self._preferred.get(key[0], len(self._preferred)),
                    self._parts[part_of(key[0])],
                    self._tasks[key].depth,
                    self._tasks[key].id,
                ),
            )
            pages.remove(best)
            self._parts[part_of(best[0])] += 1
            yield best


def part_of(url: str) -> str:
    """The part of a site that an address belongs to: its folders, the last one left out."""
    folders = [folder for folder in urlsplit(url).path.split("/") if folder]
    return "/".join(folders[:-1][:2])


def read_seen(folder: Path) -> list[Seen]:
    """What a look has written down, in the order in which it came."""
    snapshots = Snapshots(folder / SNAPSHOTS)
    path = folder / SEEN
    if not path.exists():
        return []
    return [
        _seen(json.loads(line), snapshots) for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _line(visit: PageVisit) -> dict[str, Any]:
    reading = visit.reading.model_dump(mode="json") if visit.reading else None
    return {
        "url": visit.task.url,
        "kind": visit.task.kind,
        "state": visit.state,
        "status": visit.status,
        "final_url": visit.final_url or visit.task.url,
        "content_type": visit.content_type,
        "note": visit.note,
        "fetched_at": visit.fetched_at.isoformat(),
        "raw_sha": visit.raw_sha,
        "reading": reading,
        "found": [asdict(one)["url"] for one in visit.found],
    }


def _seen(line: dict[str, Any], snapshots: Snapshots) -> Seen:
    sha = line.pop("raw_sha")
    reading = line.pop("reading")
    return Seen(
        **{**line, "found": tuple(line["found"])},
        body=snapshots.get(sha) if sha else b"",
        reading=Reading.model_validate(reading) if reading else None,
    )
