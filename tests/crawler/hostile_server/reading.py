"""Rows about pages, listings and rules that are hostile to read."""

from __future__ import annotations

import gzip
from typing import Final

from tests.crawler.hostile_server.row import AFTER, Row, hostile, listing, robots
from tests.crawler.hostile_server.wire import (
    HTML,
    TEXT,
    XML,
    Behaviour,
    Wire,
    feed,
    page,
    plain,
    raw,
    redirect,
    silent,
)

_BOM: Final = b"\xef\xbb\xbf"


def _html(body: str | bytes, headers: dict[str, str] | None = None) -> Behaviour:
    inner = body.encode() if isinstance(body, str) else body
    title = b"<html><head><title>Rota</title></head><body><p>Rotas for wards.</p>"
    return plain(title + inner + b"</body></html>", headers=headers or HTML)


def _attributes(count: int) -> str:
    return "<p " + " ".join(f'a{number}="1"' for number in range(count)) + ">"


def _calendar() -> Row:
    """Every page leads to the next day, in ways that no pattern of addresses knows."""
    site: dict[str, Behaviour] = {
        f"/d{day}": page(f"Day {day}", links=(f"d{day + 1}", f"d{day + 1}?view=a", f"d{day + 2}"))
        for day in range(200)
    }
    walk = {"archetype": "site", "url": "{root}d0", "max_pages": 8, "sitemap": False}
    return Row("an endless calendar", {"/d0": "read", "/d9": ""}, site, walk, requests=9)


PAGES: Final = (
    _calendar(),
    hostile("80,000 attributes on one tag", "fault too_large", _html(_attributes(80_000))),
    hostile("2,000 attributes on each of three tags", "read", _html(_attributes(2_000) * 3)),
    hostile("690,000 tags", "fault too_large", _html("<b>" * 690_000)),
    hostile("100,000 nested elements", "fault timeout", _html("<div>" * 100_000)),
    hostile("20,000 links", "read", _html("".join(f"<a href=/{n}>x</a>" for n in range(20_000)))),
    hostile("a page that is too long", "fault too_large", _html("words " * 400_000)),
    hostile("an unknown charset", "read", _html("x", {"Content-Type": "text/html; charset=x-no"})),
    hostile("charset UTF-7", "read", _html("+ADw-", {"Content-Type": "text/html; charset=utf-7"})),
    hostile("bytes that are no UTF-8", "read", _html(bytes(range(128, 256)) * 20)),
    hostile(
        "UTF-16 without a mark",
        "fault unreadable",
        plain("<html><p>Rotas".encode("utf-16-le") * 50),
    ),
    hostile("NUL in the words", "read", _html("Ro\0tas are\0 planned \0<b\0>here</b>")),
    hostile("nothing but NUL", "fault unreadable", plain(b"\0" * 5000)),
    hostile("nothing", "fault empty", plain(b"")),
    hostile(
        "a picture called a page",
        "fault unreadable",
        plain(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
    ),
    hostile(
        "a film", "refused content_type", plain(b"\0" * 99, headers={"Content-Type": "video/mp4"})
    ),
    hostile(
        "JSON nested 100,000 deep",
        "fault unreadable",
        plain(b"[" * 100_000, headers={"Content-Type": "application/json"}),
    ),
    hostile(
        "data for machines nested 100,000 deep",
        "read",
        _html('<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>"),
    ),
    hostile(
        "half a surrogate pair in data for machines",
        "read",
        _html('<script type="application/ld+json">{"@type":"Product","name":"\\ud800"}</script>'),
    ),
    hostile(
        "control sequences in the title",
        "read",
        plain(b"<html><title>\x1b[2J\xe2\x80\xaeRota</title><p>Rotas for wards.</p></html>"),
    ),
)
"""Pages that are hostile to read."""

_LAUGHS: Final = (
    "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'haha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
    + "]>"
)
_QUADRATIC: Final = f"<!DOCTYPE l [<!ENTITY a '{'h' * 50_000}'>]>"
_OUTSIDE: Final = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
_GOOD_URL: Final = f"<url><loc>http://%HOST%:%PORT%{AFTER}</loc></url>"


def _urlset(before: str, inside: str) -> Behaviour:
    return plain(f"{before}<urlset>{_GOOD_URL}{inside}</urlset>".encode(), headers=XML)


def _rss(before: str, inside: str) -> Behaviour:
    item = f"<item><title>n</title><link>{AFTER}</link></item>"
    body = f"{before}<rss version='2.0'><channel><title>t</title>{item}{inside}</channel></rss>"
    return plain(body.encode(), headers=XML)


def _endless_index() -> Row:
    """Each index names the next."""

    def index(number: int) -> Behaviour:
        there = f"<sitemap><loc>http://%HOST%:%PORT%/i{number}.xml</loc></sitemap>"
        return plain(f"<sitemapindex>{there}</sitemapindex>".encode(), headers=XML)

    site = {f"/i{number}.xml": index(number + 1) for number in range(50)}
    walk = {"archetype": "sitemap", "url": "{root}i0.xml"}
    return Row("sitemap: an endless index", {"/i0.xml": "listed", "/i9.xml": ""}, site, walk)


LISTINGS: Final = (
    listing(
        "billion laughs", "sitemap", "listed", _urlset(_LAUGHS, "<url><loc>&j;</loc></url>"), "read"
    ),
    listing(
        "quadratic entities",
        "sitemap",
        "listed",
        _urlset(_QUADRATIC, f"<url><loc>{'&a;' * 20_000}</loc></url>"),
        "read",
    ),
    listing(
        "a declaration of 100 kB",
        "sitemap",
        "fault too_large",
        _urlset(_QUADRATIC.replace("h", "hh"), ""),
        "",
    ),
    listing(
        "an entity from outside",
        "sitemap",
        "listed",
        _urlset(_OUTSIDE, "<url><loc>&x;</loc></url>"),
        "read",
    ),
    listing("100,000 nested elements", "sitemap", "listed", _urlset("", "<a>" * 100_000), "read"),
    listing(
        "a bomb", "sitemap", "fault listing", plain(gzip.compress(bytes(60 * 1024 * 1024))), ""
    ),
    listing(
        "cut off gzip", "sitemap", "listed", plain(gzip.compress(b"<urlset></urlset>")[:-9]), ""
    ),
    listing("a page", "sitemap", "fault listing", page("Not found"), ""),
    listing(
        "cut off XML", "sitemap", "listed", plain(f"<urlset>{_GOOD_URL}<url><lo".encode()), "read"
    ),
    listing("NUL", "sitemap", "listed", _urlset("", "<url><loc>\0</loc></url>"), "read"),
    listing(
        "other schemes",
        "sitemap",
        "listed",
        _urlset("", "<url><loc>file:///etc/passwd</loc></url>"),
        "read",
    ),
    listing(
        "80,000 attributes", "sitemap", "fault too_large", _urlset("", _attributes(80_000)), ""
    ),
    _endless_index(),
    listing(
        "billion laughs", "feed", "listed", _rss(_LAUGHS, "<item><link>&j;</link></item>"), "read"
    ),
    listing(
        "an entity from outside",
        "feed",
        "listed",
        _rss(_OUTSIDE, "<item><link>&x;</link></item>"),
        "read",
    ),
    listing("20,000 nested elements", "feed", "listed", _rss("", "<a>" * 20_000), "read"),
    listing(
        "20,000 entries",
        "feed",
        "listed",
        _rss("", "<item><link>/n</link></item>" * 20_000),
        "read",
    ),
    listing(
        "too long", "feed", "fault listing", _rss("", "<item><link>/n</link></item>" * 80_000), ""
    ),
    listing(
        "a wrong charset",
        "feed",
        "listed",
        _rss("<?xml version='1.0' encoding='x-no'?>", ""),
        "read",
    ),
    listing("NUL", "feed", "listed", _rss("", "<item><title>\0</title></item>"), "read"),
    listing("a page", "feed", "fault listing", page("Not found"), ""),
)
"""Listings that are hostile to read."""

_NO: Final = b"User-agent: *\nDisallow: /\n"
_YES: Final = b"User-agent: *\nDisallow:\n"
_LATE_NO: Final = b"#" * 700_000 + b"\n" + _NO
_LONG_NO: Final = _NO + b"#" * 700_000


async def _wrong_first(wire: Wire) -> None:
    """Rules whose connection ends before they do."""
    await wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nUser-agent: *\nAllow: /\n")


_HOPS: Final = {f"hop{number}": redirect(f"/hop{number + 1}") for number in range(1, 12)}

ROBOTS: Final = (
    robots("200, all forbidden", "refused robots", plain(_NO, headers=TEXT)),
    robots("200, all allowed", "read", plain(_YES, headers=TEXT)),
    robots("200, empty", "read", plain(b"", headers=TEXT)),
    robots("200, a page in its place", "read", page("Not found")),
    robots(
        "200, our own group before the general",
        "read",
        plain(_NO + b"\nUser-agent: HorizonScan\nAllow: /\n", headers=TEXT),
    ),
    robots(
        "200, our own group forbids",
        "refused robots",
        plain(_YES + b"\nuser-agent: horizonscan\ndisallow: /after\n", headers=TEXT),
    ),
    robots(
        "200, the longest rule wins",
        "read",
        plain(b"User-agent: *\nDisallow: /a\nAllow: /after$\n", headers=TEXT),
    ),
    robots("200, with a mark", "refused robots", plain(_BOM + _NO, headers=TEXT)),
    robots("200, in UTF-16", "refused robots", plain(_NO.decode().encode("utf-16"), headers=TEXT)),
    robots(
        "200, with NUL", "refused robots", plain(b"\0" + _NO.replace(b":", b"\0:"), headers=TEXT)
    ),
    robots(
        "200, broken lines",
        "refused robots",
        plain(b"Disallow /x\n<html>\n\xff\xfe:\n" + _NO, headers=TEXT),
    ),
    robots("200, long, rules first", "refused robots", plain(_LONG_NO, headers=TEXT)),
    robots("200, long, rules beyond what is read", "read", plain(_LATE_NO, headers=TEXT)),
    robots(
        "200, packed",
        "refused robots",
        plain(gzip.compress(_NO), headers={**TEXT, "Content-Encoding": "gzip"}),
    ),
    robots(
        "200, a bomb",
        "refused robots",
        plain(gzip.compress(bytes(50 * 1024 * 1024)), headers={**TEXT, "Content-Encoding": "gzip"}),
    ),
    robots("200, breaks off", "refused robots", _wrong_first),
    robots(
        "301 to rules", "refused robots", redirect("/hop11", 301), hop11=plain(_NO, headers=TEXT)
    ),
    robots(
        "five redirects to rules",
        "read",
        redirect("/hop1"),
        **{**_HOPS, "hop5": plain(_YES, headers=TEXT)},
    ),
    robots("more than five redirects", "refused robots", redirect("/hop1"), **_HOPS),
    robots("redirects to itself", "refused robots", redirect("/robots.txt")),
    robots(
        "redirects to a private address",
        "refused robots",
        redirect("http://127.2.0.2:%PORT%/secret"),
    ),
    *(
        robots(str(status), "read", plain(b"no", status))
        for status in (400, 401, 403, 404, 410, 418, 451)
    ),
    *(
        robots(str(status), "refused robots", plain(b"no", status))
        for status in (429, 500, 502, 503, 599)
    ),
    robots("304 unasked", "refused robots", plain(b"", 304)),
    robots("silent", "refused robots", silent),
    robots("drops", "refused robots", raw()),
    robots("resets", "refused robots", raw(reset=True)),
)
"""robots.txt in every state of RFC 9309."""

PUBLIC_SITE: Final = {
    "/robots.txt": plain(b"User-agent: *\nDisallow:\n", headers=TEXT),
    "/one": page("One"),
    "/two": page("Two"),
    "/feed": feed(AFTER),
}
"""What the host answers that stands for a public one."""
