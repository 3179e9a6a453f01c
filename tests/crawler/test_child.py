"""Crawls in a child process, with the real catalogue and the real reader."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select

from catalogue.database import Database, open_database
from catalogue.errors import CrawlError
from catalogue.models import CrawlRun, CrawlTask, Document, Visit
from catalogue.settings import Settings, load
from crawler.child import KEPT_LOGS, crawl_in_child
from crawler.snapshots import Snapshots
from tests.crawler.conftest import ROOT
from tests.crawler.small_site import SmallSite, page

pytestmark = pytest.mark.slow

PAGES = 40


@pytest.fixture
def site() -> SmallSite:
    links = [f"p{number}" for number in range(PAGES)]
    site = SmallSite({"/": page("Start", *links)})
    words = " ".join(["The trust measured how long a rota takes."] * 20)
    for number, link in enumerate(links):
        site.routes[f"/{link}"] = page(f"Page {number}", words=f"{words} Page {number}.")
    return site


def source_file(folder: Path, site: SmallSite) -> Path:
    path = folder / "rota.yml"
    path.write_text(
        "name: rota\npublisher: {name: Rota Ltd, kind: network}\n"
        f'walk: {{archetype: site, url: "{site.root}"}}\n',
        encoding="utf-8",
    )
    return path


def settings_for(database_settings: Settings, delay: float = 0.0) -> Settings:
    return load(database_settings.home, env={}, overrides={"crawl": {"delay": delay}})


def test_progress_comes_line_by_line_and_ends_with_the_total(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    with site:
        seen = list(crawl_in_child(settings_for(settings), [source_file(tmp_path, site)]))
    assert len(seen) > 2
    assert [progress.ended for progress in seen] == [False] * (len(seen) - 1) + [True]
    (total,) = seen[-1].sources
    assert (total.state, total.read, total.new, total.pending) == ("finished", 41, 41, 0)
    with database.read() as session:
        assert session.scalar(select(func.count(Document.id))) == 41
        assert session.scalar(select(CrawlRun.state)) == "finished"


def test_a_second_crawl_finds_nothing_changed(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    del database
    path = source_file(tmp_path, site)
    with site:
        *_, first = crawl_in_child(settings_for(settings), [path])
        site.routes["/p3"] = page("Page 3", words="Now the price is 5 pounds per user per month.")
        *_, second = crawl_in_child(settings_for(settings), [path])
    assert first.sources[0].read == 41
    assert (second.sources[0].read, second.sources[0].unchanged) == (1, 40)
    assert second.sources[0].changed == 1


def test_what_the_child_says_when_it_fails_reaches_the_person(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    del database
    wrong = tmp_path / "rota.yml"
    wrong.write_text("name: rota\npublisher: {name: Rota}\nwalk: {archetype: sight}\n")
    with pytest.raises(CrawlError) as raised:
        list(crawl_in_child(settings, [wrong]))
    assert raised.value.message.startswith(f"{wrong}: walk: unknown archetype 'sight'")
    assert "Did you mean 'site'?" in raised.value.message


def test_a_child_that_dies_without_a_word_is_told_of_with_the_end_of_its_log(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    del database
    with site:
        path = source_file(tmp_path, site)
        crawl = crawl_in_child(settings_for(settings), [path])
        next(crawl)
        for child in psutil.Process().children():
            child.kill()
        with pytest.raises(CrawlError, match="signal SIGKILL") as raised:
            list(crawl)
    assert "The end of" in raised.value.hint


def test_settings_given_in_memory_hold_in_the_child(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    overrides = {"crawl": {"delay": 0.0}, "today": "2026-10-05T09:00:00Z"}
    with site:
        list(
            crawl_in_child(
                load(settings.home, env={}, overrides=overrides), [source_file(tmp_path, site)]
            )
        )
    with database.read() as session:
        days = {seen.date().isoformat() for seen in session.scalars(select(Document.first_seen))}
    assert days == {"2026-10-05"}


def test_a_cancelled_crawl_stops_and_the_next_goes_on_with_it(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    path = source_file(tmp_path, site)
    with site:
        began = time.monotonic()
        seen = list(
            crawl_in_child(settings_for(settings, 0.3), [path], lambda: len(site.asked) > 4)
        )
        assert time.monotonic() - began < 30
        assert not any(progress.ended for progress in seen)
        with database.read() as session:
            assert session.scalar(select(CrawlRun.state)) == "running"
            held = select(func.count()).where(CrawlTask.state == "leased")
            assert session.scalar(held) == 0, "leases were given back"
        *_, total = crawl_in_child(settings_for(settings), [path])
    assert total.sources[0].state == "finished"
    _assert_complete(database, settings)


def test_kills_at_any_time_lose_nothing_and_double_nothing(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    path = source_file(tmp_path, site)
    chance = random.Random(7)  # noqa: S311 (any order will do)
    killed = 0
    with site:
        for _ in range(4):
            asked = len(site.asked)
            after = chance.randrange(2, 9)
            child = _run_child(settings, path)
            deadline = time.monotonic() + 40
            while len(site.asked) < asked + after and child.poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            child.kill()
            killed += child.wait() == -signal.SIGKILL
        *_, total = crawl_in_child(settings_for(settings), [path])
    assert killed >= 3
    assert total.sources[0].state == "finished"
    _assert_complete(database, settings)


def test_a_child_ends_with_its_parent(
    settings: Settings, database: Database, site: SmallSite, tmp_path: Path
) -> None:
    del database
    path = source_file(tmp_path, site)
    parent = (
        "import sys\nfrom pathlib import Path\n"
        "from catalogue.settings import load\nfrom crawler.child import crawl_in_child\n"
        "settings = load(Path(sys.argv[1]), env={}, overrides={'crawl': {'delay': 0.5}})\n"
        "for _ in crawl_in_child(settings, [Path(sys.argv[2])]): pass\n"
    )
    with site:
        process = subprocess.Popen(
            [sys.executable, "-c", parent, str(settings.home), str(path)], cwd=ROOT
        )
        deadline = time.monotonic() + 40
        while len(site.asked) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        family = psutil.Process(process.pid).children(recursive=True)
        assert family
        process.kill()
        process.wait()
        gone, alive = psutil.wait_procs(family, timeout=8)
    assert alive == []
    assert len(gone) == len(family)


def test_nothing_of_scrapy_is_imported_to_start_a_crawl_or_check_sources() -> None:
    code = (
        "import sys, crawler.child, crawler.doctor, crawler.progress\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(bool(loaded & {'scrapy', 'twisted', 'textual', 'faiss'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_old_logs_are_deleted(settings: Settings, tmp_path: Path) -> None:
    settings.logs.mkdir(parents=True)
    for number in range(KEPT_LOGS + 5):
        (settings.logs / f"crawl-20200101T0000{number:02}000000.log").touch()
    with pytest.raises(CrawlError):
        list(crawl_in_child(settings, [tmp_path / "absent.yml"]))
    logs = sorted(path.name for path in settings.logs.glob("crawl-*.log"))
    assert len(logs) == KEPT_LOGS
    assert not logs[-1].startswith("crawl-2020")


def _run_child(settings: Settings, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "crawler.runner", "--progress", "none"),
            *("--home", str(settings.home), "--source", str(path)),
        ],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "HORIZON_CRAWL__DELAY": "0.05"},
    )


def _assert_complete(database: Database, settings: Settings) -> None:
    """Every page is a document once, every visit stored once, every snapshot whole."""
    with closing(open_database(settings)) as fresh, fresh.read() as session:
        urls = session.scalars(select(Document.url)).all()
        assert len(urls) == len(set(urls)) == PAGES + 1
        assert session.scalar(select(func.count(CrawlRun.id))) == 1
        done = select(Visit.url, func.count()).where(Visit.state == "read").group_by(Visit.url)
        assert {count for _, count in session.execute(done)} == {1}
        kept = Snapshots(settings.snapshots)
        for sha in session.scalars(select(Visit.raw_sha).where(Visit.raw_sha != "")):
            kept.get(sha)
    with database.read() as session:
        left = select(func.count()).where(CrawlTask.state != "done")
        assert session.scalar(left) == 0
