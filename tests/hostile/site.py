"""A market whose every page was written to do harm: what it answers on each of two days.

Each string stands in every place of a page that is read: title, headings, data for machines,
prices, labels, sentences with figures, names of links, addresses, and values of headers. A place
that would not be read if it were wholly hostile (a sentence without a figure is no claim) holds
the string among plain words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from itertools import cycle
from urllib.parse import quote

from tests.crawler.small_site import Answer, Routes

_BINARY = dict.fromkeys((*range(9), 127), "\N{REPLACEMENT CHARACTER}")
"""Bytes that make a page no text, and so not read; its data for machines may name them."""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{raw}</title>
<meta name="description" content="{text}"><meta property="og:site_name" content="{text}">
<meta property="article:published_time" content="{text}"><meta name="author" content="{text}">
<script type="application/ld+json">{data}</script></head>
<body><nav><a href="/">{text}</a></nav><main>
<h1>{referred}</h1>
<p>{raw} plans rotas for wards, and this paragraph is a sentence about it that ends here.</p>
<h2>Features</h2><ul><li>{raw}</li><li>Plans {text} and fills shifts</li></ul>
<h2>Key facts</h2>
<dl><dt>Price</dt><dd>{raw} £{price} per user per month</dd><dt>Version</dt><dd>{raw}</dd>
<dt>Integrates with</dt><dd>{raw}; EMIS {text}</dd><dt>Care settings</dt><dd>{text}</dd>
<dt>Data hosting</dt><dd>UK {text}</dd><dt>{raw}</dt><dd>{text}</dd></dl>
<p>{text} saves up to 2 hours per week for ward clerks {raw}.</p>
<p>Westmarch {text} NHS Trust uses it on every ward since 2025 {raw}.</p>
<p>An evaluation of 40 wards {text} found that the diary fell from 9 hours to 4 hours {raw}.</p>
<p>DSPT {text}: standards met. Formerly called Rota{text}.</p>
<p><a href="/products/{next}" title="{text}">{raw}</a> <a href="{address}">{referred}</a>
<a href="javascript:{text}">there</a></p>
</main></body></html>
"""


def routes(strings: Sequence[str], root: str, *, day: int) -> Routes:
    """What a market of these strings answers at `root` on day 1 or 2.

    A page of a tool for each string, and for some a case study and news; names, prices and
    versions are others on day 2, so that changes are told, too.
    """
    found: dict[str, Answer] = {}
    for number, text in enumerate(strings):
        other = strings[(number + day) % len(strings)]
        page = _page(text, other, number, day, root)
        answer = Answer(page, headers=_headers(text, f"{day}-{number}"))
        found[f"/products/{number}"] = answer
        if number % 16 == 0:
            found[f"/case-studies/{number}"] = found[f"/news/{number}"] = answer
    found["/"] = Answer(_start(strings, found), headers=_headers(strings[0], "start"))
    found["/moved"] = Answer(status=302, headers={"Location": _latin("/products/\x1b[2J\x9b1m")})
    found["/robots.txt"] = Answer(_robots(strings, root), headers={"Content-Type": "text/plain"})
    found["/sitemap.xml"] = Answer(_sitemap(strings, root), headers={"Content-Type": "text/xml"})
    return found


def _page(text: str, other: str, number: int, day: int, root: str) -> bytes:
    data = {
        "@type": ["SoftwareApplication", text],
        "name": f"{other} {number}",
        "description": text,
        "featureList": [text, f"{other}; {text}"],
        "softwareVersion": f"{text} {day}",
        "applicationCategory": text,
        "url": f"{root}products/{number}",
        "offers": {"@type": "Offer", "description": f"{text} £{day}", "priceCurrency": text},
        "provider": {"@type": "Organization", "name": f"{text} House", "identifier": text},
    }
    words = text.translate(_BINARY)
    page = PAGE.format(
        raw=words.replace("<", "&lt;"),
        text=escape(words),
        referred="".join(f"&#{ord(letter)};" for letter in f"{other} {number}"),
        data=json.dumps(data).replace("<", "\\u003c"),
        price=day + 2,
        next=number + 1,
        address=f"/moved#{escape(words)}",
    )
    return page.encode("utf-8", "surrogatepass")


def _start(strings: Sequence[str], paths: Iterable[str]) -> bytes:
    links = "".join(
        f'<p>{escape(text)} <a href="{path}">{escape(text)}</a>.</p>'
        for path, text in zip(paths, cycle(strings), strict=False)
    )
    html = f"<html><head><title>Start</title></head><body><main>{links}</main></body></html>"
    return html.encode("utf-8", "surrogatepass")


def _headers(text: str, mark: str) -> dict[str, str]:
    return {
        "Content-Type": "text/html; charset=utf-8",
        "ETag": f'"{mark} {_latin(text)}"',
        "Last-Modified": _latin(text),
        "Content-Language": _latin(text),
        "Server": _latin(text),
        "Set-Cookie": f"a={_latin(text)}",
        f"X-{mark}": _latin(text),
    }


def _latin(text: str) -> str:
    """A header's value: its bytes may be any but those that end it."""
    encoded = text.encode("utf-8", "surrogatepass").decode("latin-1")
    return encoded.translate(dict.fromkeys(map(ord, "\r\n\x00")))


def _robots(strings: Sequence[str], root: str) -> bytes:
    lines = [f"# {text}\nDisallow: /never/{text}\n{text}: {text}" for text in strings]
    whole = "\n".join(["User-agent: *", *lines, f"Sitemap: {root}sitemap.xml"])
    return whole.encode("utf-8", "surrogatepass")


def _sitemap(strings: Sequence[str], root: str) -> bytes:
    plain = [f"{root}products/{number}" for number in range(len(strings))]
    odd = [f"{root}{quote(text, safe='<>&[]', errors='surrogatepass')}" for text in strings[::16]]
    entries = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{escape(quote(url))}</lastmod></url>"
        for url in [*plain, *odd]
    )
    return f"<urlset><!-- \x9b2J -->{entries}</urlset>".encode()
