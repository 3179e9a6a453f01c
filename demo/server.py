"""The server of the invented market: an HTTP proxy on loopback that answers for every host.

A crawl reaches it by the ordinary setting `crawl.proxy`, so that addresses stay the same from
run to run and no port is fixed.
"""

from __future__ import annotations

import gzip
import sys
from datetime import UTC
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from demo.market import Day
from demo.replies import Reply, answer


class MarketServer:
    """Serves the market of one day while its context is open.

    with MarketServer(day=1) as server:
        crawl(proxy=server.address)
    """

    def __init__(self, day: Day) -> None:
        self._http = _Server(day)
        self._thread = Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Where the proxy listens: `http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, day: Day) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.day = day
        self.visits = count()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (the library's types)
        """Be quiet about clients that hang up; everything else is a fault to be seen."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Takes absolute-form targets, as a proxy does, and origin-form with a Host header."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer with a body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self._answer(with_body=False)

    def version_string(self) -> str:
        """What the Server header says."""
        return "InventedMarket"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Be quiet."""

    def _answer(self, *, with_body: bool) -> None:
        url = urlsplit(self.path)
        host = url.hostname or self.headers.get("Host", "").partition(":")[0]
        target = url.path + (f"?{url.query}" if url.query else "")
        reply = answer(self.server.day, host, target, next(self.server.visits))
        if reply.status is HTTPStatus.OK and not_modified(reply, self.headers):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._validators(reply)
            self.end_headers()
            return
        body = reply.body.encode()
        zipped = "gzip" in self.headers.get("Accept-Encoding", "")
        if zipped:
            body = gzip.compress(body, mtime=0)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        if reply.location:
            self.send_header("Location", reply.location)
        self._validators(reply)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _validators(self, reply: Reply) -> None:
        if reply.etag:
            self.send_header("ETag", reply.etag)
        if reply.last_modified:
            self.send_header("Last-Modified", format_datetime(reply.last_modified, usegmt=True))


def not_modified(reply: Reply, headers: Message) -> bool:
    """Whether the client has this reply already; an entity tag outweighs a date (RFC 9110)."""
    if tags := headers.get("If-None-Match"):
        return bool(reply.etag) and reply.etag in {
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        }
    since = headers.get("If-Modified-Since")
    if not since or reply.last_modified is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except ValueError:
        return False
    return reply.last_modified <= (known if known.tzinfo else known.replace(tzinfo=UTC))
