"""Invented sites of several platforms, as answers by path, and a look at them without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from catalogue.frontier import Found
from crawler.archetypes import Listing
from crawler.page import Page, ReadRequest
from crawler.reading import read
from crawler.survey.look import Seen
from crawler.survey.probe import Probe
from tests.crawler.small_site import Answer

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}
JSON = {"Content-Type": "application/json"}
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ROOT = "http://www.rota.example/"
WORDS = "Rota planning takes managers many hours, and this page says what was done about it. " * 6

Site = Mapping[str, Answer]


def page(title: str, *links: str, head: str = "", foot: str = "", body: str = WORDS) -> Answer:
    anchors = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    heading = title.split(" | ", maxsplit=1)[0]
    return Answer(
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<nav><ul>{anchors}</ul></nav><main><h1>{heading}</h1><p>{body}</p></main>"
        f"<footer>{foot}</footer></body></html>".encode(),
        headers=HTML,
    )


def sitemap(*paths: str, root: str = ROOT) -> Answer:
    urls = "".join(f"<url><loc>{root}{path}</loc></url>" for path in paths)
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Answer(f'<urlset xmlns="{xmlns}">{urls}</urlset>'.encode(), headers=XML)


def feed(*paths: str, root: str = ROOT) -> Answer:
    items = "".join(
        f"<item><title>{path}</title><link>{root}{path}</link><guid>{path}</guid></item>"
        for path in paths
    )
    rss = f'<rss version="2.0"><channel><title>Rota News</title>{items}</channel></rss>'
    return Answer(rss.encode(), headers={"Content-Type": "application/rss+xml"})


def supplier() -> dict[str, Answer]:
    """A supplier's site with a sitemap, structured data and a company's small print."""
    foot = "© 2026 Rota Systems Ltd. Registered in England. Book a demo."
    product = {"@type": "SoftwareApplication", "name": "Rota Wise", "description": WORDS[:80]}
    data = f'<script type="application/ld+json">{json.dumps(product)}</script>'
    products = [f"products/tool-{number}/" for number in range(4)]
    stories = [f"case-studies/trust-{number}/" for number in range(6)]
    site = {
        "/": page("Rota Systems", *products, *stories, "tag/rota/", "author/sam/", foot=foot),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /case-studies/trust-5/\n"),
        "/sitemap.xml": sitemap("", *products, *stories, "tag/rota/"),
    }
    for path in products:
        site[f"/{path}"] = page(f"{path[9:-1]} | Rota Systems", head=data, foot=foot)
    for path in stories:
        said = f"{path[13:-1]} saved 40 per cent of the hours spent on rotas. {WORDS}"
        site[f"/{path}"] = page(f"{path[13:-1]} | Rota Systems", foot=foot, body=said)
    return site


def wordpress() -> dict[str, Answer]:
    """A network's WordPress: REST interface, feed, sitemap index."""
    posts = [f"2026/11/{day:02}/story-{day}/" for day in range(1, 9)]
    head = (
        f'<link rel="https://api.w.org/" href="{ROOT}wp-json/">'
        f'<link rel="alternate" type="application/rss+xml" href="{ROOT}feed/">'
        '<meta property="og:site_name" content="Westmoor Health Innovation Network">'
    )
    index = f"<sitemapindex><sitemap><loc>{ROOT}wp-sitemap-posts.xml</loc></sitemap></sitemapindex>"
    routes = ("posts", "pages", "case-study", "media", "users", "posts/(?P<id>[0-9]+)")
    api = {
        "name": "Westmoor",
        "namespaces": ["oembed/1.0", "wp/v2"],
        "routes": {f"/wp/v2/{route}": {} for route in routes},
    }
    site = {
        "/": page("Westmoor", *posts, "category/news/", "page/2/", head=head),
        "/robots.txt": Answer(f"Sitemap: {ROOT}wp-sitemap.xml\n".encode()),
        "/wp-sitemap.xml": Answer(index.encode(), headers=XML),
        "/wp-sitemap-posts.xml": sitemap(*posts, "category/news/"),
        "/wp-json/": Answer(json.dumps(api).encode(), headers=JSON),
        "/feed/": feed(*posts[:4]),
    }
    return {**site, **{f"/{path}": page(f"Story {path}", head=head) for path in posts}}


def feed_alone() -> dict[str, Answer]:
    """A paper whose front page names its feed and links to nothing."""
    posts = [f"stories/{number}/" for number in range(12)]
    head = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    foot = "Rota Weekly News"
    site = {"/": page("Rota Weekly News", "/contact/", head=head), "/rss": feed(*posts)}
    return {**site, **{f"/{path}": page(f"{path} | Rota Weekly News", foot=foot) for path in posts}}


def linked(pages: int = 30) -> dict[str, Answer]:
    """A trust's site without sitemap or feed, whose pages are reached by turning pages."""
    foot = "Content is available under the Open Government Licence v3.0."
    name = "Northmoor NHS Trust"
    site = {}
    for number in range(0, pages, 10):
        path = "/" if number == 0 else f"/news?page={number // 10}"
        links = [f"/news/item-{one}" for one in range(number, number + 10)]
        further = f"/news?page={number // 10 + 1}"
        site[path] = page(f"News | {name}", *links, further, "/search?q=x", foot=foot)
    for number in range(pages):
        site[f"/news/item-{number}"] = page(f"Item {number} | {name}", "/", foot=foot)
    return site


def look(site: Site, url: str = ROOT, pages: int = 20) -> list[Seen]:
    """What a look at a site gives, in the order of addresses, lists first."""
    probe = Probe(url=url, pages=pages)
    waiting, asked, seen = list(probe.seeds()), set[tuple[str, str]](), list[Seen]()
    while waiting:
        waiting.sort(key=lambda found: found.kind)
        found = waiting.pop(0)
        if (found.url, found.kind) in asked:
            continue
        asked.add((found.url, found.kind))
        if found.kind == "page" and sum(one.kind == "page" for one in seen) >= pages:
            continue
        one, further = _ask(probe, site, found)
        seen.append(one)
        waiting.extend(further)
    return seen


def _ask(probe: Probe, site: Site, found: Found) -> tuple[Seen, tuple[Found, ...]]:
    host = "/".join(found.url.split("/")[:3])
    answer = site.get(found.url.removeprefix(host), Answer(b"", 404))
    kind = str(answer.headers.get("Content-Type", ""))
    seen = Seen(
        url=found.url,
        kind=found.kind,
        state="gone" if answer.status == 404 else "listed" if found.kind == "list" else "read",
        status=answer.status,
        final_url=found.url,
        content_type=kind,
        note="",
        fetched_at=AT.isoformat(),
        body=answer.body,
    )
    if found.kind == "list":
        listing = Listing(found.url, answer.body, kind, missing=answer.status == 404)
        return seen, probe.leads(listing)
    if answer.status == 404:
        return seen, ()
    request = ReadRequest(probe.extractors, "look", "VOICE_SUPPLIER", probe.url)
    reading = read(Page(found.url, answer.body, kind, AT), request)
    values = {name: getattr(seen, name) for name in Seen.__slots__}
    return Seen(**{**values, "reading": reading}), probe.follow(reading.links, found.depth)
