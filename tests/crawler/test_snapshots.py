from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import CatalogueError, NotFoundError
from crawler.snapshots import Snapshots
from tests.crawler.conftest import ROOT

WRITER = """
import itertools, random, sys
from pathlib import Path
from crawler.snapshots import Snapshots
store = Snapshots(Path(sys.argv[1]))
chance = random.Random(int(sys.argv[2]))
for number in itertools.count():
    sha = store.put(chance.randbytes(200_000) + b"%d" % number)
    print(sha, flush=True)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    return Snapshots(tmp_path_factory.mktemp("snapshots"))


@given(body=st.binary(max_size=5000))
def test_what_was_put_in_comes_out(store: Snapshots, body: bytes) -> None:
    sha = store.put(body)
    assert sha == hashlib.sha256(body).hexdigest()
    assert store.get(sha) == body
    assert sha in store


def test_the_same_body_is_kept_once(tmp_path: Path) -> None:
    store = Snapshots(tmp_path)
    first = store.put(b"page")
    (path,) = tmp_path.rglob("*.zst")
    written = path.stat().st_mtime_ns
    assert store.put(b"page") == first
    assert [path.stat().st_mtime_ns for path in tmp_path.rglob("*.zst")] == [written]
    assert path.relative_to(tmp_path).parts[:2] == (first[:2], first[2:4])


def test_what_was_never_kept_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        Snapshots(tmp_path).get("0" * 64)
    assert "0" * 64 not in Snapshots(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "flipped", "emptied", "swapped"])
def test_damage_is_noticed_and_mended_by_the_next_crawl(tmp_path: Path, damage: str) -> None:
    store = Snapshots(tmp_path)
    sha = store.put(b"a page of some length " * 50)
    (path,) = tmp_path.rglob("*.zst")
    kept = path.read_bytes()
    other = Snapshots(tmp_path / "other")
    other.put(b"another page")
    (swapped,) = (tmp_path / "other").rglob("*.zst")
    path.write_bytes(
        {
            "cut": kept[: len(kept) // 2],
            "flipped": kept[:-3] + bytes([kept[-3] ^ 1]) + kept[-2:],
            "emptied": b"",
            "swapped": swapped.read_bytes(),
        }[damage]
    )
    with pytest.raises(CatalogueError, match="damaged"):
        store.get(sha)
    assert store.put(b"a page of some length " * 50) == sha
    assert store.get(sha) == b"a page of some length " * 50


@pytest.mark.slow
def test_a_writer_may_be_killed_at_any_time(tmp_path: Path) -> None:
    told: list[str] = []
    for round_ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(round_)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as writer:
            assert writer.stdout is not None
            told.append(writer.stdout.readline().decode().strip())
            time.sleep(0.01 * round_)
            writer.kill()
            told += [line for line in writer.stdout.read().decode().split("\n") if len(line) == 64]
    store = Snapshots(tmp_path)
    assert len(told) >= 6
    for sha in told:
        store.get(sha)
    for path in tmp_path.rglob("*.zst"):
        store.get(path.stem)
