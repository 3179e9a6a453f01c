"""What the invented market holds, by its author's own reading, against what was found in it.

Serves the market on this computer, crawls it on both of its days as any other, and lists for each
part how much is expected, how much of it is missing or otherwise, and every miss. Nothing in the
market was written from a program's output (`demo/expected.yml`).

    python -m benchmarks.quality.demo
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from catalogue.database import Database
from demo import load_expected
from demo.market import Day
from demo.outcome import expected_counts, report

DAYS: tuple[Day, Day] = (1, 2)


def crawl(home: Path, day: Day) -> None:
    """Let `horizon demo` do all of one day."""
    command = [sys.executable, "-m", "tui.cli", "demo", "--no-app", "--json"]
    subprocess.run(
        [*command, "--day", str(day), "--home", str(home)], check=True, capture_output=True
    )


def told(home: Path, day: Day) -> None:
    """Print what differs from what is expected on a day."""
    expected = load_expected(day)
    database = Database(f"sqlite:///{home / 'catalogue.db'}")
    with database.read() as session:
        differs = report(session, expected, day)
    database.close()
    print(f"Day {day}\n  {'part':<14}{'expected':>10}{'differ':>8}")
    for part, count in expected_counts(expected, day).items():
        print(f"  {part:<14}{count:>10}{len(differs[part]):>8}")
    for part, misses in differs.items():
        for miss in misses:
            print(f"  {part}: {miss}")


def main() -> None:
    """Crawl both days and print what differs."""
    with tempfile.TemporaryDirectory() as folder:
        for day in DAYS:
            crawl(Path(folder), day)
            told(Path(folder), day)


if __name__ == "__main__":
    main()
