"""A frontier and an ingestor that live in memory, and a reader that reads titles and links."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from catalogue.drafts import Reading
from catalogue.expectation import Expectation, Harvest, judge
from catalogue.frontier import Found, Run, RunState, SourceRecord, Task
from catalogue.ingest import Conclusion, Outcome, PageVisit
from crawler.address import clean
from crawler.page import Page, ReadRequest
from crawler.reader import ReadFault


@dataclass
class MemoryFrontier:
    """Does in memory what `catalogue.frontier.Frontier` promises, for one run of each source."""

    records: dict[str, SourceRecord] = field(default_factory=dict)
    tasks: dict[str, dict[str, Task]] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)
    budgets: dict[int, int] = field(default_factory=dict)
    ended: dict[str, tuple[str, str]] = field(default_factory=dict)
    given_back: list[Task] = field(default_factory=list)
    postponed: dict[str, datetime] = field(default_factory=dict)
    most_pages: int | None = None
    """In place of the page budgets of the sources, where it is given."""
    leased: int = 0
    most_leased: int = 0
    known: list[tuple[str, str]] = field(default_factory=list)
    """Schemes and values of the identifiers that suppliers have."""

    def register(self, sources: Sequence[SourceRecord]) -> None:
        self.records.update((source.name, source) for source in sources)

    def reached(self, source: str) -> datetime | None:
        assert source in self.records, "a source is registered before it is crawled"
        return None

    def identifiers(self, scheme: str) -> list[str]:
        return [value for known, value in self.known if known == scheme]

    def start(self, source: str, seeds: Iterable[Found], page_budget: int) -> Run:
        assert source in self.records, "a source is registered before it is crawled"
        run = Run(len(self.budgets) + 1, len(self.budgets) + 1, source, resumed=False)
        self.budgets[run.id] = page_budget if self.most_pages is None else self.most_pages
        self.states.update((task.id, "due") for task in self.tasks.get(source, {}).values())
        self.add(source, seeds)
        return run

    def add(self, source: str, found: Iterable[Found]) -> None:
        known = self.tasks.setdefault(source, {})
        for item in found:
            if item.url not in known:
                task = Task(len(self.states) + 1, item.url, item.depth, item.kind)
                known[item.url] = task
                self.states[task.id] = "due"

    def lease(self, run: Run, limit: int) -> list[Task]:
        tasks = self.tasks[run.source].values()
        used = sum(task.kind == "page" and self.states[task.id] != "due" for task in tasks)
        left = self.budgets[run.id] - used
        taken: list[Task] = []
        for task in sorted(tasks, key=lambda task: (task.depth, task.attempts, task.id)):
            if len(taken) == limit:
                break
            if self.states[task.id] != "due" or (task.kind == "page" and left <= 0):
                continue
            left -= task.kind == "page"
            self.states[task.id] = "leased"
            taken.append(task)
        self.leased += len(taken)
        self.most_leased = max(self.most_leased, list(self.states.values()).count("leased"))
        return taken

    def give_back(self, tasks: Sequence[Task]) -> None:
        self.given_back.extend(tasks)
        self.states.update((task.id, "due") for task in tasks)

    def postpone(self, run: Run, until: datetime) -> None:
        self.postponed[run.source] = until

    def pending(self, run: Run) -> int:
        tasks = self.tasks[run.source].values()
        used = sum(task.kind == "page" and self.states[task.id] != "due" for task in tasks)
        due = sum(task.kind == "page" and self.states[task.id] == "due" for task in tasks)
        others = sum(
            self.states[task.id] == "leased"
            or (task.kind == "list" and self.states[task.id] == "due")
            for task in tasks
        )
        return min(due, max(0, self.budgets[run.id] - used)) + others

    def settle(self, visit: PageVisit) -> None:
        """What ingesting does to the frontier."""
        assert self.states[visit.task.id] == "leased", "only a leased address is stored"
        self.states[visit.task.id] = "due" if visit.retry else "done"
        known = self.tasks[visit.run.source]
        changed = replace(visit.task, attempts=visit.task.attempts + 1)
        if visit.state in {"read", "unchanged", "listed"}:
            changed = replace(changed, etag=visit.etag, last_modified=visit.last_modified)
        if visit.reading is not None:
            changed = replace(changed, text_sha=visit.reading.text_sha)
        known[visit.task.url] = changed
        self.add(visit.run.source, visit.found)


@dataclass
class MemoryIngestor:
    """Remembers the visits it was given."""

    frontier: MemoryFrontier
    visits: list[PageVisit] = field(default_factory=list)
    fails_at: str = ""
    """Address whose visit cannot be stored, as on a full disk."""

    def ingest(self, visit: PageVisit) -> Outcome:
        if visit.task.url == self.fails_at:
            raise OSError("no space left on device")
        assert (visit.reading is not None) == (visit.state == "read")
        self.visits.append(visit)
        self.frontier.settle(visit)
        return Outcome(new=visit.state == "read")

    def confirm(self, visits: Sequence[PageVisit]) -> list[Outcome]:
        return [self.ingest(visit) for visit in visits]

    def conclude(self, run: Run, gave_up: str = "") -> Conclusion:
        """Judge the run by what its source expects, and remember how it ended."""
        ended = self.frontier.ended
        assert run.source not in ended, "a run is concluded once"
        visits = [visit for visit in self.visits if visit.run.id == run.id]
        there = [visit for visit in visits if visit.state in {"read", "unchanged", "not_modified"}]
        definition = json.loads(self.frontier.records[run.source].definition)
        expected = Expectation.model_validate(definition["expect"])
        verdict = judge(expected, Harvest(documents=len(there), visited=len(visits)))
        said = [visit.note for visit in visits if visit.state in {"fault", "refused"}][-1:]
        note = gave_up or " ".join([*verdict.reasons, *([] if verdict.sound else said)])
        state: RunState = "finished" if verdict.sound and not gave_up else "failed"
        ended[run.source] = (state, note)
        return Conclusion(state, note)


class TitleReader:
    """Reads title, words and links of a page, in this process."""

    async def read(self, page: Page, request: ReadRequest) -> Reading | ReadFault:
        text = re.sub(r"<[^>]+>", " ", page.html)[:2000]
        title = re.search(r"<title>(.*?)</title>", page.html)
        links = (clean(link, page.url) for link in re.findall(r'href="([^"]+)"', page.html))
        return Reading(
            title=title[1] if title else "",
            text=text,
            text_sha=hashlib.sha256(text.encode()).hexdigest(),
            links=tuple(link for link in links if link),
            notes=(request.publisher,),
        )
