"""What the invented hosts answer: a pure function of the day, the address and the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

from demo import observed_at
from demo.government import UnprocessableError, content, dumps, search
from demo.market import Day, Host, Page, load_market
from demo.render import NOTICE, render_feed, render_page, render_sitemap

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
_WRITTEN = datetime(2026, 9, 1, 8, tzinfo=UTC)
"""When a page without a date of its own was last changed."""
_REWRITTEN = datetime(2026, 11, 2, 8, tzinfo=UTC)
"""When the pages that differ on day 2 were changed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, before compression and conditions."""

    status: HTTPStatus
    body: str
    content_type: str = HTML
    location: str = ""
    etag: str = ""
    last_modified: datetime | None = None


def answer(day: Day, host_name: str, target: str, visit: int) -> Reply:
    """What a host answers to a path (and query) on this day.

    `visit` counts the requests of the server, and moves nothing but the counters of viewers.
    """
    host = load_market(day).get(host_name)
    if host is None:
        return _plain(HTTPStatus.BAD_GATEWAY, f"No host '{host_name}' in this market.")
    parts = urlsplit(target)
    path = unquote(parts.path) or "/"
    if (reply := _machine_page(day, host, path, parts.query)) is not None:
        return reply
    if path in host.moved:
        new = host.base + host.moved[path]
        return Reply(HTTPStatus.MOVED_PERMANENTLY, f"Moved to {new}. {NOTICE}.", TEXT, location=new)
    page = host.page(path)
    if page is None:
        return _plain(HTTPStatus.NOT_FOUND, "Page not found.")
    if page.gone:
        return _plain(HTTPStatus.GONE, "This page has been taken down.")
    body = render_page(host, page, viewers=3 + visit * 7 % 41)
    tagged = host.validators in ("both", "etag")
    dated = host.validators in ("both", "last_modified")
    return Reply(
        HTTPStatus.OK,
        body,
        etag=f'"{_sha(body)}"' if tagged else "",
        last_modified=_last_change(day, host_name, page) if dated else None,
    )


def _machine_page(day: Day, host: Host, path: str, query: str) -> Reply | None:
    """robots.txt, sitemaps, feed and API; None for the pages that people read."""
    if path == "/robots.txt":
        return Reply(HTTPStatus.OK, _robots(host), TEXT)
    if path == "/sitemap.xml" or (path.startswith("/sitemap-") and host.sitemap == "index"):
        part = {"/sitemap.xml": "index" if host.sitemap == "index" else "all"}.get(
            path, path.removeprefix("/sitemap-").removesuffix(".xml")
        )
        body = render_sitemap(host, part, observed_at(day).date())
        return None if body is None else Reply(HTTPStatus.OK, body, XML)
    if path == "/feed/" and host.feed:
        body = render_feed(host)
        return Reply(
            HTTPStatus.OK, body, "application/rss+xml; charset=utf-8", etag=f'"{_sha(body)}"'
        )
    if path.startswith("/api/") and host.kind == "government":
        return _api(host, path, query)
    return None


def _api(host: Host, path: str, query: str) -> Reply:
    if path == "/api/search.json":
        try:
            found = search(host, parse_qs(query, keep_blank_values=True))
        except UnprocessableError as error:
            return Reply(HTTPStatus.UNPROCESSABLE_ENTITY, dumps({"error": str(error)}), JSON)
        return Reply(HTTPStatus.OK, dumps(found), JSON)
    page = host.page(path.removeprefix("/api/content"))
    if page is None or not path.startswith("/api/content/"):
        return Reply(HTTPStatus.NOT_FOUND, dumps({"message": "Not found", "notice": NOTICE}), JSON)
    if page.gone:
        return Reply(HTTPStatus.GONE, dumps({"message": "Gone", "notice": NOTICE}), JSON)
    body = dumps(content(host, page))
    return Reply(HTTPStatus.OK, body, JSON, etag=f'"{_sha(body)}"')


def _robots(host: Host) -> str:
    rules = "".join(f"Disallow: {path}\n" for path in host.disallow) or "Disallow:\n"
    return f"# {NOTICE}.\nUser-agent: *\n{rules}\nSitemap: {host.base}/sitemap.xml\n"


def _plain(status: HTTPStatus, sentence: str) -> Reply:
    body = f"<!doctype html><title>{status.phrase}</title><h1>{sentence}</h1><p>{NOTICE}.</p>"
    return Reply(status, body)


def _last_change(day: Day, host_name: str, page: Page) -> datetime:
    if day == 2 and _body(1, host_name, page.path) != _body(2, host_name, page.path):  # noqa: PLR2004
        return _REWRITTEN
    if page.published is None:
        return _WRITTEN
    return datetime(page.published.year, page.published.month, page.published.day, 8, tzinfo=UTC)


@cache
def _body(day: Day, host_name: str, path: str) -> str:
    """The page as it is without visitors: what tells whether day 2 changed it."""
    host = load_market(day).get(host_name)
    page = host.page(path) if host else None
    return "" if host is None or page is None else render_page(host, page, viewers=0)


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]
