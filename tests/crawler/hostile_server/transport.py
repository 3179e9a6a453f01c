"""Rows about how bytes come, or do not come."""

from __future__ import annotations

import gzip
import zlib
from typing import Final

import brotli
import zstandard

from tests.crawler.hostile_server.drive import PRIVATE
from tests.crawler.hostile_server.row import AFTER, Row, hostile
from tests.crawler.hostile_server.wire import (
    HTML,
    PORT,
    endless,
    feed,
    head,
    page,
    plain,
    raw,
    redirect,
    silent,
)

_HTML_HEAD: Final = head(Content_Type="text/html")
_LONG: Final = 100 * 1024 * 1024
"""What the bombs unpack to."""

_WORDS: Final = b"<html><title>Whole</title><p>" + b"Rotas are planned for wards. " * 4000


def _zeros(compressor: zlib._Compress) -> bytes:
    block = bytes(1024 * 1024)
    packed = b"".join(compressor.compress(block) for _ in range(_LONG // len(block)))
    return packed + compressor.flush()


def _bombs() -> dict[str, tuple[bytes, str]]:
    gz = _zeros(zlib.compressobj(9, zlib.DEFLATED, 31))
    br = brotli.Compressor(quality=1)
    blocks = b"".join(br.process(bytes(1024 * 1024)) for _ in range(_LONG // 1024 // 1024))
    return {
        "gzip": (gz, "gzip"),
        "deflate": (_zeros(zlib.compressobj(9)), "deflate"),
        "brotli": (blocks + br.finish(), "br"),
        "zstd": (zstandard.ZstdCompressor(1).compress(bytes(_LONG)), "zstd"),
        "gzip in gzip": (gzip.compress(gz), "gzip, gzip"),
    }


def _packed(body: bytes, encoding: str) -> dict[str, str]:
    del body
    return {**HTML, "Content-Encoding": encoding}


def _cut() -> dict[str, tuple[bytes, str]]:
    br = brotli.compress(_WORDS)
    return {
        "gzip": (gzip.compress(_WORDS)[:-200], "gzip"),
        "gzip by its last byte": (gzip.compress(_WORDS)[:-1], "gzip"),
        "deflate": (zlib.compress(_WORDS)[:-100], "deflate"),
        "brotli": (br[: len(br) // 2], "br"),
        "zstd": (zstandard.ZstdCompressor().compress(_WORDS)[:-20], "zstd"),
    }


SPELLINGS: Final = (
    "http://127.2.0.2:%PORT%/secret",
    "http://127.2.2:%PORT%/secret",
    "http://2130837506:%PORT%/secret",
    "http://0x7f020002:%PORT%/secret",
    "http://0x7f.0x2.0.2:%PORT%/secret",
    "http://0177.02.0.02:%PORT%/secret",
    "http://0177.0x2.2:%PORT%/secret",
    "http://127.2.0.2.:%PORT%/secret",
    "http://①②⑦.②.⓪.②:%PORT%/secret",
    "http://127。2。0。2:%PORT%/secret",
    "http://%31%32%37.2.0.2:%PORT%/secret",
    "http://[::1]:%PORT%/secret",
    "http://[::ffff:127.2.0.2]:%PORT%/secret",
    "http://[::ffff:7f02:2]:%PORT%/secret",
    "http://[64:ff9b::7f02:2]:%PORT%/secret",
    "http://[2002:7f02:2::]:%PORT%/secret",
    "http://[::127.2.0.2]:%PORT%/secret",
    "http://[fe80::1]/secret",
    "http://[fd00::1]/secret",
    "http://localhost:%PORT%/secret",
    "http://LOCALHOST.:%PORT%/secret",
    "http://intranet/secret",
    "http://router.lan/secret",
    "http://0.0.0.0:%PORT%/secret",
    "http://0:%PORT%/secret",
    "http://10.0.0.1/secret",
    "http://172.16.0.1/secret",
    "http://192.168.1.1/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/secret",
    "http://198.18.0.1/secret",
    "http://224.0.0.1/secret",
    "http://name@127.2.0.2:%PORT%/secret",
    "http://db.inner.test:%PORT%/secret",
)
"""Where redirects lead that are to be refused: the last is a name that has a private number."""

_SCHEMES: Final = ("file:///etc/passwd", "ftp://127.2.0.2/x", "data:text/html,<p>x", "gopher://x/")


def _to_private() -> Row:
    site = {f"/to{number}": redirect(target) for number, target in enumerate(SPELLINGS)}
    site["/feed"] = feed(*site, AFTER)
    outcomes = dict.fromkeys((path for path in site if path != "/feed"), "refused address")
    site[AFTER] = page("After")
    outcomes[f"/to{len(SPELLINGS) - 1}"] = "refused robots"  # found out when it is looked up
    return Row("redirects to private addresses", {**outcomes, AFTER: "read"}, site, requests=60)


def _links_to_private() -> Row:
    """A feed that names private addresses itself, and pages that lead there without asking."""
    there = f"http://{PRIVATE}:{PORT.decode()}/secret"
    refresh = f'<meta http-equiv="refresh" content="0;url={there}">'
    paths = {
        "/meta": plain(f"<html><head>{refresh}</head><p>Rotas for wards.</p>".encode()),
        "/header": plain(
            b"<html><p>Rotas for hospitals.</p>", headers={**HTML, "Refresh": f"0;{there}"}
        ),
        "/canonical": plain(
            f'<html><head><link rel="canonical" href="{there}"><base href="{there}"></head>'
            f'<body><p>Rotas for clinics.</p><a href="{there}">on</a>'
            f'<iframe src="{there}"></iframe><img src="{there}"></body></html>'.encode()
        ),
    }
    site = {"/feed": feed(there, *paths), **paths}
    return Row("other ways to private addresses", dict.fromkeys(paths, "read"), site)


def _schemes() -> Row:
    site = {f"/to{number}": redirect(target) for number, target in enumerate(_SCHEMES)}
    site["/feed"] = feed(*site, AFTER)
    outcomes = dict.fromkeys((path for path in site if path != "/feed"), "fault http_302")
    return Row("redirects to other schemes", {**outcomes, AFTER: "read"}, {**site, AFTER: page()})


def _chain() -> Row:
    site = {f"/r{number}": redirect(f"/r{number + 1}") for number in range(20)}
    site |= {"/feed": feed("/r0", AFTER), AFTER: page("After")}
    return Row("redirects in a long chain", {"/r0": "fault redirect", AFTER: "read"}, site)


TRANSPORT: Final = (
    hostile("drops the connection", "fault connection", raw()),
    hostile("resets the connection", "fault connection", raw(reset=True)),
    hostile("drops in the head", "fault connection", raw(_HTML_HEAD[:20])),
    hostile(
        "resets in a body of stated length",
        "fault connection",
        raw(head(Content_Type="text/html", Content_Length="5000") + _WORDS[:500], reset=True),
    ),
    hostile(
        "resets in a body of no stated length",
        "read",  # its end cannot be told from a close, which is the end of such a body
        raw(_HTML_HEAD + _WORDS, reset=True),
    ),
    hostile("is silent", "fault timeout", silent),
    hostile("drips its head", "fault timeout", endless(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.1)),
    hostile("drips its body", "fault timeout", endless(_HTML_HEAD, b"<p>", 0.1)),
    hostile("never ends its body", "fault too_large", endless(_HTML_HEAD, b"<p>" * 20_000)),
    hostile(
        "never ends a header",
        "fault connection",
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 60_000),
    ),
    hostile(
        "never ends its headers",
        "fault too_large",
        endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 5_000),
    ),
    hostile(
        "says 102 for ever",
        "fault too_large",
        endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 100, 0.01),
    ),
    hostile(
        "sends a header of 5 MB",
        "fault connection",
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5_000_000 + b"\r\n\r\n"),
    ),
    hostile(
        "sends 200,000 headers",
        "fault too_large",
        raw(b"HTTP/1.1 200 OK\r\n" + b"X-Much: y\r\n" * 200_000 + b"\r\n<html>"),
    ),
    hostile("speaks no HTTP", "fault connection", raw(b"220 mail.example ESMTP\r\n" * 50)),
    hostile(
        "says its body is longer than it is",
        "fault connection",
        raw(head(Content_Type="text/html", Content_Length="5000") + _WORDS[:500]),
    ),
    hostile(
        "says its body is shorter than it is",
        "read",
        raw(head(Content_Type="text/html", Content_Length="500") + _WORDS),
    ),
    hostile(
        "says two lengths",
        "fault connection",
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<html>abc"),
    ),
    hostile(
        "breaks off between chunks",
        "fault connection",
        raw(head(Content_Type="text/html", Transfer_Encoding="chunked") + b"5\r\n<html\r\n"),
    ),
    hostile(
        "sends chunks of nonsense",
        "fault connection",
        raw(head(Content_Type="text/html", Transfer_Encoding="chunked") + b"zz\r\n<html\r\n"),
    ),
    hostile("answers with status 999", "fault http_999", plain(b"<html>no", 999)),
    *(
        hostile(f"sends a bomb in {name}", "fault too_large", plain(body, 200, _packed(body, code)))
        for name, (body, code) in _bombs().items()
    ),
    *(
        hostile(f"cuts off {name}", "fault connection", plain(body, 200, _packed(body, code)))
        for name, (body, code) in _cut().items()
    ),
    hostile(
        "says gzip and sends none",
        "fault connection",
        plain(_WORDS, 200, _packed(_WORDS, "gzip")),
    ),
    hostile(
        "packs in a way unknown",
        "refused encoding",
        plain(gzip.compress(_WORDS), 200, _packed(b"", "rot13")),
    ),
    hostile("redirects to itself", "fault redirect", redirect("/row")),
    _chain(),
    _schemes(),
    _to_private(),
    _links_to_private(),
    hostile("redirects to nowhere", "fault http_302", plain(b"", 302)),
    Row(
        "turns a public name into a private one",
        {
            "http://turns.rebind.test:%PORT%/one": "read",
            "http://turns.rebind.test:%PORT%/two": "read",
            AFTER: "read",
        },
        {
            "/feed": feed(
                "http://turns.rebind.test:%PORT%/one", "http://turns.rebind.test:%PORT%/two", AFTER
            ),
            AFTER: page("After"),
        },
    ),
)
"""How bytes come, or do not come."""
