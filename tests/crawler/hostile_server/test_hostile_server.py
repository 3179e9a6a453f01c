"""One crawl over every row of the table: no row ends it, and each ends as the table says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Visit
from catalogue.queries.check import check
from crawler.snapshots import Snapshots
from tests.crawler.conftest import ROOT
from tests.crawler.hostile_server.drive import PRIVATE, PUBLIC
from tests.crawler.hostile_server.reading import LISTINGS, PAGES, PUBLIC_SITE, ROBOTS
from tests.crawler.hostile_server.row import Row
from tests.crawler.hostile_server.server import HostileServer
from tests.crawler.hostile_server.transport import TRANSPORT
from tests.crawler.hostile_server.wire import page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs many addresses of loopback"),
]

ROWS = {row.name: row for row in (*TRANSPORT, *PAGES, *LISTINGS, *ROBOTS)}

MAX_CRAWLER_MIB = 420
"""Most memory that the crawling process may come to, with everything it imports."""

MAX_READER_MIB = 900
"""Most memory that a reader may come to: what it imports, and `read_memory` beyond."""

LIMITS = """
[crawl]
hosts = 24
timeout = 2.0
max_bytes = 3_000_000
read_timeout = 3.0
read_memory = 512
"""


@dataclass(frozen=True)
class Crawled:
    """What the crawl left behind."""

    server: HostileServer
    home: Path
    code: int
    log: str
    visits: dict[str, list[tuple[str, str, str]]]
    """Of each address the visits in order: state, fault, note."""


def _host(row: Row) -> str:
    number = list(ROWS).index(row.name) + 1
    return f"127.2.{1 + number // 200}.{number % 200 + 1}"


def _source(row: Row, number: int, port: int) -> dict[str, object]:
    root = f"http://{_host(row)}:{port}/"
    url = str(row.walk["url"]).format(root=root)
    return {
        "name": f"row_{number:03}",
        "publisher": {"name": f"Row {number} Ltd", "url": root},
        "walk": {**row.walk, "url": url},
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("hostile")
    (home / "horizon.toml").write_text(LIMITS)
    sites = {_host(row): row.site for row in ROWS.values()}
    secret = {**PUBLIC_SITE, "/secret": page("Secret")}
    with HostileServer({**sites, PUBLIC: PUBLIC_SITE, PRIVATE: secret}) as server:
        files = []
        for number, row in enumerate(ROWS.values()):
            files.append(home / f"row_{number:03}.yml")
            files[-1].write_text(yaml.safe_dump(_source(row, number, server.port)))
        arguments = ["--home", str(home), "--progress", "none", "--source", *map(str, files)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.crawler.hostile_server.drive", home / "mem", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        visits: dict[str, list[tuple[str, str, str]]] = {}
        database = Database(f"sqlite:///{home / 'catalogue.db'}")
        with database.read() as session:
            for visit in session.scalars(select(Visit).order_by(Visit.id)):
                ended = (visit.state, visit.fault, visit.note)
                visits.setdefault(visit.url, []).append(ended)
        database.close()
        yield Crawled(server, home, done.returncode, done.stderr, visits)


@pytest.mark.parametrize("name", ROWS)
def test_each_row_ends_as_the_table_says(crawled: Crawled, name: str) -> None:
    row = ROWS[name]
    port = str(crawled.server.port)
    ended = {}
    for path in row.outcomes:
        address = path if path.startswith("http") else f"http://{_host(row)}:{port}{path}"
        visits = crawled.visits.get(address.replace("%PORT%", port), [("", "", "")])
        state, fault, _ = visits[-1]
        ended[path] = f"{state} {fault}".strip()
    assert ended == dict(row.outcomes)


@pytest.mark.parametrize("name", ROWS)
def test_no_row_is_asked_more_than_a_few_times(crawled: Crawled, name: str) -> None:
    asked = crawled.server.asked[_host(ROWS[name])]
    assert len(asked) <= ROWS[name].requests, asked


def test_the_crawl_comes_to_its_end(crawled: Crawled) -> None:
    assert crawled.code == 0, crawled.log[-3000:]
    assert "Traceback" not in crawled.log


def test_no_private_machine_is_ever_asked(crawled: Crawled) -> None:
    assert crawled.server.asked[PRIVATE] == []
    assert crawled.server.asked[PUBLIC], "the public half of the name that turns was asked"


def test_memory_stays_bounded(crawled: Crawled) -> None:
    peaks = json.loads((crawled.home / "mem").read_text())
    assert peaks["crawler"] <= MAX_CRAWLER_MIB, peaks
    assert peaks["reader"] <= MAX_READER_MIB, peaks


def test_every_fault_has_a_line_for_a_person(crawled: Crawled) -> None:
    for visits in crawled.visits.values():
        for state, fault, note in visits:
            assert bool(note) >= (state in {"fault", "refused"}), (state, fault)
            assert "\n" not in note
            assert len(note) < 300


def test_the_catalogue_is_sound_afterwards(crawled: Crawled) -> None:
    kept = Snapshots(crawled.home / "snapshots")
    database = Database(f"sqlite:///{crawled.home / 'catalogue.db'}")
    assert check(database, kept.__contains__) == []
    database.close()
