"""The hostile server: one host of loopback for each row of the table, all on one port."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from types import TracebackType
from typing import Self

from tests.crawler.hostile_server.wire import HTML, Site, Wire, plain

_NOTHING = plain(b"nothing here", 404, HTML)


class HostileServer:
    """Serves each host's site while its context is open, and remembers what was asked."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._sites = sites
        self.port = 0
        self.asked: dict[str, list[str]] = {host: [] for host in sites}
        """The paths that each host was asked for, in order."""
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10), "the hostile server did not start"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = self._loop.run_until_complete(self._listen(list(self._sites)))
        self._ready.set()
        self._loop.run_forever()
        for server in servers:
            server.close()
        under_way = asyncio.all_tasks(self._loop)
        for task in under_way:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*under_way, return_exceptions=True))
        self._loop.close()

    async def _listen(self, hosts: Sequence[str]) -> list[asyncio.Server]:
        servers: list[asyncio.Server] = []
        for host in hosts:
            server = await asyncio.start_server(partial(self._answer, host), host, self.port)
            self.port = self.port or server.sockets[0].getsockname()[1]
            servers.append(server)
        return servers

    async def _answer(
        self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ", 2)[1].decode("latin-1")
            self.asked[host].append(path)
            behave = self._sites[host].get(path, _NOTHING)
            with suppress(asyncio.CancelledError):
                await behave(Wire(writer, host, self.port))
        with suppress(OSError):
            writer.close()
