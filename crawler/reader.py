"""Reads pages in a child process that can be killed: a hostile page costs a fault, not a crawl.

The child (`crawler.reader_process`) is sent one page at a time over its standard input and
answers with one line of JSON (`crawler.answer`). It is started with the first page, killed and
replaced when a page takes too long, and ends by itself when this process is gone.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Literal, Self, TypeVar, cast

from catalogue.drafts import Reading
from crawler.answer import Answer
from crawler.page import FaultPageKind, Page, ReadRequest, UnreadablePageError

FaultKind = Literal["timeout", "memory", "crash", "unreadable", "too_large"] | FaultPageKind

_Result = TypeVar("_Result")

START_TIMEOUT = 60.0
"""Seconds that a new child may take to import what it needs."""

GRACE = 2.0
"""Seconds beyond the timeout after which a child ends itself, should nobody kill it."""


@dataclass(frozen=True, slots=True)
class ReadFault:
    """Why a page could not be read."""

    kind: FaultKind
    note: str
    """One line for a person."""


class Reader:
    """An asynchronous context manager around `workers` child processes.

    `timeout` is the seconds that one page may take, `memory_mib` the memory it may take (where
    the system can limit it), `max_html` the longest page read, in bytes.
    """

    def __init__(
        self, timeout: float, memory_mib: int, workers: int = 1, max_html: int = 2 * 1024 * 1024
    ) -> None:
        self._timeout = timeout
        self._max_html = max_html
        self._children = [_Child(timeout, memory_mib) for _ in range(workers)]
        self._idle: asyncio.Queue[_Child] = asyncio.Queue()
        for child in self._children:
            self._idle.put_nowait(child)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.stop()
        self._threads.shutdown()

    async def read(self, page: Page, request: ReadRequest) -> Reading | ReadFault:
        """Read one page.

        A page that fails in a used child is tried once more in a fresh one, unless it took too
        long: what earlier pages left behind is not its fault.
        """
        try:
            page.check(self._max_html)
        except UnreadablePageError as fault:
            return ReadFault(cast("FaultKind", fault.kind), fault.message)
        child = await self._idle.get()
        try:
            used = child.pages > 0
            outcome = await self._attempt(child, page, request)
            if used and isinstance(outcome, ReadFault) and outcome.kind in {"memory", "crash"}:
                outcome = await self._attempt(child, page, request)
            return outcome
        finally:
            self._idle.put_nowait(child)

    async def _attempt(
        self, child: _Child, page: Page, request: ReadRequest
    ) -> Reading | ReadFault:
        if not await self._within(START_TIMEOUT, child, child.start):
            return ReadFault("crash", child.stop() or "The reader could not be started.")
        line = await self._within(self._timeout, child, lambda: child.exchange(page, request))
        if line is None:
            return ReadFault("timeout", f"Reading took longer than {self._timeout:g} seconds.")
        if not line:
            return ReadFault("crash", child.stop() or "The reader ended without a word.")
        answer = Answer.model_validate_json(line)
        if answer.reading is not None:
            return answer.reading
        if answer.fault == "memory":
            child.stop()
        return ReadFault(cast("FaultKind", answer.fault), answer.note)

    async def _within(
        self, seconds: float, child: _Child, work: Callable[[], _Result]
    ) -> _Result | None:
        """What `work` gives, on a thread; None when the child was killed for taking too long."""
        done = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(asyncio.shield(done), seconds)
        except TimeoutError:
            child.stop()
            await done
            return None
        except asyncio.CancelledError:
            child.stop()
            raise


class _Child:
    """One child process, which is started when it is first needed."""

    def __init__(self, timeout: float, memory_mib: int) -> None:
        limits = [str(timeout + GRACE), str(memory_mib)]
        self._command = [sys.executable, "-m", "crawler.reader_process", *limits]
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self.pages = 0
        """How many pages the present process was given."""

    def start(self) -> bool:
        """Start the process unless it runs; True when it is ready for a page."""
        if self._process is not None:
            return True
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self.pages = 0
        return bool(self._answer(self._process))

    def exchange(self, page: Page, request: ReadRequest) -> bytes:
        """Send one page and wait for the answer; empty when the process ended instead."""
        process = self._process
        if process is None or process.stdin is None:
            return b""
        self.pages += 1
        head = {
            "url": page.url,
            "content_type": page.content_type,
            "fetched_at": page.fetched_at.isoformat(),
            "size": len(page.body),
            "request": asdict(request),
        }
        try:
            process.stdin.write(json.dumps(head).encode() + b"\n" + page.body)
            process.stdin.flush()
        except (OSError, ValueError):  # it died, or was stopped, while being written to
            return b""
        return self._answer(process)

    def stop(self) -> str:
        """Kill the process, wait until it is gone, and return the last line it wrote."""
        process, errors = self._process, self._errors
        self._process = self._errors = None
        if process is None or errors is None:
            return ""
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has no reader
                    pipe.close()
        with errors:
            errors.seek(max(0, errors.seek(0, 2) - 2000))
            last_words = errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(last_words) if line.strip()), "")

    @staticmethod
    def _answer(process: subprocess.Popen[bytes]) -> bytes:
        if process.stdout is None:
            return b""
        try:
            return process.stdout.readline()
        except ValueError:  # stopped, and its pipe closed, before it could be read
            return b""
