"""How fast, how right and how large is search by meaning at 10,000 to a million vectors?

    python -m benchmarks.search.scale [--sizes 10000,100000,1000000] [--questions 200]

Vectors are generated: 384 numbers, unit length, about a thousand to a cluster. Every subject holds
the same vectors in a process of its own and answers the same questions for 100 documents, which is
what the engine asks for; a filter is given as the ascending ids of the documents that pass.
`faiss flat` compares all with all, with a bitmap for the filter, and is what recall@10 is held
against; `numpy` is one product with all vectors; `faiss hnsw` is a graph (M 32, efConstruction 40,
efSearch 64) with the same bitmap. Encoding a question is not counted: `benchmarks/start/cold.py`.

Milliseconds of processor time tell the work from a busy machine. The exit code is 1 when, at
100,000 vectors, a p95 of `horizon` is over 25 ms or a recall under 0.99.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
import psutil

from benchmarks.app.latency import percentile
from search.embedder import Vectors
from search.vectors import VectorIndex

DIMENSION = 384
CLUSTER = 1000
"""Vectors about one centre."""
AT_ONCE = 50_000
LIMIT, CUT = 100, 10
SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
SUBJECTS = ("faiss flat", "horizon", "numpy", "faiss hnsw")
JUDGED, BUDGET, RECALL = 100_000, 25.0, 0.99

Vector = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Answer = Callable[[Vector, Ids | None], Ids]
"""From a vector and the ids that pass to the best ids, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    size: int
    subject: str
    share: float
    p50: float
    p95: float
    processor: float
    recall: float
    memory: float
    """Megabytes that the process grew by."""
    build: float
    """Seconds of processor time."""


def vectors(size: int, count: int, seed: int) -> Vectors:
    """Vectors about the centres of a collection of this size, always the same ones for a seed."""
    clusters = max(10, size // CLUSTER)
    centres = np.random.default_rng(0).normal(size=(clusters, DIMENSION)).astype(np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    random = np.random.default_rng(seed)
    made = np.empty((count, DIMENSION), np.float32)
    for start in range(0, count, AT_ONCE):
        some = made[start : start + AT_ONCE]
        some[:] = random.normal(size=some.shape) / np.sqrt(DIMENSION)
        some += centres[random.integers(0, clusters, len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return made


def make(subject: str, held: Vectors, folder: Path) -> None:
    """Build an index and write it to files; the vector in row n has the id n + 1."""
    ids = np.arange(1, len(held) + 1)
    if subject == "horizon":
        index = VectorIndex(DIMENSION)
        index.add(np.stack([ids, ids], axis=1), held)
        index.save(folder)
        return
    folder.mkdir()
    if subject == "numpy":
        np.save(folder / "held.npy", held)
        return
    inner: faiss.Index = faiss.IndexFlatIP(DIMENSION)
    if subject == "faiss hnsw":
        graph = faiss.IndexHNSWFlat(DIMENSION, 32, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction, graph.hnsw.efSearch = 40, 64
        inner = graph
    inner.add(held)
    faiss.write_index(inner, str(folder / "held.faiss"))


def opened(subject: str, folder: Path) -> Answer:
    """Read an index from its files."""
    if subject == "horizon":
        index = VectorIndex.load(folder)
        return lambda vector, allowed: np.array(
            [near.document for near in index.nearest(vector, LIMIT, allowed)]
        )
    if subject == "numpy":
        held = np.load(folder / "held.npy")
        return lambda vector, allowed: _product(held, vector, allowed)
    peer = faiss.read_index(str(folder / "held.faiss"))
    return lambda vector, allowed: _faiss(peer, vector, allowed)


def _product(held: Vectors, vector: Vector, allowed: Ids | None) -> Ids:
    scores = held @ vector
    ids = np.arange(1, len(held) + 1) if allowed is None else allowed
    some = scores[ids - 1]
    best = np.argpartition(-some, min(LIMIT, len(some)) - 1)[:LIMIT]
    found: Ids = ids[best[np.argsort(-some[best])]]
    return found


def _faiss(index: faiss.Index, vector: Vector, allowed: Ids | None) -> Ids:
    parameters = faiss.SearchParameters()
    if allowed is not None:
        bits = np.zeros(index.ntotal, bool)
        bits[allowed - 1] = True
        packed = np.packbits(bits, bitorder="little")
        selector = faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg, arg-type]
        parameters.sel = selector  # FAISS keeps a pointer to it: it must outlive the search.
    _, found = index.search(vector[np.newaxis], LIMIT, params=parameters)
    ids: Ids = found[0][found[0] >= 0] + 1
    return ids


def filters(size: int) -> dict[float, Ids | None]:
    """Documents that pass, by their share; drawn once for each."""
    random = np.random.default_rng(3)
    return {
        share: None
        if share == 1
        else np.sort(random.choice(size, max(1, int(size * share)), replace=False)) + 1
        for share in SHARES
    }


def measured(subject: str, size: int, asked: Vectors, folder: Path, work: Path) -> list[Row]:
    """Ask one subject everything, in this process."""
    process = psutil.Process()
    before = process.memory_info().rss
    answer, chosen = opened(subject, folder), filters(size)
    rows, found = [], {}
    for share, allowed in chosen.items():
        for vector in asked[:5]:
            answer(vector, allowed)
        times, busy, ids = [], time.process_time(), []
        for vector in asked:
            began = time.perf_counter()
            ids.append(answer(vector, allowed)[:CUT])
            times.append(1000 * (time.perf_counter() - began))
        busy = 1000 * (time.process_time() - busy) / len(asked)
        found[str(share)] = [some.tolist() for some in ids]
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        memory = (process.memory_info().rss - before) / 1e6
        built = float((work / f"{subject}.built").read_text(encoding="ascii"))
        rows.append(Row(size, subject, share, p50, p95, busy, 0.0, memory, built))
    (work / f"{subject}.json").write_text(json.dumps(found), encoding="ascii")
    return rows


def judged(rows: list[Row], subject: str, work: Path) -> list[Row]:
    """The rows with their recall."""
    right = json.loads((work / f"{SUBJECTS[0]}.json").read_text(encoding="ascii"))
    said = json.loads((work / f"{subject}.json").read_text(encoding="ascii"))
    shares = {
        share: [
            len({*mine} & {*best}) / len(best) for mine, best in zip(said[share], one, strict=True)
        ]
        for share, one in right.items()
    }
    return [replace(row, recall=float(np.mean(shares[str(row.share)]))) for row in rows]


def run(subject: str, size: int, count: int, work: Path) -> list[Row]:
    """Build and ask one subject, each in a process of its own."""
    for step in ("make", "ask"):
        command = [sys.executable, "-m", "benchmarks.search.scale", "--step", step]
        command += ["--subject", subject, "--sizes", str(size), "--questions", str(count)]
        done = subprocess.run(
            [*command, "--work", str(work)], stdout=subprocess.PIPE, text=True, check=True
        )
    shutil.rmtree(work / subject)
    return judged([Row(**row) for row in json.loads(done.stdout)], subject, work)


def step(given: argparse.Namespace) -> None:
    """What a child process does."""
    size, folder = int(given.sizes), given.work / given.subject
    if given.step == "make":
        held, began = vectors(size, size, 1), time.process_time()
        make(given.subject, held, folder)
        told = given.work / f"{given.subject}.built"
        told.write_text(str(time.process_time() - began), encoding="ascii")
        return
    asked = vectors(size, given.questions, 2)
    rows = measured(given.subject, size, asked, folder, given.work)
    print(json.dumps([asdict(row) for row in rows]))


def line(row: Row) -> str:
    """A row of the table."""
    return (
        f"{row.size:9,} {row.subject:12}{row.share:8.1%}{row.p50:9.2f}{row.p95:9.2f}"
        f"{row.processor:9.2f}{row.recall:8.4f}{row.memory:7.0f}{row.build:9.1f}"
    )


def main() -> int:
    """Measure all and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--subject", action="append", help="only these, beside faiss flat")
    parser.add_argument("--work", type=Path, help="folder for the files, some 4 GB at a million")
    parser.add_argument("--step", choices=["make", "ask"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        given.subject = given.subject[0]
        step(given)
        return 0
    print(f"{'vectors':>9} {'subject':12}{'passes':>8}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}"
          f"{'recall':>8}{'MB':>7}{'built s':>9}")  # fmt: skip
    missed = False
    chosen = [one for one in SUBJECTS if not given.subject or one in (SUBJECTS[0], *given.subject)]
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=given.work) as work:
            for subject in chosen:
                for row in run(subject, size, given.questions, Path(work)):
                    print(line(row), flush=True)
                    slow = row.p95 > BUDGET or row.recall < RECALL
                    missed |= row.subject == "horizon" and row.size == JUDGED and slow
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
