"""Files as the world writes them, through the archetypes on loopback: how many, and why not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Document, Visit
from catalogue.queries.check import check
from crawler.archetypes import Listing
from crawler.archetypes.govuk import GovUk
from crawler.robots import Robots
from crawler.snapshots import Snapshots
from tests.crawler.conftest import ROOT, Crawl
from tests.crawler.hostile_server.server import HostileServer
from tests.crawler.hostile_server.wire import TEXT, XML, Site, page, plain
from tests.crawler.real import real
from tests.crawler.small_site import Answer, Routes, SmallSite

pytestmark = pytest.mark.slow
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs many addresses of loopback")


def _hosts(files: Sequence[Path], third: int) -> dict[str, Path]:
    """A host of loopback for each file."""
    return {
        f"127.{third}.{1 + number // 200}.{number % 200 + 1}": path
        for number, path in enumerate(files)
    }


def _source(name: str, **walk: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "name": name,
        "publisher": {"name": name, "url": "http://www.rota.example/"},
        "walk": walk,
    }


def _say(name: str, counts: Mapping[str, int], notes: Sequence[str] = ()) -> None:
    lines = [f"{name}: " + ", ".join(f"{count} {what}" for what, count in counts.items()), *notes]
    sys.stdout.write("\n  ".join(lines) + "\n")


@linux
def test_every_robots_txt_is_obeyed(crawl: Crawl) -> None:
    hosts = _hosts(sorted(real("robots").iterdir()), 3)
    sites: dict[str, Site] = {
        host: {"/robots.txt": plain(path.read_bytes(), headers=TEXT), "/": page()}
        for host, path in hosts.items()
    }
    with HostileServer(sites) as server:
        roots = {host: f"http://{host}:{server.port}/" for host in hosts}
        sources = [
            _source(f"robots_{number}", archetype="site", url=root, sitemap=False)
            for number, root in enumerate(roots.values())
        ]
        result = crawl(sources, crawl={"hosts": 64, "timeout": 20.0})
        asked = server.asked
    ended = {visit["url"]: (visit["state"], visit["fault"]) for visit in result["visits"]}
    allowed = 0
    for host, path in hosts.items():
        root = roots[host]
        refused = Robots.of_answer(200, path.read_bytes()).refusal(root)
        assert ended[root] == (("refused", "robots") if refused else ("read", "")), path.name
        assert asked[host] == ["/robots.txt"] + ["/"] * (not refused), path.name
        allowed += not refused
    assert result["error"] == ""
    _say(
        "robots.txt",
        {"read": len(hosts), "allow us": allowed, "close us out": len(hosts) - allowed},
    )


@linux
def test_every_feed_is_listed_or_said_to_be_none(crawl: Crawl) -> None:
    files = sorted(path for path in real("feeds").iterdir() if path.is_file())
    hosts = _hosts(files, 4)
    sites: dict[str, Site] = {
        host: {"/feed": plain(path.read_bytes(), headers=XML)} for host, path in hosts.items()
    }
    with HostileServer(sites) as server:
        sources = [
            _source(f"feed_{number}", archetype="feed", url=f"http://{host}:{server.port}/feed")
            for number, host in enumerate(hosts)
        ]
        result = crawl(sources, crawl={"hosts": 32, "timeout": 20.0}, most_pages=0)
    assert result["error"] == ""
    assert len(result["visits"]) == len(files)
    states = Counter(visit["state"] for visit in result["visits"])
    entries = sum(len(visit["found"]) for visit in result["visits"])
    notes = Counter(visit["note"] for visit in result["visits"] if visit["state"] != "listed")
    assert set(states) <= {"listed", "fault"}
    assert all(notes), "every fault has its line"
    assert states["listed"] >= 0.9 * len(files)
    _say(
        "feeds",
        {**states, "entries with a page": entries},
        [f"{n} x {t}" for t, n in notes.items()],
    )


def test_every_archive_is_read_and_the_catalogue_stays_sound(tmp_path: Path) -> None:
    files = sorted(path for path in real("warc").iterdir() if path.is_file())
    source = _source("archives", archetype="archive", files=[str(path) for path in files])
    (tmp_path / "archives.yml").write_text(yaml.safe_dump(source))
    command = [sys.executable, "-m", "crawler.runner", "--home", str(tmp_path)]
    for _ in range(2):  # the second finds nothing new
        done = subprocess.run(
            [*command, "--progress", "none", "--source", str(tmp_path / "archives.yml")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    database = Database(f"sqlite:///{tmp_path / 'catalogue.db'}")
    with database.read() as session:
        visits = session.scalars(select(Visit).where(Visit.run_id == 1)).all()
        again = Counter(session.scalars(select(Visit.state).where(Visit.run_id == 2)))
        urls = set(session.scalars(select(Document.url)))
        days = {visit.fetched_at.year for visit in visits if visit.state == "read"}
        states = Counter(visit.state for visit in visits)
        faults = [visit.note for visit in visits if visit.state == "fault"]
        told = [f"{visit.url.rpartition('/')[2]}: {visit.note}" for visit in visits]
    assert check(database, Snapshots(tmp_path / "snapshots").__contains__) == []
    database.close()
    assert states["listed"] == len(files), "every file was read to its end"
    assert {"http://example.com/", "http://iana.org/"} <= urls
    assert min(days) < 2020, "a record keeps its own day"
    assert faults, "the broken files are told of"
    assert all(faults), "each fault has its line"
    assert again["read"] == 0
    _say("archives", {**states, "documents": len(urls)}, told)


def _search_of(links: Sequence[str], site: SmallSite, walk: GovUk) -> Routes:
    """The pages of results that lead to these paths."""
    routes: dict[str, Answer] = {}
    (seed,) = walk.seeds()
    todo = [seed.url]
    while todo:
        url = todo.pop()
        start = GovUk._start_of(url)
        part = [{"link": link} for link in links[start : start + 100]]
        body = json.dumps({"results": part, "total": len(links), "start": start}).encode()
        routes[f"/{url.removeprefix(site.root)}"] = _json(body)
        found = walk.leads(Listing(url, body, "application/json"))
        todo += [item.url for item in found if item.kind == "list"]
    return routes


def _json(body: bytes) -> Answer:
    return Answer(body, headers={"Content-Type": "application/json"})


def _govuk(crawl: Crawl, name: str, contents: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Crawl documents by the search and content APIs; returns the visits to them."""
    walk = {"archetype": "govuk", "q": "all", "count": 500}
    with SmallSite() as site:
        archetype = GovUk.model_validate({**walk, "url": site.root})
        site.routes |= {f"/api/content{path}": _json(body) for path, body in contents.items()}
        site.routes |= _search_of(list(contents), site, archetype)
        result = crawl([_source(name, **walk, url=site.root)], reader="own")
    assert result["error"] == ""
    visits: list[dict[str, Any]] = result["visits"]
    return [visit for visit in visits if visit["kind"] == "page"]


def test_every_transparency_record_is_read(crawl: Crawl) -> None:
    records = json.loads((real("atrs") / "atrs_records.json").read_bytes())["records"]
    contents = {}
    for record in records:
        path = "/" + record["url"].partition("//")[2].partition("/")[2]
        content = {
            "base_path": path,
            "title": record["title"],
            "description": record.get("description") or "",
            "document_type": "algorithmic_transparency_record",
            "first_published_at": record.get("published"),
            "details": {"body": record.get("body") or ""},
        }
        contents[path] = json.dumps(content).encode()
    pages = _govuk(crawl, "atrs", contents)
    states = Counter(visit["state"] for visit in pages)
    assert states == {"read": len(contents)}, [one["note"] for one in pages if one["note"]]
    assert all(visit["title"] for visit in pages)
    _say("transparency records", {"records": len(records), **states})


def test_every_shape_of_a_govuk_document_is_read_or_refused_with_a_reason(crawl: Crawl) -> None:
    contents = {
        f"/{number}": path.read_bytes()
        for number, path in enumerate(sorted(real("govuk-content").rglob("*.json")))
    }
    pages = _govuk(crawl, "govuk", contents)
    states = Counter(visit["state"] for visit in pages)
    notes = Counter(visit["note"] for visit in pages if visit["state"] != "read")
    assert len(pages) == len(contents)
    assert all(notes)
    assert states["read"] >= 0.9 * len(contents), notes
    _say("govuk-content", dict(states), [f"{n} x {t}" for t, n in notes.items()])
