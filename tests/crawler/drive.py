"""Runs one crawl with the fakes, in a process of its own: a reactor starts once in its life.

Reads a JSON object from standard input and writes one to standard output; see `crawl` in
`conftest.py`.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from catalogue.clock import system_clock
from catalogue.errors import HorizonError
from catalogue.frontier import Found
from catalogue.ingest import PageVisit
from catalogue.settings import Settings
from crawler.progress import CrawlProgress
from crawler.runner import run
from crawler.source import Source
from tests.crawler.fakes import MemoryFrontier, MemoryIngestor, TitleReader


def main() -> None:
    order = json.load(sys.stdin)
    settings = Settings.model_validate(order["settings"])
    logging.basicConfig(filename=Path(order["settings"]["home"]) / "crawl.log", level=logging.INFO)
    frontier = MemoryFrontier(most_pages=order.get("most_pages"))
    ingestor = MemoryIngestor(frontier, fails_at=order.get("fails_at", ""))
    sources = [Source.model_validate(tree) for tree in order["sources"]]
    ticks: list[CrawlProgress] = []
    if remembered := order.get("remembered"):
        _remember(frontier, sources, remembered)
    began = time.monotonic()
    answer: dict[str, Any] = {"error": ""}
    try:
        run(
            sources,
            settings,
            ingestor=ingestor,
            frontier=frontier,
            clock=system_clock,
            progress=ticks.append,
            reader=None if order.get("reader") == "own" else TitleReader(),
        )
    except HorizonError as error:
        answer["error"] = str(error)
    answer |= {
        "visits": [_visit(visit) for visit in ingestor.visits],
        "ended": frontier.ended,
        "postponed": {name: at.isoformat() for name, at in frontier.postponed.items()},
        "given_back": [task.url for task in frontier.given_back],
        "most_leased": frontier.most_leased,
        "ticks": len(ticks),
        "last": asdict(ticks[-1]) if ticks else None,
        "seconds": time.monotonic() - began,
    }
    json.dump(answer, sys.stdout)


def _remember(
    frontier: MemoryFrontier, sources: list[Source], remembered: dict[str, dict[str, Any]]
) -> None:
    """Let the frontier know pages from an earlier run, with their validators."""
    name = sources[0].name
    frontier.add(name, [Found(url, 1) for url in remembered])
    for url, known in remembered.items():
        frontier.tasks[name][url] = replace(frontier.tasks[name][url], **known)


def _visit(visit: PageVisit) -> dict[str, Any]:
    return {
        "source": visit.run.source,
        "url": visit.task.url,
        "kind": visit.task.kind,
        "depth": visit.task.depth,
        "attempts": visit.task.attempts,
        "state": visit.state,
        "status": visit.status,
        "final_url": visit.final_url,
        "fault": visit.fault,
        "note": visit.note,
        "retry": visit.retry,
        "etag": visit.etag,
        "raw_sha": visit.raw_sha,
        "size": visit.size,
        "title": visit.reading.title if visit.reading else "",
        "found": [found.url for found in visit.found],
        "documents": [[document.url, document.reading.title] for document in visit.documents],
        "inner_faults": [[fault.url, fault.kind, fault.note] for fault in visit.faults],
    }


if __name__ == "__main__":
    main()
