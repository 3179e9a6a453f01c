"""One crawl over many small hosts shows what the middlewares let through and what they stop."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Headers

from crawler.middlewares import media_type, retry_after
from tests.crawler.conftest import Crawl, crawl_once, source
from tests.crawler.small_site import Answer, Asked, SmallSite, page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.2 and its neighbours"),
]

HTML = {"Content-Type": "text/html"}
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
ALLOW_ALL = Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"})


@dataclass
class Hosts:
    """The hosts of the crawl, by what they are for, and what came of it."""

    main: SmallSite
    secret: SmallSite
    closed: SmallSite
    busy: SmallSite
    absent: SmallSite
    flaky: SmallSite
    moved: SmallSite
    result: dict[str, Any]

    def visits(self, site: SmallSite, path: str = "") -> list[dict[str, Any]]:
        return [visit for visit in self.result["visits"] if visit["url"] == f"{site.root}{path}"]

    def visit(self, site: SmallSite, path: str = "") -> dict[str, Any]:
        (visit,) = self.visits(site, path)
        return visit


def _main_site(secret: SmallSite, main: SmallSite) -> dict[str, Answer]:
    port = secret.root.rsplit(":", 1)[1].strip("/")
    hidden = {
        "to-plain": f"http://127.0.0.2:{port}/secret",
        "to-decimal": f"http://2130706434:{port}/secret",
        "to-hex": f"http://0x7f000002:{port}/secret",
        "to-short": f"http://127.2:{port}/secret",
        "to-name": f"http://localhost:{port}/secret",
        "to-file": "file:///etc/passwd",
        "to-loop": f"{main.root}to-loop",
        "to-good": f"{main.root}good",
    }
    paths = [*hidden, "big", "film", "long", "packed", "changed", "same", "private/x", "cut"]
    return {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private/\n"),
        "/": page("Start", *paths, "missing", "withdrawn", "empty"),
        "/good": page("Good"),
        "/big": Answer(b"<html>" + b"x" * 300_000, headers=HTML),
        "/packed": Answer(
            gzip.compress(b"<html>" + b"x" * 300_000),
            headers={**HTML, "Content-Encoding": "gzip"},
        ),
        "/cut": Answer(
            b"<html>half", headers={**HTML, "Content-Length": "5000", "Connection": "close"}
        ),
        "/film": Answer(b"\0" * 100, headers={"Content-Type": "video/mp4"}),
        "/private/x": page("Private"),
        "/empty": Answer(b" \n", headers=HTML),
        "/withdrawn": Answer(b"gone", 410),
        "/changed": Answer(page("Changed").body, headers={**HTML, "ETag": '"new"'}),
        **{
            f"/{path}": Answer(b"", 302, headers={"Location": target})
            for path, target in hidden.items()
        },
    }


def _not_modified(asked: list[Asked]) -> Answer:
    del asked
    return Answer(b"", 304, headers={"ETag": '"same"'})


def _busy_once(asked: list[Asked]) -> Answer:
    return page("Busy") if asked else Answer(b"", 429, headers={"Retry-After": "2"})


def _broken_once(asked: list[Asked]) -> Answer:
    return page("Mended") if asked else Answer(b"", 500)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    with ExitStack() as stack:

        def serve(number: int, routes: dict[str, Any] | None = None) -> SmallSite:
            return stack.enter_context(SmallSite(routes, f"127.0.0.{number}"))

        main, secret = serve(1), serve(2, {"/secret": page("Secret"), "/robots.txt": ALLOW_ALL})
        main.routes = {**_main_site(secret, main), "/same": _not_modified}
        closed = serve(3, {"/robots.txt": Answer(b"", 503), "/": page("Closed")})
        busy = serve(4, {"/robots.txt": ALLOW_ALL, "/": _busy_once})
        away = Answer(b"", 503, headers={"Retry-After": "3600"})
        absent = serve(5, {"/robots.txt": ALLOW_ALL, "/": away})
        broken = page("Start", "mended", "broken")
        flaky = serve(6, {"/": broken, "/mended": _broken_once, "/broken": Answer(b"", 500)})
        moved = serve(7, {"/robots.txt": Answer(b"", 301, headers={"Location": "/rules"})})
        moved.routes |= {
            "/rules": Answer(b"User-agent: horizonscan\nDisallow: /\n"),
            "/": page("Moved"),
        }
        sources = [
            source(main, "main", sitemap=False),
            *(
                source(site, name, sitemap=False)
                for name, site in (
                    ("closed", closed),
                    ("busy", busy),
                    ("absent", absent),
                    ("flaky", flaky),
                    ("moved", moved),
                )
            ),
        ]
        remembered = {
            f"{main.root}same": {"etag": '"same"', "text_sha": "0" * 64},
            f"{main.root}changed": {
                "etag": '"old"',
                "last_modified": "Mon, 05 Oct 2026 09:00:00 GMT",
                "text_sha": "0" * 64,
            },
        }
        home: Path = tmp_path_factory.mktemp("middlewares")
        result = crawl_once(
            home,
            sources,
            remembered=remembered,
            crawl={"max_bytes": 200_000, "contact": "people@rota.example"},
        )
        assert result["error"] == ""
        yield Hosts(main, secret, closed, busy, absent, flaky, moved, result)


@pytest.mark.parametrize("path", ["to-plain", "to-decimal", "to-hex", "to-short", "to-name"])
def test_a_redirect_to_a_private_machine_is_refused(hosts: Hosts, path: str) -> None:
    visit = hosts.visit(hosts.main, path)
    assert (visit["state"], visit["fault"], visit["retry"]) == ("refused", "address", False)
    assert hosts.secret.asked == []


def test_a_redirect_to_a_file_is_not_followed(hosts: Hosts) -> None:
    visit = hosts.visit(hosts.main, "to-file")
    assert (visit["state"], visit["status"]) == ("fault", 302)


def test_a_redirect_loop_ends(hosts: Hosts) -> None:
    assert hosts.visit(hosts.main, "to-loop")["fault"] == "redirect"
    assert len(hosts.main.times("/to-loop")) <= 7


def test_a_redirect_within_the_site_is_followed_and_recorded(hosts: Hosts) -> None:
    visit = hosts.visit(hosts.main, "to-good")
    assert (visit["state"], visit["final_url"]) == ("read", f"{hosts.main.root}good")


@pytest.mark.parametrize("path", ["big", "packed"])
def test_what_is_too_large_is_cut_off(hosts: Hosts, path: str) -> None:
    visit = hosts.visit(hosts.main, path)
    assert (visit["state"], visit["fault"], visit["raw_sha"]) == ("fault", "too_large", "")


def test_an_answer_that_breaks_off_is_tried_once_more(hosts: Hosts) -> None:
    first, second = hosts.visits(hosts.main, "cut")
    assert (first["fault"], first["retry"]) == ("connection", True)
    assert (second["fault"], second["retry"]) == ("connection", False)


def test_a_type_that_is_not_read_is_refused(hosts: Hosts) -> None:
    visit = hosts.visit(hosts.main, "film")
    assert (visit["state"], visit["fault"]) == ("refused", "content_type")
    assert "video/mp4" in visit["note"]


def test_what_robots_txt_forbids_is_never_asked_for(hosts: Hosts) -> None:
    visit = hosts.visit(hosts.main, "private/x")
    assert (visit["state"], visit["fault"]) == ("refused", "robots")
    assert hosts.main.times("/private/x") == []


def test_missing_withdrawn_and_empty_pages_are_told_apart(hosts: Hosts) -> None:
    assert hosts.visit(hosts.main, "missing")["state"] == "gone"
    assert hosts.visit(hosts.main, "withdrawn")["status"] == 410
    assert hosts.visit(hosts.main, "empty")["fault"] == "empty"


def test_validators_are_sent_and_304_is_understood(hosts: Hosts) -> None:
    visit = hosts.visit(hosts.main, "same")
    assert (visit["state"], visit["status"], visit["raw_sha"]) == ("not_modified", 304, "")
    (asked,) = [asked for asked in hosts.main.asked if asked.path == "/changed"]
    assert asked.headers["If-None-Match"] == '"old"'
    assert asked.headers["If-Modified-Since"] == "Mon, 05 Oct 2026 09:00:00 GMT"
    assert hosts.visit(hosts.main, "changed")["etag"] == '"new"'


def test_pages_never_read_are_asked_for_without_conditions(hosts: Hosts) -> None:
    (asked,) = [asked for asked in hosts.main.asked if asked.path == "/good"][:1]
    assert asked.headers["If-None-Match"] is None


def test_we_say_who_we_are_and_send_no_cookies(hosts: Hosts) -> None:
    for asked in hosts.main.asked:
        assert asked.headers["User-Agent"].startswith("Horizonscan/")
        assert "(+people@rota.example)" in asked.headers["User-Agent"]
        assert asked.headers["Cookie"] is None
        assert asked.headers["Referer"] is None


def test_robots_txt_is_asked_for_once_and_first(hosts: Hosts) -> None:
    assert len(hosts.main.times("/robots.txt")) == 1
    assert hosts.main.asked[0].path == "/robots.txt"


def test_a_server_in_trouble_is_left_alone(hosts: Hosts) -> None:
    assert [asked.path for asked in hosts.closed.asked] == ["/robots.txt"]
    visit = hosts.visit(hosts.closed)
    assert (visit["state"], visit["fault"]) == ("refused", "robots")
    state, note = hosts.result["ended"]["closed"]
    assert state == "failed"
    assert "503" in note


def test_the_rules_behind_a_redirect_count(hosts: Hosts) -> None:
    assert [asked.path for asked in hosts.moved.asked] == ["/robots.txt", "/rules"]
    assert hosts.visit(hosts.moved)["fault"] == "robots"


def test_retry_after_is_waited_for(hosts: Hosts) -> None:
    first, second = hosts.visits(hosts.busy)
    assert (first["fault"], first["retry"]) == ("http_429", True)
    assert second["state"] == "read"
    earlier, later = hosts.busy.times("/")
    assert later - earlier >= 2.0


def test_a_host_that_asks_for_an_hour_is_left_for_another_time(hosts: Hosts) -> None:
    assert len(hosts.absent.times("/")) == 1
    assert "absent" not in hosts.result["ended"], "the run stays open, to be gone on with"
    assert hosts.result["given_back"] == [hosts.absent.root]
    (tally,) = [one for one in hosts.result["last"]["sources"] if one["source"] == "absent"]
    assert tally["state"] == "postponed"
    assert tally["pending"] == 1
    assert "127.0.0.5 asks to be left alone" in tally["note"]
    until = datetime.fromisoformat(hosts.result["postponed"]["absent"])
    left = (until - datetime.now(UTC)).total_seconds()
    assert 3000 < left < 3600, "the source is not due before"


def test_a_host_has_a_budget_that_its_sources_share(crawl: Crawl) -> None:
    routes = {f"/{name}": page(name) for name in "abcdef"}
    with SmallSite({"/robots.txt": ALLOW_ALL, "/": page("Start", *"abcdef"), **routes}) as site:
        sources = [source(site, name, sitemap=False) for name in ("rota", "other")]
        result = crawl(sources, crawl={"host_requests": 5})
        assert len(site.asked) == 5
    assert result["ended"] == {}
    assert set(result["postponed"]) == {"rota", "other"}
    (note,) = {tally["note"] for tally in result["last"]["sources"]}
    assert note == "127.0.0.1 has had the 5 requests of crawl.host_requests."


COMFORT = " ".join(f"comfort-{number}" for number in range(60))


class Everything(dict[str, Any]):
    """Routes of a site that has an answer for every address."""

    def get(self, path: str, default: Any = None) -> Any:  # noqa: ANN401 (a dict's)
        """The route, else the page for those who are lost."""
        del default
        return (
            self[path]
            if path in self
            else page("Rota", words=f"Lost? {path} is not ours. {COMFORT}")
        )


def test_a_known_page_that_became_any_page_is_a_fault_or_gone(
    tmp_path: Path,
) -> None:
    moved = Answer(b"", 302, headers={"Location": "/"})
    with SmallSite() as site:
        site.routes = Everything(
            {
                "/robots.txt": ALLOW_ALL,
                "/": page("Start", "known", "lost", "away", "new"),
                "/known": page("Known", words="Says something new."),
                "/away": moved,
                "/new": page("New"),
            }
        )
        names = ("known", "lost", "away")
        known = {f"{site.root}{name}": {"text_sha": "0" * 64} for name in names}
        result = crawl_once(tmp_path, [source(site, sitemap=False)], remembered=known)
        visits = {visit["url"].removeprefix(site.root): visit for visit in result["visits"]}
        assert visits["known"]["state"] == "read"
        assert (visits["lost"]["state"], visits["lost"]["fault"]) == ("fault", "soft_404")
        assert (visits["away"]["state"], visits["away"]["fault"]) == ("gone", "")
        nonsense = [asked for asked in site.asked if asked.path.startswith("/no-such-page-")]
        assert len(nonsense) == 1, "each host is asked once in a crawl"


def test_a_passing_fault_is_tried_once_more_and_no_oftener(hosts: Hosts) -> None:
    mended = hosts.visits(hosts.flaky, "mended")
    assert [visit["state"] for visit in mended] == ["fault", "read"]
    broken = hosts.visits(hosts.flaky, "broken")
    assert [(visit["fault"], visit["retry"]) for visit in broken] == [
        ("http_500", True),
        ("http_500", False),
    ]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 05 Oct 2026 09:00:30 GMT", 30.0),
        ("Mon, 05 Oct 2026 08:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_has_two_forms(said: str, seconds: float | None) -> None:
    assert retry_after(Headers({"Retry-After": said}), NOW) == seconds


def test_a_media_type_is_told_without_its_parameters() -> None:
    assert media_type(Headers({"Content-Type": "Text/HTML; charset=utf-8"})) == "text/html"
    assert media_type(Headers({})) == ""
