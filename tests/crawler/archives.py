"""Web archives, written for tests."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b32encode
from collections.abc import Iterable

DAY_1 = "2025-03-01T09:00:00Z"
DAY_2 = "2025-04-01T09:00:00Z"
HTML = "text/html; charset=utf-8"


def html(title: str, words: str = "") -> bytes:
    """A page in order."""
    text = words or f"{title} plans rotas for wards, and this is a sentence about it."
    return (
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>"
        "</main></body></html>"
    ).encode()


class Archive:
    """Collects records in the order in which they are added."""

    def __init__(self, *, packed: bool = True) -> None:
        self._packed = packed
        self.body = b""
        self.digests: dict[str, str] = {}

    def add(
        self,
        url: str,
        body: bytes,
        *,
        at: str = DAY_1,
        status: str = "200 OK",
        kind: str = "response",
        content_type: str = HTML,
    ) -> Archive:
        """Add an answer."""
        self.digests[url] = _digest(body)
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode()
        block = head + body if kind == "response" else body
        own = "application/http; msgtype=response" if kind == "response" else content_type
        return self._write(kind, url, at, block, {"Content-Type": own})

    def again(self, url: str, *, of: str, at: str = DAY_2) -> Archive:
        """Add a visit that was given the same as an earlier one."""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\n\r\n".encode()
        more = {
            "Content-Type": "application/http; msgtype=response",
            "WARC-Refers-To-Target-URI": of,
        }
        self.digests[url] = self.digests.get(of, "sha1:NOWHERE")
        return self._write("revisit", url, at, head, more)

    def _write(self, kind: str, url: str, at: str, block: bytes, more: dict[str, str]) -> Archive:
        headers = {
            "WARC-Type": kind,
            "WARC-Target-URI": url,
            "WARC-Date": at,
            "WARC-Payload-Digest": self.digests[url],
            **more,
            "Content-Length": str(len(block)),
        }
        lines = ["WARC/1.0", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        record = "\r\n".join(lines).encode() + block + b"\r\n\r\n"
        self.body += gzip.compress(record) if self._packed else record
        return self


def _digest(body: bytes) -> str:
    return f"sha1:{b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"


def pages(names: Iterable[str], *, packed: bool = True) -> bytes:
    """An archive of pages of these names."""
    archive = Archive(packed=packed)
    for name in names:
        archive.add(f"https://www.rota.example/{name}", html(f"Page {name}"))
    return archive.body
