"""The child process of `crawler.reader`: reads pages from standard input until it is closed.

For each page it is sent one line of JSON (`url`, `content_type`, `fetched_at`, `size`,
`request`) and `size` bytes of body; it answers with one line of JSON, a `crawler.answer.Answer`.
The first line, before any page, says that it is ready. Anything else ends it, and the end is the
answer.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any

gc.disable()  # modules stay: to look for garbage while they load takes a tenth of the start

from crawler.answer import Answer
from crawler.garbage import look_for_garbage_rarely
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reading import read

gc.freeze()  # they need not be looked through once more
gc.enable()


def serve(pages: IO[bytes], answers: IO[bytes], limit: float) -> None:
    """Answer every page; a page that takes longer than `limit` seconds ends the process.

    The watchdog is a thread of the interpreter that does not need its lock, so it also ends a
    parser that never comes back, on every system, and when the parent is no longer there.
    """
    _say(answers, '{"ready": true}')
    while line := pages.readline():
        head = json.loads(line)
        body = pages.read(head["size"])
        faulthandler.dump_traceback_later(limit, exit=True)
        answer = _answer(head, body)
        faulthandler.cancel_dump_traceback_later()
        _say(answers, answer.model_dump_json())


def _answer(head: dict[str, Any], body: bytes) -> Answer:
    page = Page(
        url=head["url"],
        body=body,
        content_type=head["content_type"],
        fetched_at=datetime.fromisoformat(head["fetched_at"]),
    )
    request = ReadRequest(**{**head["request"], "extractors": tuple(head["request"]["extractors"])})
    try:
        return Answer(reading=read(page, request))
    except MemoryError:
        return Answer(fault="memory", note="Reading needed more memory than it may have.")
    except RecursionError:
        return Answer(fault="unreadable", note="The page is nested too deeply.")
    except UnreadablePageError as fault:
        return Answer(fault=fault.kind, note=fault.message)


def _say(answers: IO[bytes], line: str) -> None:
    answers.write(line.encode() + b"\n")
    answers.flush()


def _limit_memory(mib: int) -> None:
    """Let the process grow by `mib` beyond what it takes now, where the system can limit it."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    ceiling = pages * resource.getpagesize() + mib * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def main() -> None:
    """Serve on standard input and output; what libraries print goes to standard error."""
    limit, mib = float(sys.argv[1]), int(sys.argv[2])
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    look_for_garbage_rarely()
    _limit_memory(mib)
    serve(sys.stdin.buffer, answers, limit)


if __name__ == "__main__":
    main()
