"""The parent's side of a crawl in a child process: used by the command, the app and the demo.

Nothing of Scrapy is imported here. The child is told the settings in force through `HORIZON_...`
variables, speaks in lines of JSON, logs to a file of its own, and ends when this process does.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Final

from catalogue.errors import CrawlError
from catalogue.settings import ENV_HOME, ENV_PREFIX, Settings, effective
from crawler.progress import CrawlProgress

STOP_GRACE: Final = 8.0
"""Seconds that a child which was asked to stop is given before it is killed. Nothing is lost by
it: the next crawl leases again what was not stored."""

POLL: Final = 0.2
"""Seconds between two looks at whether the crawl is to be cancelled."""

KEPT_LOGS: Final = 20
"""How many logs of crawls are kept."""

_STOP_SIGNAL: Final = getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM)

_TAIL: Final = 12
"""Lines of the log that are shown when a crawl fails."""

_SECTIONS: Final = ("database.", "crawl.", "today")
"""What of the settings a crawl depends on."""


def crawl_in_child(
    settings: Settings,
    sources: Sequence[Path],
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[CrawlProgress]:
    """Crawl source files in a child process, and yield its progress; the last one has `ended`.

    `cancelled` is asked several times a second; when it says yes, the child is stopped and
    nothing more is yielded. Closing the iterator stops the child, too.

    Raises:
        CrawlError: the crawl was refused or failed; with what the child said last.
    """
    log = _new_log(settings.logs)
    with log.open("ab") as errors:
        child = subprocess.Popen(  # noqa: S603 (our own module)
            _command(settings, sources, log),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment(settings),
            # A Ctrl-C at the terminal is for us; we stop the child in our own way.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    lines: Queue[str | None] = Queue()
    assert child.stdout is not None  # noqa: S101 (it is a pipe)
    reader = threading.Thread(target=_pass_on, args=(child.stdout, lines), daemon=True)
    reader.start()
    ended = False
    try:
        while True:
            if cancelled():
                return
            with suppress(Empty):
                line = lines.get(timeout=POLL)
                if line is None:
                    break
                progress = _told(line)
                ended = ended or progress.ended
                yield progress
        if child.wait() != 0 or not ended:
            raise _failure(child.returncode, log)
    finally:
        _stop(child)
        reader.join()
        child.stdout.close()


def _command(settings: Settings, sources: Sequence[Path], log: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "crawler.runner", "--attached", "--progress", "jsonl"),
        *("--home", str(settings.home)),
        *("--log", str(log)),
        *("--source", *(str(path) for path in sources)),
    ]


def environment(settings: Settings) -> dict[str, str]:
    """Our environment, in which the settings that matter are exactly ours."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ENV_PREFIX) or name == ENV_HOME
    }
    for key, value in effective(settings):
        if key.startswith(_SECTIONS) and value is not None:
            name = ENV_PREFIX + key.replace(".", "__").upper()
            ours[name] = value if isinstance(value, str) else json.dumps(value)
    return ours


def _told(line: str) -> CrawlProgress:
    """The progress that the child tells; a refusal is raised in the child's own words."""
    told = json.loads(line)
    if "error" in told:
        raise CrawlError(told["error"], told["hint"])
    return CrawlProgress.from_line(line)


def _pass_on(stream: IO[bytes], lines: Queue[str | None]) -> None:
    for line in stream:
        lines.put(line.decode("utf-8"))
    lines.put(None)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child: by closing its standard input, by a signal, and then without asking."""
    if child.stdin is not None:
        with suppress(OSError):
            child.stdin.close()
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.send_signal(_STOP_SIGNAL)
        try:
            child.wait(STOP_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
    child.wait()


def _new_log(folder: Path) -> Path:
    """A log file of its own for this crawl; the oldest are deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("crawl-*.log"))[: -KEPT_LOGS + 1]:
        old.unlink(missing_ok=True)
    return folder / f"crawl-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"


def _failure(code: int, log: Path) -> CrawlError:
    said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return CrawlError(f"The crawl failed ({how}).", "\n".join([f"The end of {log}:", *said]))
