"""Procurement services on loopback, crawled in a child process into a real catalogue."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import CrawlTask, Issue, Notice, Signal, Visit
from catalogue.queries.check import check
from catalogue.settings import Settings, load
from crawler.archetypes.ocds import Ocds
from crawler.child import crawl_in_child
from crawler.progress import SourceTally
from crawler.snapshots import Snapshots
from tests.crawler.conftest import ROOT
from tests.crawler.small_site import Answer, Asked, SmallSite

pytestmark = pytest.mark.slow

PACKAGES = Path(__file__).parent / "ocds_packages"
FIRST = datetime(2026, 10, 5, 9, tzinfo=UTC)
SECOND = datetime(2026, 10, 6, 9, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}


def package(name: str) -> Answer:
    return Answer((PACKAGES / name).read_bytes(), headers=JSON)


def walk(site: SmallSite, dialect: str, **options: object) -> dict[str, object]:
    return {"archetype": "ocds", "dialect": dialect, "url": site.root, "delay": 0, **options}


def addresses(options: dict[str, object], now: datetime, reached: datetime | None) -> list[str]:
    """Paths of the windows, oldest first."""
    seeds = Ocds.model_validate(options).seeds_at(now, reached)
    return [f"{urlsplit(one.url).path}?{urlsplit(one.url).query}" for one in seeds]


def crawl(
    settings: Settings, folder: Path, options: dict[str, object], now: datetime = FIRST
) -> SourceTally:
    given = {"crawl": {"delay": 0.0}, "today": now.isoformat()}
    path = source_file(folder, options)
    *_, last = crawl_in_child(load(settings.home, env={}, overrides=given), [path])
    return last.sources[0]


def source_file(folder: Path, options: dict[str, object]) -> Path:
    path = folder / "service.yml"
    tree = {
        "name": "service",
        "publisher": {"name": "A procurement service", "kind": "publisher"},
        "walk": options,
        "expect": {"may_be_empty": True},
    }
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    return path


def busy_once(status: int, then: Answer) -> Callable[[list[Asked]], Answer]:
    """Answers the first request with a status that means "too many", and the next properly."""

    def answer(before: list[Asked]) -> Answer:
        return then if before else Answer(b"slow down", status, {"Retry-After": "1"})

    return answer


def test_windows_are_walked_and_only_what_failed_is_asked_for_again(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with SmallSite() as site:
        options = walk(site, "fts", since=1, about=["ambient voice"])
        windows = addresses(options, FIRST, None)
        assert len(windows) == 4
        site.routes = {
            windows[0]: package("fts_uk2.json"),
            windows[1]: busy_once(429, package("fts_uk4.json")),
            windows[2]: Answer(b"<html>An error occurred</html>", headers=JSON),
            windows[3]: package("fts_uk6.json"),
        }
        first = crawl(settings, tmp_path, options)
        assert (first.state, first.read, first.listed, first.faults) == ("finished", 6, 3, 2)
        later = addresses(options, SECOND, FIRST)
        assert set(later).isdisjoint(windows)
        site.routes |= {path: package("pcs_without_releases.json") for path in later}
        site.routes[windows[2]] = package("fts_uk10.json")
        before = len(site.asked)
        second = crawl(settings, tmp_path, options, SECOND)
        asked = [one.path for one in site.asked[before:] if one.path != "/robots.txt"]
    assert (second.state, second.read, second.signals) == ("finished", 1, 1)
    assert sorted(asked) == sorted([windows[2], *later])
    kept = Snapshots(settings.snapshots)
    assert check(database, kept.__contains__) == []
    with database.read() as session:
        assert session.scalars(select(CrawlTask.final)).all() == [True] * (4 + len(later))
        assert session.scalars(select(Signal.type)).all() == ["SIG_NOTICE_CHANGE"]
        notes = session.scalars(select(Visit.note).where(Visit.state == "listed")).all()
        issues = session.scalars(select(Issue.subject).where(Issue.kind == "reading")).all()
    assert "2 releases, 1 kept, 0 refused." in notes
    assert issues == ["The number 1e9999 is none and was left out."]


def test_pages_of_a_window_are_followed_and_a_403_means_too_many(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with SmallSite() as site:
        options = walk(site, "contracts_finder", since=1)
        (window,) = addresses(options, FIRST, None)
        site.routes = {
            window: busy_once(403, package("cf_page1.json")),
            f"{window}&cursor=Y2Y6Mg==": package("cf_page2.json"),
        }
        tally = crawl(settings, tmp_path, options)
        refused, answered = site.times(window)
    assert (tally.state, tally.read, tally.listed, tally.faults) == ("finished", 2, 2, 1)
    assert answered - refused >= 1.0
    with database.read() as session:
        titles = session.scalars(select(Notice.title).order_by(Notice.title)).all()
    assert titles == ["Café rota software - pilot", "Rotaflow Scribe licences"]


@pytest.mark.parametrize(("dialect", "kind"), [("scotland", 2), ("wales", 2)])
def test_a_month_without_releases_and_one_with_broken_json(
    settings: Settings, database: Database, tmp_path: Path, dialect: str, kind: int
) -> None:
    with SmallSite() as site:
        options = walk(site, dialect, since=20, notice_types=[kind])
        september, october = addresses(options, FIRST, None)
        site.routes = {
            september: package("pcs_without_releases.json"),
            october: package("s2w_rn.json"),
        }
        tally = crawl(settings, tmp_path, options)
    assert (tally.state, tally.read, tally.listed, tally.faults) == ("finished", 1, 2, 0)
    with database.read() as session:
        (notice,) = session.scalars(select(Notice))
        assert (notice.value_high, notice.currency) == (140_000, "GBP")
        finals = session.execute(select(CrawlTask.url, CrawlTask.final)).all()
    assert {("09-2026" in url, final) for url, final in finals} == {(True, True), (False, False)}


def releases(window: int) -> Answer:
    """A package of five releases that no other window holds."""
    body = [
        {
            "ocid": f"ocds-x-{window}-{number}",
            "id": f"{window}-{number}",
            "tag": ["tender"],
            "buyer": {"name": f"Trust {number}"},
            "tender": {"title": f"Tender {window} {number}"},
        }
        for number in range(5)
    ]
    return Answer(json.dumps({"releases": body}).encode(), headers=JSON)


def test_kills_lose_no_notice_and_double_none(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    killed = 0
    with SmallSite() as site:
        options = walk(site, "fts", since=8)
        windows = addresses(options, FIRST, None)
        site.routes = {path: releases(number) for number, path in enumerate(windows)}
        path = source_file(tmp_path, options)
        for _ in range(5):
            child = subprocess.Popen(
                [
                    *(sys.executable, "-m", "crawler.runner", "--progress", "none"),
                    *("--home", str(settings.home), "--source", str(path)),
                ],
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                env={
                    **os.environ,
                    "HORIZON_CRAWL__DELAY": "0.05",
                    "HORIZON_TODAY": FIRST.isoformat(),
                },
            )
            before = len(site.asked)
            while len(site.asked) < before + moments.randint(1, 6) and child.poll() is None:
                time.sleep(0.02)
            time.sleep(moments.uniform(0, 0.15))
            child.kill()
            killed += child.wait() == -signal.SIGKILL
        last = crawl(settings, tmp_path, options)
    assert killed >= 3
    assert last.state == "finished"
    assert check(database, Snapshots(settings.snapshots).__contains__) == []
    with database.read() as session:
        assert session.scalar(select(func.count(Notice.id))) == 5 * len(windows)
        states = session.execute(select(Visit.state, func.count()).group_by(Visit.state))
        assert {row[0]: row[1] for row in states} == {
            "listed": len(windows),
            "read": 5 * len(windows),
        }
