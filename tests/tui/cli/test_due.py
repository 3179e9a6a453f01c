"""`horizon crawl --due` and `horizon watch`, on a small site of this computer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from catalogue.database import open_database
from catalogue.frontier import Frontier
from catalogue.settings import load
from crawler.source import load_source
from tests.crawler.small_site import Answer, SmallSite, page
from tests.tui.cli.conftest import Horizon
from tui.cli import sources, watch

ROOT = Path(__file__).parents[3]

SOURCE = """\
name: {name}
publisher: {{name: {name} Ltd}}
cadence: daily
walk: {{archetype: site, url: "{url}", sitemap: false}}
"""

RUN = """
import sys
from pathlib import Path
from tui.cli import sources
from tui.cli.main import run
folder = Path(sys.argv[1])
sources.files = lambda settings: {path.stem: path for path in folder.glob("*.yml")}
sys.exit(run(sys.argv[2:]))
"""
"""Runs a command with the source files of a folder, and no others."""


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """A site of four pages."""
    routes: Mapping[str, Answer] = {
        "/": page("Start", "a", "b", "c", words="Rotas for wards."),
        **{f"/{name}": page(name, words=f"Page {name} about rotas.") for name in "abc"},
    }
    with SmallSite(routes) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path, site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the only two source files there are."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("rota", "ward"):
        (folder / f"{name}.yml").write_text(SOURCE.format(name=name, url=site.root))
    monkeypatch.setattr(
        sources, "files", lambda _: {path.stem: path for path in folder.glob("*.yml")}
    )
    return folder


def register(home: Path, folder: Path) -> None:
    """A new catalogue that knows both sources."""
    database = open_database(load(home, env={}))
    records = [load_source(path).record() for path in folder.glob("*.yml")]
    Frontier(database).register(records)
    database.close()


@pytest.mark.slow
def test_two_wakings_at_once_visit_every_page_once_for_each_source(
    home: Path, folder: Path, site: SmallSite
) -> None:
    register(home, folder)
    wakings = [start(home, folder, "crawl", "--due", "--no-index") for _ in range(2)]
    told = [waking.communicate(timeout=90) for waking in wakings]
    assert [waking.returncode for waking in wakings] == [0, 0], told
    pages = Counter(asked.path for asked in site.asked if asked.path != "/robots.txt")
    assert pages == dict.fromkeys(("/", "/a", "/b", "/c"), 2), told


@pytest.mark.slow
def test_what_was_crawled_is_not_due(horizon: Horizon, folder: Path, site: SmallSite) -> None:
    assert folder
    first = horizon("crawl", "--due", "--no-index", "--json")
    assert {tally["source"] for tally in first.data["sources"]} == {"rota", "ward"}
    asked = len(site.asked)
    second = horizon("crawl", "--due", "--no-index", "--json")
    assert (second.code, second.data["sources"]) == (0, [])
    assert "Nothing is due. Next is " in second.err
    assert len(site.asked) == asked


def test_due_finds_its_sources_itself(horizon: Horizon, folder: Path) -> None:
    assert folder
    assert horizon("crawl", "rota", "--due").code == 2


@pytest.mark.slow
def test_watch_crawls_waits_and_ends_cleanly_at_ctrl_c(
    home: Path, folder: Path, site: SmallSite
) -> None:
    register(home, folder)
    watching = start(home, folder, "watch")
    assert watching.stderr is not None
    said = []
    for line in watching.stderr:
        said.append(line)
        if line.startswith("Next is "):
            break
    assert len({asked.path for asked in site.asked}) == 5
    watching.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, rest = watching.communicate(timeout=30)
    assert watching.returncode == 0, [*said, rest]
    assert "Stopped watching." in rest
    assert "Traceback" not in rest
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "00:00:05"), (3725, "01:02:05"), (190_000, "2 d 04:46:40")]
)
def test_what_is_left_is_told_like_a_clock(seconds: float, words: str) -> None:
    assert watch._clock(seconds) == words


def start(home: Path, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), "--home", str(home), *arguments],
        cwd=ROOT,
        env={**os.environ, "HORIZON_CRAWL__DELAY": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
