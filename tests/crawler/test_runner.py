from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalogue.errors import CrawlError
from catalogue.settings import load
from crawler.handler import KEPT
from crawler.runner import require_contact
from crawler.settings import IN_FLIGHT
from crawler.snapshots import Snapshots
from crawler.source import Source
from demo.server import MarketServer
from tests.crawler.conftest import ROOT, Crawl, source
from tests.crawler.real import real
from tests.crawler.small_site import Answer, SmallSite, page

HTML = {"Content-Type": "text/html"}


def by_url(result: dict[str, object]) -> dict[str, dict[str, object]]:
    visits = result["visits"]
    assert isinstance(visits, list)
    return {visit["url"]: visit for visit in visits}


@pytest.mark.slow
def test_a_site_is_walked_by_its_sitemaps_and_its_links(crawl: Crawl, tmp_path: Path) -> None:
    with SmallSite() as site:
        root = site.root
        urlset = (
            f"<urlset><url><loc>{root}listed</loc></url><url><loc>{root}a.pdf</loc></url></urlset>"
        )
        index = f"<sitemapindex><sitemap><loc>{root}s.xml.gz</loc></sitemap></sitemapindex>"
        own = f'<html><head><link rel="canonical" href="{root}own"></head></html>'.encode()
        site.routes = {
            "/robots.txt": Answer(f"Sitemap: {root}index.xml".encode()),
            "/index.xml": Answer(index.encode(), headers={"Content-Type": "application/xml"}),
            "/s.xml.gz": Answer(
                gzip.compress(urlset.encode()), headers={"Content-Type": "application/gzip"}
            ),
            "/": page("Start", "one", "one#part", "own?ref=2", "logo.png", "http://x.example/"),
            "/one": page("One", "two"),
            "/two": page("Two", "three"),
            "/three": page("Three", "four"),
            "/listed": page("Listed"),
            "/own?ref=2": Answer(own, headers=HTML),
            "/own": Answer(own, headers=HTML),
        }
        result = crawl([source(site, max_depth=2)])
    visits = by_url(result)
    states = {url.removeprefix(root): visit["state"] for url, visit in visits.items()}
    assert states == {
        "": "read",
        "robots.txt": "listed",
        "index.xml": "listed",
        "s.xml.gz": "listed",
        "listed": "read",
        "one": "read",
        "two": "read",
        "own?ref=2": "read",
        "own": "read",
    }
    assert len(result["visits"]) == len(visits), "no address is visited twice"
    assert visits[f"{root}own?ref=2"]["final_url"] == f"{root}own"
    assert result["ended"] == {"rota": ["finished", ""]}
    assert result["most_leased"] <= IN_FLIGHT
    tally = result["last"]["sources"][0]
    assert (tally["visited"], tally["read"], tally["listed"], tally["pending"]) == (9, 6, 3, 0)
    kept = Snapshots(tmp_path / "snapshots")
    for visit in visits.values():
        assert hashlib.sha256(kept.get(str(visit["raw_sha"]))).hexdigest() == visit["raw_sha"]


@pytest.mark.slow
def test_no_more_pages_than_allowed_are_visited(crawl: Crawl) -> None:
    links = [f"p{number}" for number in range(30)]
    with SmallSite({"/": page("Start", *links)}) as site:
        site.routes |= {f"/{link}": page(link) for link in links}
        result = crawl([source(site, max_pages=5)])
    pages = [visit for visit in result["visits"] if visit["kind"] == "page"]
    assert len(pages) == 5
    assert result["ended"]["rota"] == ["finished", ""]


@pytest.mark.slow
def test_a_menu_that_is_on_every_page_is_put_on_the_frontier_once(crawl: Crawl) -> None:
    menu = ("one", "two", "three", "guide.pdf")
    with SmallSite() as site:
        pages = {f"/{name}": page(name.title(), *menu) for name in ("one", "two", "three")}
        site.routes = {"/": page("Start", *menu), **pages, "/guide.pdf": Answer(b"", 404)}
        result = crawl([source(site)])
        visits = by_url(result)
        assert {f"{site.root}{name}" for name in menu[:3]} < visits.keys()
    found = [url for visit in result["visits"] for url in visit["found"] if "sitemap" not in url]
    assert len(found) == len(set(found)) > 0


@pytest.mark.slow
def test_a_host_is_visited_over_few_connections(crawl: Crawl) -> None:
    names = [f"p{number}" for number in range(40)]
    with SmallSite() as site:
        pages = {f"/{name}": page(name.title()) for name in names}
        site.routes = {"/": page("Start", *names), **pages}
        assert len(crawl([source(site)])["visits"]) > len(names)
    assert site.connections <= KEPT


@pytest.mark.slow
def test_one_polite_slot_is_shared_by_all_sources_of_a_host(crawl: Crawl) -> None:
    feed = (
        "<rss version='2.0'><channel><title>t</title><item><link>/n{}</link></item></channel></rss>"
    )
    with SmallSite({"/": page("Start", "a"), "/a": page("A"), "/n1": page("News")}) as site:
        site.routes["/feed"] = Answer(feed.format(1).encode(), headers={"Content-Type": "text/xml"})
        sources = [source(site), source(site, "news")]
        sources[1]["walk"] = {"archetype": "feed", "url": f"{site.root}feed"}
        for one in sources:  # crawl.delay is for others' computers: a source's own holds here too
            one["walk"]["delay"] = 0.4
        result = crawl(sources)
    assert result["ended"] == {"rota": ["finished", ""], "news": ["finished", ""]}
    gaps = [later - earlier for earlier, later in itertools.pairwise(site.times())]
    assert len(gaps) >= 5
    assert min(gaps) >= 0.3, gaps


@pytest.mark.slow
def test_no_address_is_odd_enough_to_end_a_crawl(crawl: Crawl) -> None:
    odd = [
        "http://a..b.example/",
        f"http://{'x' * 70}.example/",
        f"http://{'x.' * 130}example/",
        "http://under_score.example/",
        "http://ex%61mple.example/",
        "http://a%00b.example/",
        "http://1.2.3.4.5/",
        "http://[2606:4700::1111]/",
        "http://☃.example/",
        "http://xn--.example/",
        "http://-a-.example/",
        "http://user:word@host.example/",
        "http://host.example:0/",
        "http://*.example/",
        "http://host.example/%zz?%",
    ]
    items = "".join(f"<item><link>{address}</link></item>" for address in odd)
    items += "".join(f"<item><link>/to{number}</link></item>" for number in range(len(odd)))
    items += "<item><link>/n</link></item>"
    feed = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
    with SmallSite({"/n": page("News")}) as site:
        site.routes["/feed"] = Answer(feed.encode(), headers={"Content-Type": "text/xml"})
        for number, address in enumerate(odd):
            location = {"Location": address.encode("utf-8").decode("latin-1")}
            site.routes[f"/to{number}"] = Answer(b"", 302, headers=location)
        walked = {**source(site), "walk": {"archetype": "feed", "url": f"{site.root}feed"}}
        result = crawl([walked], crawl={"timeout": 3.0})
    assert result["error"] == ""
    states = {visit["url"]: visit["state"] for visit in result["visits"]}
    assert states[f"{site.root}n"] == "read"
    assert set(states.values()) <= {"read", "listed", "refused", "fault"}
    assert result["ended"]["rota"][0] == "finished"


@pytest.mark.slow
def test_a_longer_crawl_delay_is_kept(crawl: Crawl) -> None:
    robots = Answer(b"User-agent: *\nCrawl-delay: 1\n")
    with SmallSite({"/robots.txt": robots, "/": page("Start", "a"), "/a": page("A")}) as site:
        crawl([source(site, sitemap=False)])
    gaps = [later - earlier for earlier, later in itertools.pairwise(site.times())]
    assert len(gaps) == 2
    assert min(gaps) >= 0.98, gaps


@pytest.mark.slow
def test_a_catalogue_that_cannot_be_written_ends_the_crawl(crawl: Crawl) -> None:
    links = [f"p{number}" for number in range(20)]
    with SmallSite({"/": page("Start", *links)}) as site:
        site.routes |= {f"/{link}": page(link) for link in links}
        result = crawl([source(site)], fails_at=f"{site.root}p3")
    assert "no space left on device" in result["error"]
    assert f"{site.root}p3" in result["given_back"]
    assert result["ended"] == {}


@pytest.mark.slow
def test_a_source_that_gives_less_than_expected_fails_its_run(crawl: Crawl) -> None:
    with SmallSite({"/": page("Start")}) as site:
        expecting = {**source(site), "expect": {"documents": {"min": 3}}}
        result = crawl([expecting])
    assert result["ended"]["rota"] == ["failed", "1 documents, at least 3 expected."]


@pytest.mark.slow
def test_a_host_that_is_down_is_given_up(crawl: Crawl) -> None:
    with SmallSite() as site:
        address = site.root
    result = crawl([source(address)])
    state, note = result["ended"]["rota"]
    assert state == "failed"
    assert "cannot be reached" in note


@pytest.mark.slow
def test_a_stop_signal_gives_back_what_was_leased(tmp_path: Path) -> None:
    links = [f"p{number}" for number in range(50)]
    with SmallSite({"/": page("Start", *links)}) as site:
        site.routes |= {f"/{link}": page(link) for link in links}
        slow = source(site)
        slow["walk"]["delay"] = 3.0  # crawl.delay does not hold on one's own computer
        order = {"settings": {"home": str(tmp_path)}, "sources": [slow]}
        with subprocess.Popen(
            [sys.executable, "-m", "tests.crawler.drive"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps(order).encode())
            child.stdin.close()
            deadline = time.monotonic() + 30
            while len(site.asked) < 2 and time.monotonic() < deadline:
                time.sleep(0.05)
            began = time.monotonic()
            child.terminate()
            result = json.loads(child.stdout.read())
            assert child.wait(10) == 0
            assert time.monotonic() - began < 3.0, "waiting requests are dropped"
    assert result["ended"] == {}
    assert 1 <= len(result["given_back"]) <= IN_FLIGHT
    assert result["last"]["sources"][0]["state"] == "postponed"


@pytest.mark.slow
def test_a_proxy_answers_for_hosts_that_do_not_exist(crawl: Crawl) -> None:
    with MarketServer(day=1) as market:
        walked = source("http://www.rotaflow.example/")
        result = crawl([walked], crawl={"proxy": market.address})
    assert result["error"] == ""
    assert result["ended"]["rota"][0] == "finished"
    assert sum(visit["state"] == "read" for visit in result["visits"]) >= 4


@pytest.mark.slow
def test_a_proxy_on_loopback_does_not_open_loopback(crawl: Crawl) -> None:
    with SmallSite({"/secret": page("Secret")}) as secret, SmallSite() as proxy:
        redirect = Answer(b"", 302, headers={"Location": f"{secret.root}secret"})
        proxy.routes = {"http://www.rota.example/": redirect}
        result = crawl(
            [source("http://www.rota.example/", sitemap=False)], crawl={"proxy": proxy.root}
        )
        assert secret.asked == []
        assert all("127.0.0.1" not in asked.path for asked in proxy.asked)
    assert result["visits"][0]["fault"] == "address"


@pytest.mark.slow
def test_a_real_site_is_walked_whole(crawl: Crawl) -> None:
    folder = real("nhse-datascience") / "site"

    with SmallSite() as site:
        for path in folder.rglob("*"):
            if path.is_file():
                body = path.read_bytes().replace(b"http://127.0.0.1:8741/", site.root.encode())
                kind = {".html": "text/html", ".xml": "application/xml"}.get(
                    path.suffix, "text/plain"
                )
                relative = path.relative_to(folder).as_posix()
                address = "/" + relative.removesuffix("index.html")
                site.routes[address] = Answer(body, headers={"Content-Type": kind})
        result = crawl([source(site)])
    read = [visit for visit in result["visits"] if visit["state"] == "read"]
    assert len(read) >= 118
    assert not any("/our_work/tags/" in asked.path for asked in site.asked)


@pytest.mark.parametrize(
    ("url", "proxy", "refused"),
    [
        ("https://www.nhs.uk/", "", True),
        ("https://www.nhs.uk/", "http://127.0.0.1:8080", True),
        ("http://www.rota.example/", "", True),
        ("http://www.rota.example/", "http://proxy.trust.nhs.uk:8080", True),
        ("http://www.rota.example/", "http://127.0.0.1:8080", False),
        ("http://127.0.0.1:8741/", "", False),
        ("http://localhost:8741/", "", False),
    ],
)
def test_nobody_is_visited_without_a_contact(
    tmp_path: Path, url: str, proxy: str, refused: bool
) -> None:
    sources = [Source.model_validate(source(url))]
    settings = load(tmp_path, env={}, overrides={"crawl": {"proxy": proxy}})
    if refused:
        with pytest.raises(CrawlError, match="HORIZON_CRAWL__CONTACT"):
            require_contact(sources, settings)
    else:
        require_contact(sources, settings)
    known = load(tmp_path, env={}, overrides={"crawl": {"contact": "a@b.nhs.uk"}})
    require_contact(sources, known)
