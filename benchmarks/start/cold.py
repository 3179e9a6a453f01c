"""From process start to the first answer, beside sentence-transformers, in one run.

    horizon demo --no-app --home HOME
    python benchmarks/start/cold.py --home HOME

Times whole processes, in turn, several runs each: `horizon --help`, `horizon search` on the demo
catalogue, and the peer: the same query encoded by sentence-transformers and held against the
same vectors with numpy. Prints wall medians, CPU seconds, and the ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

QUERY = "less typing for doctors in clinic"

PEER = """
import os, sys
os.environ["HF_HUB_OFFLINE"] = "1"
import numpy as np
from sentence_transformers import SentenceTransformer
from search.model import find
model = SentenceTransformer(str(find().folder))
vector = model.encode([sys.argv[1]], normalize_embeddings=True)[0]
held = np.load(sys.argv[2])
print(np.argsort(-(held @ vector))[:10])
"""


def save_vectors(home: Path, target: Path) -> int:
    """Write the demo's vectors for the peer, which need not open a database."""
    import numpy as np  # noqa: PLC0415

    from catalogue.database import Database  # noqa: PLC0415
    from catalogue.models import Embedding  # noqa: PLC0415

    database = Database(f"sqlite:///{home / 'catalogue.db'}")
    with database.read() as session:
        held = [np.frombuffer(row.vector, "<f4") for row in session.query(Embedding)]
    np.save(target, np.stack(held))
    return len(held)


def measure(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one process."""
    before = os.times()
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - began
    after = os.times()
    cpu = after.children_user + after.children_system
    return wall, cpu - before.children_user - before.children_system


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    vectors = given.home / "peer-vectors.npy"
    count = save_vectors(given.home, vectors)
    horizon = [sys.executable, "-m", "tui.cli"]
    commands = {
        "horizon --help": [*horizon, "--help"],
        "horizon search": [*horizon, "search", QUERY, "--json", "--home", str(given.home)],
        "sentence-transformers": [sys.executable, "-c", PEER, QUERY, str(vectors)],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(given.runs + 1):
        for name, command in commands.items():
            figures = measure(command)
            if number:  # the first round warms the file cache
                taken[name].append(figures)
    print(f"{count} vectors, {given.runs} runs each, in turn")
    print(f"{'':24}{'wall median':>12}{'min':>8}{'max':>8}{'CPU median':>12}")
    for name, runs in taken.items():
        walls, cpus = [one[0] for one in runs], [one[1] for one in runs]
        print(
            f"{name:24}{statistics.median(walls):>10.2f} s{min(walls):>8.2f}{max(walls):>8.2f}"
            f"{statistics.median(cpus):>10.2f} s"
        )
    ratios = [
        one[0] / other[0]
        for one, other in zip(taken["horizon search"], taken["sentence-transformers"], strict=True)
    ]
    print(f"horizon search takes {statistics.median(ratios):.2f} of sentence-transformers")
    vectors.unlink()


if __name__ == "__main__":
    main()
