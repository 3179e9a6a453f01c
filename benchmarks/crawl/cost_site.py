"""An invented site for `benchmarks.crawl.cost`, served on loopback by a process of its own.

    python -m benchmarks.crawl.cost_site --pages 1000

Prints its root on the first line and serves until it is killed. A page is some 40 kB of HTML: a
menu of many links, styles and scripts in the page, an article of 400 to 800 words, a footer; half
of the pages have JSON-LD. Every page has an ETag, which is honoured; robots.txt names a sitemap.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SUBJECTS = [
    "The trust",
    "The clinical team",
    "Each ward",
    "The matron",
    "The radiology department",
    "The service",
    "The pharmacy",
    "A group of six practices",
    "The programme",
    "The board",
    "The rota coordinator",
]
VERBS = [
    "reviewed",
    "planned",
    "rehearsed",
    "documented",
    "discussed",
    "introduced",
    "compared",
    "measured",
    "shared",
    "evaluated",
    "described",
    "scheduled",
]
OBJECTS = [
    "the new way of working",
    "discharge letters for older patients",
    "chest images out of hours",
    "the waiting list",
    "its staffing for the winter",
    "referrals from general practice",
    "the handover at the end of each shift",
    "outpatient bookings",
    "the notes of every visit",
    "the safety case with its clinical safety officer",
    "what patients had said about the service",
]
ENDS = [
    "and found fewer delays than before",
    "over a period of twelve weeks",
    "with help from the supplier",
    "after a pause in the summer",
    "before the contract was signed",
    "in both of its hospitals",
    "and will report again in the spring",
    "because two audits had asked for it",
    "while the old system was still running",
    "without changing the electronic record",
]
NAMES = [
    "Alder",
    "Birch",
    "Cedar",
    "Damson",
    "Elm",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
]
SECTIONS = ("news", "news", "news", "case-studies", "products")
MENU = 120
"""Links in the menu of each page."""

STYLES = "".join(
    f".block-{number}{{margin:0 auto;padding:{number}px;color:#0{number % 10}5eb8;"
    f"display:grid;grid-template-columns:repeat({number % 4 + 1},1fr)}}\n"
    for number in range(80)
)
SCRIPT = "".join(
    f"window.layer.push({{event:'view',slot:{number},deferred:true}});\n" for number in range(120)
)


def paths(pages: int) -> list[str]:
    """The paths of the site, front page first."""
    return ["/", *(f"/{SECTIONS[n % len(SECTIONS)]}/{n}" for n in range(1, pages))]


def site(pages: int, root: str) -> dict[str, bytes]:
    """All pages by path."""
    known = paths(pages)
    return {path: _page(number, path, known, root).encode() for number, path in enumerate(known)}


def _page(number: int, path: str, known: list[str], root: str) -> str:
    words = random.Random(number)  # noqa: S311 - words, not secrets
    name = f"{words.choice(NAMES)} {words.choice(NAMES)} {number}"
    day = date(2025, 1, 1) + timedelta(days=number % 600)
    title = f"{name}: {words.choice(OBJECTS)}"
    menu = "".join(
        f'<li class="menu-item menu-item-{n}"><a class="menu-link block-{n % 80}" '
        f'href="{known[n % len(known)]}"><span>Part {n} of our work</span></a></li>\n'
        for n in range(1, MENU)
    )
    near = [known[words.randrange(len(known))] for _ in range(8)]
    cards = "".join(
        f'<div class="card block-{n}"><img src="/i/{n}.jpg" alt="" loading="lazy" width="300">'
        f'<h3><a href="{other}">Another story</a></h3><p>{_sentence(words)}</p></div>\n'
        for n, other in enumerate(near)
    )
    data = ""
    if number % 2:
        told = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": day.isoformat(),
            "publisher": {"@type": "Organization", "name": "Alderway Digital Ltd"},
        }
        data = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} | Alderway Digital</title>
<meta name="description" content="{_sentence(words)}"><meta property="og:title" content="{title}">
<meta name="viewport" content="width=device-width"><link rel="canonical" href="{root}{path}">
<style>{STYLES}</style>{data}<script>{SCRIPT}</script></head>
<body class="page"><a class="skip-link" href="#main">Skip to content</a>
<header role="banner"><a class="logo" href="/">Alderway Digital</a>
<nav aria-label="Main"><ul>{menu}</ul></nav></header>
<div class="cookie-banner"><p>We use cookies to make this site work.</p>
<button>Accept</button></div>
<main id="main"><article><h1>{title}</h1><p class="date">{day:%d %B %Y}</p>
{_article(words)}
</article><section class="related"><h2>Related stories</h2>{cards}</section></main>
<footer><div class="columns"><ul>{menu[: len(menu) // 4].rpartition("<li")[0]}</ul></div>
<p>Alderway Digital Ltd, 1 Invented Street, Leeds. Registered in England.</p></footer>
<script>{SCRIPT[: len(SCRIPT) // 2]}</script></body></html>
"""


def _article(words: random.Random) -> str:
    length = words.randint(400, 800)
    parts: list[str] = []
    while length > 0:
        told = " ".join(_sentence(words) for _ in range(words.randint(3, 6)))
        length -= len(told.split())
        parts.append(f'<div class="wp-block"><p class="lead">{told}</p></div>')
        if words.random() < 0.25:
            parts.append(f"<h2>{words.choice(OBJECTS).capitalize()}</h2>")
    parts.append("<ul>" + "".join(f"<li>{_sentence(words)}</li>" for _ in range(4)) + "</ul>")
    return "\n".join(parts)


def _sentence(words: random.Random) -> str:
    choose = words.choice
    return f"{choose(SUBJECTS)} {choose(VERBS)} {choose(OBJECTS)} {choose(ENDS)}."


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    bodies: Mapping[str, tuple[str, bytes]] = {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer with the page, or that it has not changed."""
        kind, body = self.server.bodies.get(self.path, ("", b""))
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = bool(kind) and self.headers.get("If-None-Match") == tag
        status = HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK if kind else 404
        self.send_response(status)
        self.send_header("ETag", tag)
        if not known:
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


def main() -> None:
    """Serve the site until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    given = parser.parse_args()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        root = f"http://127.0.0.1:{server.server_port}"
        pages = site(given.pages, root)
        listed = "".join(f"<url><loc>{root}{path}</loc></url>" for path in pages)
        server.bodies = {
            "/robots.txt": ("text/plain", f"Sitemap: {root}/sitemap.xml\n".encode()),
            "/sitemap.xml": ("application/xml", f"<urlset>{listed}</urlset>".encode()),
            **{path: ("text/html; charset=utf-8", body) for path, body in pages.items()},
        }
        print(f"{root}/", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
