"""Kill `horizon demo` at random moments, finish it, and compare with an undisturbed run.

    python benchmarks/crawl/kills.py --kills 20

Each round starts the demonstration in an empty home, sends SIGKILL after a random time, runs it
again to the end, asks `horizon db check`, and compares the fingerprint of the content with that
of an undisturbed run. Prints a line a round, and at the end how many were equal.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from catalogue.database import Database
from catalogue.queries.fingerprint import fingerprint


def demo(home: Path) -> list[str]:
    """The command that runs the demonstration in a home."""
    return [sys.executable, "-m", "tui.cli", "demo", "--no-app", "--json", "--home", str(home)]


def content_of(home: Path) -> str:
    """Fingerprint of what the catalogue of a home says."""
    database = Database(f"sqlite:///{home / 'catalogue.db'}")
    with database.read() as session:
        found = fingerprint(session)
    database.close()
    return found


def undisturbed(home: Path) -> tuple[str, float]:
    """Run once to the end; the fingerprint, and the seconds it took."""
    began = time.perf_counter()
    done = subprocess.run(demo(home), capture_output=True, text=True, check=True)
    print("undisturbed:", json.dumps(json.loads(done.stdout)))
    return content_of(home), time.perf_counter() - began


def killed(home: Path, after: float) -> bool:
    """Run and kill; says whether it was still running then."""
    process = subprocess.Popen(demo(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def main() -> int:
    """Kill, finish and compare; 0 when every round gave the same content."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    moments = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    equal = 0
    with tempfile.TemporaryDirectory() as folder:
        expected, seconds = undisturbed(Path(folder) / "undisturbed")
        for number in range(given.kills):
            home = Path(folder) / str(number)
            after = moments.uniform(0.2, seconds * 0.95)
            hit = killed(home, after)
            finished = subprocess.run(demo(home), capture_output=True, text=True, check=False)
            check = subprocess.run(
                [sys.executable, "-m", "tui.cli", "db", "check", "--home", str(home)],
                capture_output=True,
                text=True,
                check=False,
            )
            same = finished.returncode == check.returncode == 0 and content_of(home) == expected
            equal += same
            print(
                f"{number + 1:3} {'killed' if hit else 'had ended'} after {after:5.1f} s; "
                f"then demo {finished.returncode}, check {check.returncode}, "
                f"content {'equal' if same else 'DIFFERS'}",
                flush=True,
            )
    print(f"{equal} of {given.kills} equal to the undisturbed run")
    return 0 if equal == given.kills else 1


if __name__ == "__main__":
    raise SystemExit(main())
