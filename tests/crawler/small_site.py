"""A small site on loopback that answers as it is told and remembers what it was asked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Answer:
    """What a path is answered with."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """One request that came."""

    path: str
    headers: Message
    at: float


Routes = Mapping[str, Answer | Callable[[list[Asked]], Answer]]
"""Paths, and their answers; a function is given what was asked for this path so far."""


def page(title: str, *links: str, words: str = "words") -> Answer:
    """A page with links."""
    anchors = "".join(f'<a href="{link}">x</a>' for link in links)
    html = f"<html><head><title>{title}</title></head><body><p>{words}</p>{anchors}</body></html>"
    return Answer(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class SmallSite:
    """Serves `routes` on `host` and a free port while its context is open."""

    def __init__(self, routes: Routes | None = None, host: str = "127.0.0.1") -> None:
        self.routes = dict(routes or {})
        self.asked: list[Asked] = []
        self.connections = 0
        """How many connections were made to it."""
        self._http = _Server((host, 0), _Handler)
        self._http.site = self
        self._thread = Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def root(self) -> str:
        """Its address, with a closing slash."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}/"

    def times(self, path: str | None = None) -> list[float]:
        """When it was asked, all or one path."""
        return [asked.at for asked in self.asked if path in (None, asked.path)]

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
    site: SmallSite

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that were killed; anything else is a defect of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # a socket


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.site.connections += 1

    def do_GET(self) -> None:
        site = self.server.site
        before = [asked for asked in site.asked if asked.path == self.path]
        site.asked.append(Asked(self.path, self.headers, time.monotonic()))
        route = site.routes.get(self.path, Answer(b"nothing here", 404))
        answer = route(before) if callable(route) else route
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 304:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's name)
        """Say nothing."""
