from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.errors import CrawlError
from catalogue.frontier import Found, Run, Task
from catalogue.ingest import PageVisit
from catalogue.settings import Settings
from crawler.snapshots import Snapshots
from crawler.survey.look import SNAPSHOTS, Look, part_of, read_seen
from crawler.survey.visit import look_at
from tests.crawler.small_site import Answer, SmallSite
from tests.crawler.survey import sites

AT = datetime(2026, 11, 21, tzinfo=UTC)


def look(
    folder: Path, *paths: str, pages: int = 4, preferred: tuple[str, ...] = ()
) -> tuple[Look, Run]:
    made = Look(folder, preferred, pages)
    found = [Found(f"{sites.ROOT}{path}", 1) for path in paths]
    return made, made.start("look", found, page_budget=1000)


def visit(run: Run, task: Task, **values: object) -> PageVisit:
    return PageVisit(run=run, task=task, fetched_at=AT, **{"state": "listed", **values})  # type: ignore[arg-type]  # by use


def test_pages_are_spread_over_the_parts_of_a_site(tmp_path: Path) -> None:
    paths = [*(f"news/{number}" for number in range(9)), "tools/a", "tools/b", "stories/a"]
    made, run = look(tmp_path, *paths)
    leased = [task.url.removeprefix(sites.ROOT) for task in made.lease(run, 10)]
    assert leased == ["news/0", "tools/a", "stories/a", "news/1"]
    assert made.lease(run, 10) == []
    assert made.pending(run) == 4


def test_preferred_pages_come_first(tmp_path: Path) -> None:
    made, run = look(tmp_path, "a/1", "a/2", "a/3", pages=2, preferred=(f"{sites.ROOT}a/3",))
    assert [task.url[-1] for task in made.lease(run, 10)] == ["3", "1"]


def test_listings_are_asked_for_before_any_page(tmp_path: Path) -> None:
    made, run = look(tmp_path, "a")
    (page,) = made.lease(run, 1)
    made.give_back([page])
    sitemap = Found(f"{sites.ROOT}sitemap.xml", 0, "list")
    made.start("look", [sitemap], page_budget=1000)
    (listing,) = made.lease(run, 10)
    assert listing.kind == "list"
    assert made.lease(run, 10) == [], "no page while a listing is under way"
    made.ingest(visit(run, listing, found=(Found(f"{sites.ROOT}b", 1),)))
    assert [task.url[-1] for task in made.lease(run, 10)] == ["a", "b"]


def test_an_address_that_may_pass_is_tried_again(tmp_path: Path) -> None:
    made, run = look(tmp_path, "a")
    (task,) = made.lease(run, 1)
    made.ingest(visit(run, task, state="fault", retry=True))
    (again,) = made.lease(run, 1)
    assert (again.url, again.attempts) == (task.url, 1)
    assert read_seen(tmp_path) == []


def test_what_was_seen_is_read_back_with_its_body(tmp_path: Path) -> None:
    made, run = look(tmp_path, "a")
    (task,) = made.lease(run, 1)
    sha = Snapshots(tmp_path / SNAPSHOTS).put(b"<urlset/>")
    made.ingest(visit(run, task, status=200, raw_sha=sha, final_url=f"{sites.ROOT}A"))
    (seen,) = read_seen(tmp_path)
    assert (seen.url, seen.final_url, seen.body) == (task.url, f"{sites.ROOT}A", b"<urlset/>")
    assert seen.there


def test_a_part_is_named_by_the_folders_above() -> None:
    assert part_of(f"{sites.ROOT}news/2026/11/story") == "news/2026"
    assert part_of(f"{sites.ROOT}about") == part_of(sites.ROOT) == ""


def settings(home: Path, **crawl: object) -> Settings:
    return Settings.model_validate({"home": home, "crawl": {"delay": 0.0, **crawl}})


def test_a_site_is_looked_at_with_the_manners_of_a_crawl(tmp_path: Path) -> None:
    told: list[str] = []
    with SmallSite() as site:
        pages = {f"/news/{number}": sites.page(f"{number} | Rota") for number in range(5)}
        root = sites.page("Home | Rota", *pages, "http://elsewhere.example/")
        site.routes = {
            "/": root,
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /news/3\n"),
            **pages,
        }
        seen = look_at(site.root, settings(tmp_path), tmp_path, 20, told.append)
        paths = [asked.path for asked in site.asked]
        agents = {asked.headers["User-Agent"] for asked in site.asked}
    assert set(paths) >= {"/", "/robots.txt", "/sitemap.xml", "/news/0", "/news/4"}
    assert "/news/3" not in paths
    assert all(agent.startswith("Horizonscan/") for agent in agents)
    states = {one.url.removeprefix(site.root): one.state for one in seen if one.kind == "page"}
    assert states == {
        "": "read",
        **{f"news/{n}": "read" for n in (0, 1, 2, 4)},
        "news/3": "refused",
    }
    assert len(told) == len(seen)
    assert all(one.reading is not None for one in seen if one.state == "read")


def test_nobody_is_looked_at_without_a_contact_address(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="not crawled without a contact address"):
        look_at("https://www.rota.example/", settings(tmp_path), tmp_path, 1, print)
    with pytest.raises(CrawlError, match="is not an address"):
        look_at("www.rota.example", settings(tmp_path), tmp_path, 1, print)
