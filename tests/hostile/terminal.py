"""A program in a pseudo-terminal, all that it sends there, and what the terminal would obey."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SEQUENCE: Final = re.compile(
    r"\x1b\[(?P<prefix>[<-?]?)(?P<values>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b(?P<long>[\]PX^_])(?P<words>[^\x07\x1b]*)(?:\x07|\x1b\\)?"
    r"|\x1b(?P<short>[ -/]*[0-~]?)"
)
"""Control sequences: CSI, those that carry words (OSC, DCS, SOS, PM, APC), and all others."""


def obeyed(sent: str) -> set[str]:
    """The kinds of control sequences and characters in what was sent to a terminal.

    Colours and places of the cursor differ from screen to screen, so a CSI sequence is told by its
    letters, and by its numbers only where they say what is done: erasing, and modes.
    """
    found = set[str]()
    for match in SEQUENCE.finditer(sent):
        part = match.groupdict(default="")
        if part["final"]:
            values = part["values"] if part["prefix"] or part["final"] in "JKhlnctq" else "*"
            found.add(f"CSI {part['prefix']}{values}{part['between']}{part['final']}")
        elif part["long"]:
            found.add(f"ESC {part['long']}{part['words']}")
        else:
            found.add(f"ESC {part['short']}")
    rest = SEQUENCE.sub("", sent)
    return found | set(re.findall("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", rest))


class Terminal:
    """Runs a command in a pseudo-terminal of 120 by 40 cells while its context is open."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
        )
        os.close(theirs)
        self._sent = bytearray()

    @property
    def sent(self) -> str:
        """Everything the program has sent so far."""
        return self._sent.decode("utf-8", "replace")

    def until(self, words: str, limit: float = 60.0) -> None:
        """Wait until some words are painted.

        Raises:
            TimeoutError: they were not, within `limit` seconds.
        """
        end = time.monotonic() + limit
        while words not in self.sent:
            if not self._read(0.2) and time.monotonic() > end:
                raise TimeoutError(f"'{words}' was not painted: {self.sent[-2000:]!r}")

    def press(self, *keys: str, quiet: float = 0.3) -> None:
        """Send keys one after the other, each when nothing more is painted for the last."""
        for key in keys:
            os.write(self._ours, key.encode())
            while self._read(quiet):
                pass

    def ended(self, limit: float = 30.0) -> int:
        """Read to the program's own end; its exit code."""
        end = time.monotonic() + limit
        while self._process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        while self._read(0.1):
            pass
        return self._process.wait(timeout=1)

    def _read(self, wait: float) -> bytes:
        ready, _, _ = select.select([self._ours], [], [], wait)
        try:
            piece = os.read(self._ours, 65536) if ready else b""
        except OSError:  # the program has ended
            piece = b""
        self._sent += piece
        return piece

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)
