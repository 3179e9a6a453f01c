"""Does search answer rightly whatever happened to its files, and does it say so?

    python -m benchmarks.search.damage [--tools 40] [--kills 20]

An invented market is indexed. Then, one at a time, every file under `indexes/` is truncated,
flipped in one byte, or removed, and `horizon search` is asked in a process of its own: it must
print what it printed before, and name the damage on standard error. Beside it stands whether the
libraries alone notice: FAISS and tantivy open the harmed file, ONNX Runtime and tokenizers theirs.

After that tools are changed, `horizon index refresh` is killed at a random moment, and search must
print what it printed before or what it prints after; then a refresh must bring all in step. The
exit code is 1 when anything was wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import onnxruntime
from sqlalchemy import update
from tantivy import Index
from tokenizers import Tokenizer

from benchmarks.app.market import fill
from catalogue.database import open_database
from catalogue.models import Tool
from catalogue.settings import load

QUESTION = "types letters after clinic"
INDEXES = "indexes"


def truncated(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def removed(path: Path) -> None:
    """Take a file away."""
    path.unlink()


HARMS: tuple[Callable[[Path], None], ...] = (truncated, flipped, removed)


def horizon(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "tui.cli", *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def asked(home: Path) -> tuple[str, str]:
    """What a search prints, and what it tells."""
    done = horizon(home, "search", QUESTION, "--json")
    return done.stdout, done.stderr.strip()


def library_alone(harmed: Path, aside: Path) -> str:
    """Whether the library that reads a file notices what happened to it; asked of a copy."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(harmed.parent, aside / harmed.parent.name)
    path = aside / harmed.parent.name / harmed.name
    try:
        if path.name.endswith(".faiss"):
            faiss.read_index(str(path))
        elif path.name.endswith(".npy"):
            np.load(path)
        elif path.name.endswith(".onnx"):
            settings = onnxruntime.SessionOptions()
            onnxruntime.InferenceSession(str(path), settings, ["CPUExecutionProvider"])
        elif path.name == "tokenizer.json":
            Tokenizer.from_file(str(path))
        elif path.parent.name == "words":
            Index.open(str(path.parent)).searcher()
        else:
            return ""
    except Exception as error:  # noqa: BLE001 - whatever it is, it was noticed
        return f"notices ({type(error).__name__})"
    return "notices nothing"


def harmed(home: Path, right: str) -> int:
    """Harm each file in each way; prints a line for each, returns how many went wrong."""
    kept, wrong = home / "kept", 0
    shutil.copytree(home / INDEXES, kept)
    files = [path.relative_to(kept) for path in sorted(kept.rglob("*")) if path.is_file()]
    for name in (one for one in files if not one.name.endswith(".lock")):
        for harm in HARMS:
            shutil.rmtree(home / INDEXES)
            shutil.copytree(kept, home / INDEXES)
            harm(home / INDEXES / name)
            alone = library_alone(home / INDEXES / name, home / "aside")
            began = time.perf_counter()
            printed, told = asked(home)
            fine = printed == right
            said = "anew" in told
            wrong += not (fine and said)
            print(
                f"{name.as_posix()[-46:]:46} {harm.__name__:10}"
                f"{'right' if fine else 'WRONG':6} {'said' if said else 'NOT SAID':9}"
                f"{time.perf_counter() - began:6.1f} s  {alone}",
                flush=True,
            )
    shutil.rmtree(home / INDEXES)
    shutil.copytree(kept, home / INDEXES)
    return wrong


def change(home: Path, number: int) -> None:
    """Give every third tool another summary."""
    database = open_database(load(home))
    with database.write() as session:
        summary = f"Types letters after clinic, {number} at once."
        these = Tool.id % 3 == number % 3
        session.execute(update(Tool).where(these).values(summary=summary, stale=True))
    database.close()


def killed(home: Path, rounds: int) -> int:
    """Kill a refresh at random moments; returns how often something was wrong afterwards."""
    chance = random.Random()  # noqa: S311 - moments, not secrets
    wrong = stopped = 0
    command = [sys.executable, "-m", "tui.cli", "index", "refresh", "--home", str(home)]
    longest = 0.0
    for number in range(rounds + 1):
        before, _ = asked(home)
        change(home, number)
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(chance.uniform(0, longest) if number else None)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            stopped += 1
        longest = longest or time.perf_counter() - began
        between, _ = asked(home)
        finished = horizon(home, "index", "refresh")
        after, _ = asked(home)
        fine = between in (before, after) and not finished.returncode
        fine &= not horizon(home, "index", "verify").returncode
        wrong += not fine
    print(f"refresh killed {stopped} times in {rounds} rounds; {wrong} went wrong")
    return wrong


def main() -> int:
    """Harm and kill."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--tools", type=int, default=40)
    options.add_argument("--kills", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        database = open_database(load(home))
        fill(database, given.tools)
        database.close()
        horizon(home, "index", "refresh")
        right, told = asked(home)
        print(f"undisturbed: {len(right)} characters of answers, told {told!r}")
        wrong = harmed(home, right) + killed(home, given.kills)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
