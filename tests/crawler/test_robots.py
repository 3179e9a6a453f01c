from __future__ import annotations

import pytest

from crawler.robots import MAX_BYTES, MAX_DELAY, Robots, sitemaps
from tests.crawler.real import real

RULES = b"User-agent: *\nDisallow: /private/\nAllow: /private/open\n"


def test_the_longest_rule_decides() -> None:
    robots = Robots.of_answer(200, RULES)
    assert robots.refusal("https://a.example/private/x") == "robots.txt forbids this address."
    assert robots.refusal("https://a.example/private/open") == ""
    assert robots.refusal("https://a.example/") == ""


def test_our_own_group_is_preferred_to_the_one_for_all() -> None:
    robots = Robots.of_answer(
        200, b"User-agent: *\nDisallow: /\n\nUser-agent: Horizonscan\nDisallow: /x\n"
    )
    assert robots.refusal("https://a.example/page") == ""
    assert robots.refusal("https://a.example/x") != ""


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_missing_file_allows_everything(status: int) -> None:
    assert Robots.of_answer(status, b"Disallow: /").refusal("https://a.example/private/") == ""


@pytest.mark.parametrize("status", [301, 302, 429, 500, 502, 503, 599])
def test_a_server_in_trouble_closes_everything(status: int) -> None:
    assert str(status) in Robots.of_answer(status, b"").refusal("https://a.example/")


def test_an_unreachable_file_closes_everything() -> None:
    assert "timeout" in Robots.unreachable("timeout").refusal("https://a.example/")


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + RULES,
        RULES.decode().encode("utf-16"),
        RULES.replace(b"\n", b"\r\n"),
        RULES.replace(b"*", b"*\0"),
        b"\xff\xfe" + RULES.decode().encode("utf-16-le"),
    ],
    ids=["utf-8 mark", "utf-16", "crlf", "nul", "utf-16-le"],
)
def test_odd_encodings_do_not_open_what_is_closed(body: bytes) -> None:
    assert Robots.of_answer(200, body).refusal("https://a.example/private/x") != ""


def test_only_the_beginning_of_a_huge_file_is_read() -> None:
    filler = b"# " + b"x" * 98 + b"\n"
    body = RULES + filler * (MAX_BYTES // len(filler) + 1) + b"Disallow: /late\n"
    robots = Robots.of_answer(200, body)
    assert robots.refusal("https://a.example/private/x") != ""
    assert robots.refusal("https://a.example/late") == ""


@pytest.mark.parametrize(
    ("said", "delay"),
    [(b"7", 7.0), (b"0.5", 0.5), (b"86400", MAX_DELAY), (b"soon", 0.0), (b"-3", 0.0)],
)
def test_crawl_delay_is_kept_within_reason(said: bytes, delay: float) -> None:
    assert Robots.of_answer(200, b"User-agent: *\nCrawl-delay: " + said).delay == delay


def test_without_rules_there_is_no_delay() -> None:
    assert Robots.of_answer(404, b"").delay == 0.0


def test_sitemaps_are_listed_once_and_absolute() -> None:
    body = b"Sitemap: /a.xml\nSITEMAP: http://a.example/a.xml\nsitemap: ftp://a.example/b.xml\n"
    assert sitemaps(body, "http://a.example/robots.txt") == ["http://a.example/a.xml"]


def test_real_files_are_understood() -> None:
    files = sorted(real("robots").iterdir())
    assert len(files) >= 200
    parsed = [Robots.of_answer(200, path.read_bytes()) for path in files]
    assert all(robots.delay <= MAX_DELAY for robots in parsed)
    assert sum(robots.refusal("https://x.example/") != "" for robots in parsed) < len(files) / 4
    assert sum(robots.refusal("https://x.example/wp-admin/") != "" for robots in parsed) > 10
