"""One connection of the hostile server, and the ways in which it answers."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

PORT: Final = b"%PORT%"
"""Stands for the port of the server in what it sends."""

HOST: Final = b"%HOST%"
"""Stands for the host that is asked."""


@dataclass
class Wire:
    """A connection on which one request has been read."""

    writer: asyncio.StreamWriter
    host: str
    port: int

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """End the connection with RST in place of FIN."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Wire], Awaitable[None]]
Site = Mapping[str, Behaviour]
"""Paths of one host and how they are answered; every other path answers 404."""

HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
XML: Final = {"Content-Type": "application/xml"}
TEXT: Final = {"Content-Type": "text/plain"}


def head(status: int = 200, **headers: str) -> bytes:
    """The head of an answer; underscores in names stand for hyphens."""
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def plain(body: bytes = b"", status: int = 200, headers: Mapping[str, str] = HTML) -> Behaviour:
    """An answer in order, whatever its body is."""

    async def answer(wire: Wire) -> None:
        port = str(wire.port).encode()
        sent = body.replace(PORT, port).replace(HOST, wire.host.encode())
        top = head(status, **{**headers, "Content-Length": str(len(sent))})
        await wire.send(top.replace(PORT, port) + sent)

    return answer


def page(title: str = "Page", words: str = "", links: tuple[str, ...] = ()) -> Behaviour:
    """A page in order."""
    anchors = "".join(f'<a href="{link}">on</a> ' for link in links)
    text = words or f"{title} plans rotas for wards, and this is a sentence about it."
    return plain(
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>"
        f"<p>{anchors}</p></main></body></html>".encode()
    )


def feed(*links: str) -> Behaviour:
    """A feed in order."""
    items = "".join(f"<item><title>n</title><link>{link}</link></item>" for link in links)
    body = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"
    return plain(body.encode(), headers=XML)


def redirect(target: str, status: int = 302) -> Behaviour:
    """A redirect to anywhere."""
    return plain(b"", status, {"Location": target})


def raw(*parts: bytes, reset: bool = False) -> Behaviour:
    """Bytes as they are, and then the end of the connection."""

    async def answer(wire: Wire) -> None:
        for part in parts:
            await wire.send(part)
        if reset:
            await asyncio.sleep(0.05)  # so that what was sent arrives before the reset
            wire.reset()

    return answer


def endless(top: bytes, part: bytes, pause: float = 0.0) -> Behaviour:
    """`top`, and then `part` for ever."""

    async def answer(wire: Wire) -> None:
        await wire.send(top)
        for _ in itertools.count():
            await wire.send(part)
            await asyncio.sleep(pause)

    return answer


async def silent(wire: Wire) -> None:
    """Say nothing and keep the connection open."""
    del wire
    await asyncio.sleep(3600)
