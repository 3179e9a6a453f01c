"""A program in a pseudo-terminal: keys go in, the bytes it paints come out, all with times."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

CHUNK = 65536
STDOUT = 1
NOT_STARTED = 127
"""Exit code when the command cannot be run."""


@dataclass(frozen=True, slots=True)
class Painted:
    """What one key made the program paint: milliseconds from the key, and bytes."""

    first: float
    last: float
    size: int


class Terminal:
    """Runs a command in a pseudo-terminal of a given size; times are in milliseconds."""

    def __init__(self, command: Sequence[str], columns: int, lines: int) -> None:
        environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._status: int | None = None
        self._started = time.perf_counter()
        self._pid, self._file = pty.fork()
        if not self._pid:
            try:
                fcntl.ioctl(STDOUT, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
                os.execvpe(command[0], list(command), environment)  # noqa: S606 - a new program
            finally:
                os._exit(NOT_STARTED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._file)

    def send(self, keys: bytes) -> None:
        """Send keys without looking at what they do."""
        os.write(self._file, keys)

    def ended(self) -> int:
        """Wait for the program's own end; its exit code."""
        _, self._status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(self._status)

    def busy(self) -> float:
        """Milliseconds of processor time used so far; 0 where the system does not say."""
        try:
            with open(f"/proc/{self._pid}/stat", encoding="ascii") as file:  # noqa: PTH123
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def until(self, pattern: str, limit: float = 120.0) -> float:
        """Milliseconds from the start of the program until `pattern` is painted.

        Raises:
            TimeoutError: it was not painted within `limit` seconds.
        """
        wanted, seen = re.compile(pattern.encode()), b""
        while time.perf_counter() - self._started < limit:
            piece = self._read(0.02)
            if piece:
                seen = (seen + piece)[-4 * CHUNK :]
                if wanted.search(seen):
                    return (time.perf_counter() - self._started) * 1000
        raise TimeoutError(f"{pattern!r} was not painted within {limit} seconds")

    def rest(self, quiet: float = 0.5, limit: float = 120.0) -> None:
        """Wait until nothing was painted for `quiet` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self._read(quiet):
            pass

    def press(self, key: bytes, quiet: float = 0.05, limit: float = 2.0) -> Painted | None:
        """Send a key; say when the first byte came, and the last before `quiet` seconds without
        one. None when nothing was painted within `limit` seconds.
        """
        start = time.perf_counter()
        os.write(self._file, key)
        first = last = 0.0
        size, wait = 0, limit
        while piece := self._read(wait):
            last = (time.perf_counter() - start) * 1000
            first, size, wait = first or last, size + len(piece), quiet
        return Painted(first, last, size) if size else None

    def memory(self) -> float:
        """Resident memory in megabytes; 0 where the system does not say."""
        try:
            with open(f"/proc/{self._pid}/statm", encoding="ascii") as file:  # noqa: PTH123 - not a file of ours
                pages = int(file.read().split()[1])
        except OSError:
            return 0.0
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _read(self, wait: float) -> bytes:
        ready, _, _ = select.select([self._file], [], [], wait)
        if not ready:
            return b""
        try:
            return os.read(self._file, CHUNK)
        except OSError:  # the program has ended
            return b""
