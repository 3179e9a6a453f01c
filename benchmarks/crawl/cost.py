"""What a page costs: CPU of bare Scrapy, of Scrapy with trafilatura, and of our crawl.

    python -m benchmarks.crawl.cost --pages 1000 --rounds 5

One invented site on loopback (`benchmarks.crawl.cost_site`) is crawled four times in one round:
downloaded only; downloaded and extracted, nothing stored; by us into an empty home; by us again
with nothing changed. Counted is the CPU time, user and system, of the crawling process and of
all that it starts, with its start; not that of the site. Our code has its bytecode, as all that
is installed has. The machine's speed wanders, so costs are held against each other within a round,
and the median of all rounds counts. Ours may cost 1.25 times the second, and a crawl with nothing
changed a tenth of the first. Ends with 1 where it costs more.
"""

from __future__ import annotations

import argparse
import compileall
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import catalogue
import crawler
from crawler.progress import CrawlProgress

MOST = 1.25
"""Times the cost of Scrapy with trafilatura that ours may be."""

MOST_AGAIN = 0.1
"""Part of the cost of the first crawl that one with nothing changed may be."""


@dataclass(frozen=True)
class Cost:
    """What one crawl took."""

    seconds: float
    pages: int

    @property
    def each(self) -> float:
        """Milliseconds of CPU for one page."""
        return 1000 * self.seconds / self.pages


@contextmanager
def served(pages: int) -> Iterator[str]:
    """The site, in a process of its own; yields its root."""
    command = [sys.executable, "-m", "benchmarks.crawl.cost_site", "--pages", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def measured(command: Sequence[str]) -> tuple[float, str]:
    """Run a command; its CPU seconds with those of its children, and the last line it said."""
    before = _spent()
    done = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True, check=True)
    return _spent() - before, done.stdout.splitlines()[-1]


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def scrapy(root: str, *options: str) -> Cost:
    """Crawl with Scrapy alone."""
    seconds, said = measured(["-m", "benchmarks.crawl.cost_spider", root, *options])
    return Cost(seconds, int(said))


def ours(home: Path, root: str, pages: int) -> tuple[Cost, CrawlProgress]:
    """Crawl into a home, which may hold an earlier crawl."""
    home.mkdir(exist_ok=True)
    walk = {"archetype": "site", "url": root, "max_pages": pages + 10, "max_depth": 20}
    tree = {"name": "cost", "publisher": {"name": "Alderway Digital Ltd", "url": root}}
    (home / "cost.yml").write_text(json.dumps({**tree, "walk": walk}), encoding="utf-8")
    (home / "horizon.toml").write_text("[crawl]\ndelay = 0.0\n", encoding="utf-8")
    files = ["--home", str(home), "--source", str(home / "cost.yml")]
    seconds, said = measured(["-m", "crawler.runner", *files])
    return Cost(seconds, pages), CrawlProgress.from_line(said)


def one_round(root: str, pages: int) -> tuple[Cost, Cost, Cost, Cost]:
    """Crawl four times: downloaded, extracted, ours, ours again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        bare, extracting = scrapy(root), scrapy(root, "--extract")
        first, came = ours(home, root, pages)
        again, came_again = ours(home, root, pages)
    assert bare.pages == extracting.pages == came.sources[0].read == pages, "pages were missed"
    assert came_again.sources[0].read == 0, "something was read again"
    return bare, extracting, first, again


def main() -> int:
    """Measure, print the table; 0 when both promises are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    pages = given.pages
    for package in (catalogue, crawler):
        compileall.compile_dir(Path(package.__path__[0]), quiet=1)
    with served(pages) as root:
        rounds = [one_round(root, pages) for _ in range(given.rounds)]
    print(f"{pages} pages, median of {given.rounds} rounds; CPU of the crawling processes")
    print(f"{'':28} {'seconds':>8} {'ms/page':>8} {'ratio':>6}")
    for place, name in enumerate(("bare Scrapy", "Scrapy + trafilatura", "ours")):
        _row(name, median(costs[place].each for costs in rounds), pages, _ratio(rounds, place, 1))
    part = _ratio(rounds, 3, 2)
    _row("ours, nothing changed", median(again.each for *_, again in rounds), pages, part)
    ratio = _ratio(rounds, 2, 1)
    print(f"ours: {ratio:.3f} times the second, at most {MOST}")
    print(f"nothing changed: {part:.3f} of the first, at most {MOST_AGAIN}")
    return int(ratio > MOST or part > MOST_AGAIN)


def _ratio(rounds: Sequence[Sequence[Cost]], place: int, other: int) -> float:
    """How many times as much as another a crawl costs."""
    return median(costs[place].seconds / costs[other].seconds for costs in rounds)


def _row(name: str, each: float, pages: int, ratio: float) -> None:
    print(f"{name:28} {each * pages / 1000:8.1f} {each:8.1f} {ratio:6.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
