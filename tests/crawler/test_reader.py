from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.drafts import Reading
from crawler.page import Page, ReadRequest
from crawler.reader import Reader, ReadFault
from crawler.reading import read

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REQUEST = ReadRequest((), "Site", "VOICE_SUPPLIER", "http://www.site.example/")
GOOD = b"<html><body><main><h1>Good page</h1><p>These words can be read.</p></main></body></html>"


def page(body: bytes) -> Page:
    return Page("http://www.site.example/a", body, "text/html", NOW)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")


def parent_of(process: Path) -> int:
    """Process id of the parent of a process in /proc; 0 when it has just ended."""
    try:
        return int((process / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def children() -> set[str]:
    """Process ids of the children of this process, dead ones that nobody waited for included."""
    return {path.name for path in Path("/proc").glob("[0-9]*") if parent_of(path) == os.getpid()}


async def test_the_child_gives_what_the_function_gives() -> None:
    async with Reader(timeout=20, memory_mib=512) as reader:
        answer = await reader.read(page(GOOD), REQUEST)

    assert answer == read(page(GOOD), REQUEST)


@linux
async def test_nothing_is_started_before_the_first_page() -> None:
    before = children()
    async with Reader(timeout=20, memory_mib=512):
        assert children() == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(80_000)) + b">x</p>", {"too_large"}),
        (
            b"<p " + b" ".join(b'a%d=">"' % n for n in range(80_000)) + b">x</p>",
            {"timeout", "memory", "crash"},
        ),
        (b"<html><body>" + b"<div>" * 100_000, {"timeout", "memory", "crash", "unreadable"}),
        (b"<html><body>" + b"<b>x" * 450_000, {"too_large"}),
        (b"<p>\0\0one\0two</p>", {""}),
        (b'<meta charset="no-such"><p>words</p>', {""}),
        (b"", {"unreadable"}),
        (bytes(range(256)) * 200, {"unreadable"}),
        (b"<script>only</script>", {"empty"}),
    ],
    ids=[
        "attributes",
        "hidden_attributes",
        "deep",
        "wide",
        "nul",
        "charset",
        "empty",
        "binary",
        "no_words",
    ],
)
async def test_a_poisonous_page_costs_a_fault_and_the_next_page_is_read(
    body: bytes, kinds: set[str]
) -> None:
    async with Reader(timeout=2, memory_mib=256) as reader:
        answer = await reader.read(page(body), REQUEST)
        following = await reader.read(page(GOOD), REQUEST)

    assert (answer.kind if isinstance(answer, ReadFault) else "") in kinds
    assert isinstance(following, Reading)
    assert following.title == "Good page"


@linux
@pytest.mark.slow
async def test_a_page_that_takes_too_long_is_killed_in_time_and_leaves_no_process() -> None:
    before = children()
    async with Reader(timeout=1, memory_mib=512) as reader:
        await reader.read(page(GOOD), REQUEST)
        started = time.monotonic()
        answer = await reader.read(page(b"<html><body>" + b"<div>" * 100_000), REQUEST)
        spent = time.monotonic() - started
        assert children() == before

    assert isinstance(answer, ReadFault)
    assert answer.kind == "timeout"
    assert spent < 4
    assert children() == before


async def test_a_defect_in_an_extractor_is_a_fault_that_names_it() -> None:
    wrong = ReadRequest(("jsonld",), "Site", "VOICE_SUPPLIER", "http://www.site.example/")
    async with Reader(timeout=20, memory_mib=512) as reader:
        answer = await reader.read(page(GOOD), wrong)

    assert isinstance(answer, ReadFault)
    assert answer.kind == "crash"
    assert "json_ld" in answer.note


async def test_several_pages_are_read_at_the_same_time() -> None:
    async with Reader(timeout=20, memory_mib=512, workers=2) as reader:
        answers = await asyncio.gather(*(reader.read(page(GOOD), REQUEST) for _ in range(6)))

    assert all(isinstance(answer, Reading) for answer in answers)


async def test_a_cancelled_page_does_not_spoil_the_next() -> None:
    async with Reader(timeout=20, memory_mib=512) as reader:
        await reader.read(page(GOOD), REQUEST)
        waiting = asyncio.create_task(reader.read(page(b"<body>" + b"<div>" * 60_000), REQUEST))
        await asyncio.sleep(0.3)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

        assert isinstance(await reader.read(page(GOOD), REQUEST), Reading)


@pytest.mark.slow
@linux
@pytest.mark.parametrize("body", ["", "poison"])
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path, body: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        f"""
import asyncio, json
from datetime import UTC, datetime
from crawler.page import Page, ReadRequest
from crawler.reader import Reader
async def main():
    async with Reader(timeout=3, memory_mib=512) as reader:
        request = ReadRequest((), "Site", "VOICE_SUPPLIER", "http://www.site.example/")
        now = datetime.now(UTC)
        def page(body): return Page("http://www.site.example/a", body, "text/html", now)
        await reader.read(page({GOOD!r}), request)
        print(json.dumps([child._process.pid for child in reader._children]), flush=True)
        if {body!r}:
            await reader.read(page(b"<html><body>" + b"<div>" * 100_000), request)
        await asyncio.sleep(60)
asyncio.run(main())
""",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    (pid,) = json.loads(parent.stdout.readline())
    time.sleep(0.3)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert _ends(pid, within=15)


def _ends(pid: int, within: float) -> bool:
    """Whether a process ends in time; nobody waits for an orphan here, so a zombie has ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists():
            return True
        if state.read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
