"""Kill crawls of a site of 300 pages at random moments, finish them, and count what was stored.

    python -m benchmarks.crawl.kills_site --kills 200

The site answers some addresses with redirects, errors that pass, errors that stay, pages that
are gone, and slowly. Each round crawls it in an empty home, sends SIGKILL to the crawling process
after a random time, several times over where `--each` says so, and then lets a crawl come to its
end. It counts pages that are lost (no document, or a document without its snapshot) and doubled
(stored twice in one run), asks the catalogue's check, and compares the content with that of an
undisturbed run. Prints a line a round, and at the end the totals.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import Document, Visit
from catalogue.queries.check import check
from catalogue.queries.fingerprint import fingerprint
from crawler.snapshots import Snapshots
from tests.crawler.small_site import Answer, Asked, Routes, SmallSite, page

Route = Callable[[list[Asked]], Answer]

PAGES = 300
HTML = {"Content-Type": "text/html; charset=utf-8"}
SLOW = 0.15
"""Seconds that a slow page takes."""


@dataclass(frozen=True)
class Found:
    """What a home holds after its crawl."""

    documents: frozenset[str]
    doubled: int
    faults: int
    content: str
    findings: tuple[str, ...]


def routes() -> tuple[Routes, frozenset[str]]:
    """The site, and the paths that are to be documents in the end."""
    site: dict[str, Answer | Route] = {}
    there = {"/"}
    links = [f"p{number}" for number in range(1, PAGES)]
    site["/"] = page("Start", *links[:40])
    for number, name in enumerate(links, 1):
        on = tuple(f"p{number + step}" for step in (1, 7, 40) if number + step < PAGES)
        words = f"Tool {number} saves {number} minutes per week on every ward of the hospital."
        path = f"/{name}"
        match number % 25:
            case 3:
                site[path] = Answer(b"", 302, headers={"Location": f"/to-{name}"})
                site[f"/to-{name}"] = page(f"Page {number}", *on, words=words)
                there.add(f"/to-{name}")
            case 5:
                site[path] = _broken_once(page(f"Page {number}", *on, words=words))
                there.add(path)
            case 9:
                site[path] = Answer(b"no", 500)
            case 11:
                site[path] = Answer(b"no", 404)
            case 13:
                site[path] = _slow(page(f"Page {number}", *on, words=words))
                there.add(path)
            case _:
                site[path] = page(f"Page {number}", *on, words=words)
                there.add(path)
    return site, frozenset(there)


def _broken_once(answer: Answer) -> Route:
    return lambda asked: answer if asked else Answer(b"", 503)


def _slow(answer: Answer) -> Route:
    def late(asked: list[Asked]) -> Answer:
        del asked
        time.sleep(SLOW)
        return answer

    return late


def command(home: Path) -> list[str]:
    """Crawl in a process of its own."""
    source = str(home / "site.yml")
    return [
        *(sys.executable, "-m", "crawler.runner", "--home", str(home)),
        *("--progress", "none", "--source", source),
    ]


def prepare(home: Path, root: str) -> None:
    """An empty home with the source file in it."""
    home.mkdir()
    walk = {"archetype": "site", "url": root, "max_pages": 1000, "max_depth": 20, "sitemap": False}
    tree = {"name": "site", "publisher": {"name": "Rota Ltd", "url": root}, "walk": walk}
    (home / "site.yml").write_text(json.dumps(tree))  # JSON is YAML
    (home / "horizon.toml").write_text("[crawl]\ndelay = 0.0\n")


def killed(home: Path, after: float) -> bool:
    """Crawl and kill; says whether it was still crawling then."""
    process = subprocess.Popen(command(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def look(home: Path, root: str) -> Found:
    """What the catalogue of a home holds."""
    database = Database(f"sqlite:///{home / 'catalogue.db'}")
    try:
        with database.read() as session:
            documents = frozenset(
                "/" + url.removeprefix(root) for url in session.scalars(select(Document.url))
            )
            stored = session.execute(
                select(Visit.run_id, Visit.task_id, func.count())
                .where(Visit.state.in_(("read", "unchanged", "not_modified", "listed")))
                .group_by(Visit.run_id, Visit.task_id)
            )
            doubled = sum(count - 1 for *_, count in stored)
            faults = session.scalar(select(func.count()).where(Visit.state == "fault")) or 0
            content = fingerprint(session)
        snapshots = Snapshots(home / "snapshots")
        findings = tuple(check(database, snapshots.__contains__))
    finally:
        database.close()
    return Found(documents, doubled, faults, content, findings)


def finished(home: Path) -> bool:
    """Crawl to the end; says whether that went well."""
    done = subprocess.run(command(home), capture_output=True, check=False)
    return done.returncode == 0


def main() -> int:
    """Kill, finish and count, round after round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--each", type=int, default=5, help="kills in one home before it ends")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    moments = random.Random(given.seed)  # noqa: S311 (moments, not secrets)
    totals: Counter[str] = Counter()
    site_routes, there = routes()
    with tempfile.TemporaryDirectory() as folder, SmallSite(site_routes) as site:
        home = Path(folder) / "undisturbed"
        prepare(home, site.root)
        began = time.perf_counter()
        assert finished(home)
        seconds = time.perf_counter() - began
        whole = look(home, site.root)
        print(f"undisturbed: {len(whole.documents)} documents in {seconds:.1f} s, of {len(there)}")
        assert whole.documents == there
        while totals["kills"] < given.kills:
            site.asked.clear()  # what broke once breaks once again
            totals["rounds"] += 1
            home = Path(folder) / str(totals["rounds"])
            prepare(home, site.root)
            hits = 0
            for _ in range(min(given.each, given.kills - totals["kills"])):
                hit = killed(home, moments.uniform(1.0, seconds * 0.6))
                hits += hit
                totals["kills"] += 1
                totals["in time"] += hit
            ended = finished(home)
            found = look(home, site.root)
            lost = len(there - found.documents)
            totals["lost"] += lost
            totals["doubled"] += found.doubled
            totals["findings"] += len(found.findings) + (not ended)
            totals["different"] += found.content != whole.content
            print(
                f"{totals['rounds']:3} {hits} kills in time; {len(found.documents)} documents, "
                f"{lost} lost, {found.doubled} doubled, {len(found.findings)} findings, content "
                f"{'equal' if found.content == whole.content else 'DIFFERS'}",
                *found.findings[:3],
                flush=True,
            )
    print(dict(totals))
    return 1 if any(totals[name] for name in ("lost", "doubled", "findings", "different")) else 0


if __name__ == "__main__":
    raise SystemExit(main())
