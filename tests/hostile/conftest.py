"""A catalogue filled by the real crawl from a market that was written to do harm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from catalogue.settings import ENV_PREFIX, load
from tests.crawler.small_site import SmallSite
from tests.hostile.launch import hashing
from tests.hostile.site import routes
from tests.hostile.strings import OWN, SHARED, shared
from tests.once import once
from tests.tui.cli.conftest import Ended
from tui.cli.main import run
from tui.live import Live

ROOT = Path(__file__).parents[2]
DAYS = ("2026-10-05T09:00:00Z", "2026-11-05T09:00:00Z")
KINDS = ("supplier", "network")
NAME = "Harm \x1b]2;title\x07\x9b1m[/ Ltd"
"""Who publishes it all."""


@dataclass(frozen=True)
class Market:
    """A catalogue, the strings that went into it, and how the crawl of each day ended."""

    home: Path
    strings: tuple[str, ...]
    crawls: tuple[Ended, ...]


@pytest.fixture(scope="session", params=["ours", "shared"])
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Market:
    """The market as the crawl of two days left it; the tests work on copies."""
    if request.param == "shared" and not SHARED.exists():
        pytest.skip("the shared collection of hostile strings is not there")
    strings = OWN if request.param == "ours" else shared()

    def make(folder: Path) -> None:
        home = folder / "home"
        home.mkdir()
        with ExitStack() as stack:
            sites = [stack.enter_context(SmallSite()) for _ in KINDS]
            crawls = [asdict(_crawl(home, strings, sites, day)) for day in (1, 2)]
        (folder / "crawls.json").write_text(json.dumps(crawls), encoding="utf-8")

    folder = once(tmp_path_factory, f"hostile_{request.param}", make)
    crawls = json.loads((folder / "crawls.json").read_text(encoding="utf-8"))
    return Market(folder / "home", strings, tuple(Ended(**ended) for ended in crawls))


def _crawl(home: Path, strings: tuple[str, ...], sites: list[SmallSite], day: int) -> Ended:
    """Crawl the market as it is on one day: a supplier's site, and a network's, which goes on."""
    (home / "horizon.toml").write_text(f"today = {DAYS[day - 1]}\n[crawl]\ndelay = 0\n")
    arguments = ["crawl", "--json"]
    parts = (strings, strings[::3])
    for kind, site, some in list(zip(KINDS, sites, parts, strict=True))[day - 1 :]:
        site.routes = dict(routes(some, site.root, day=day))
        file = home / f"harm_{kind}.yml"
        source = {
            "name": file.stem,
            "publisher": {"name": f"{NAME} {kind}", "kind": kind},
            "walk": {"archetype": "site", "url": site.root, "max_pages": 1000},
            "extract": ["json_ld", "product_page", "case_study", "news"],
        }
        file.write_text(json.dumps(source), encoding="utf-8")
        arguments += ["--file", str(file)]
    done = subprocess.run(
        launched(home, *arguments), capture_output=True, cwd=ROOT, env=environment(), check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def launched(home: Path, *arguments: str) -> list[str]:
    """The command line of `horizon` without a model, in a process of its own."""
    return [sys.executable, "-m", "tests.hostile.launch", "--home", str(home), *arguments]


def environment() -> dict[str, str]:
    """The environment without settings of this machine."""
    return {name: value for name, value in os.environ.items() if not name.startswith(ENV_PREFIX)}


@pytest.fixture
def market(crawled: Market, tmp_path: Path) -> Market:
    """The market in a home of the test's own."""
    home = tmp_path / "home"
    shutil.copytree(crawled.home, home, ignore=shutil.ignore_patterns("snapshots", "logs"))
    return Market(home, crawled.strings, crawled.crawls)


@pytest.fixture
def live(market: Market, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """The services over the market, with an embedder that needs no model."""
    monkeypatch.setattr(Live, "embedder", hashing)
    services = Live(load(market.home, env={}))
    yield services
    services.close()


Horizon = Callable[..., Ended]
"""Runs `horizon ARGUMENTS...` on the market."""


@pytest.fixture
def horizon(
    market: Market, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Horizon:
    """A function that runs a command line in this process."""
    monkeypatch.setattr(Live, "embedder", hashing)

    def horizon(*arguments: str) -> Ended:
        capsys.readouterr()
        code = run(["--home", str(market.home), *arguments])
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return horizon
