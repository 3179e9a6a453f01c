"""How good is search? Words, meaning and their fusion beside bm25s, on one judged collection.

    python -m benchmarks.search.quality FOLDER [--work DIR] [--queries N]

FOLDER is in the layout of BEIR: `corpus.jsonl`, `queries.jsonl`, and `qrels/test.tsv` or
`qrels.tsv`. The peer needs `pip install bm25s PyStemmer`. Encoding 5,000 abstracts takes several
minutes on two cores; with --work the vectors are kept for the next run.

Every row is a ranking of 100 documents: `words` and `meaning` are the two indexes alone, `fused`
is what `SearchEngine.search` answers, `convex` the other fusion. nDCG@10 has linear gains and a
discount of log2(rank + 1), as in trec_eval; recall@100 is the share of relevant documents found.
p is that of a paired randomisation test on nDCG@10 against the peer (10,000 rounds, seed 0).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sqlite3
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import bm25s
import numpy as np
import Stemmer

from catalogue.documents import Passage, SearchDocument
from catalogue.filters import Filters
from catalogue.query import Query
from catalogue.settings import SearchSettings
from search import fusion, generation, model
from search.engine import SearchEngine
from search.indexer import Indexer

DEPTH = 100
CUT = 10

Ranker = Callable[[str], Sequence[int]]
"""From the text of a query to ids of documents, best first."""


class Collection:
    """A judged collection as a `DocumentStore`: one passage, title and text, a document."""

    def __init__(self, corpus: Path, vectors: Path) -> None:
        self.names: list[str] = []
        self._documents: list[SearchDocument] = []
        for line in corpus.open(encoding="utf-8"):
            entry = json.loads(line)
            number = len(self.names) + 1
            title, body = entry.get("title", ""), entry["text"]
            text = f"{title}\n{body}"
            passage = Passage(number, text, hashlib.sha256(text.encode()).hexdigest(), "")
            self.names.append(entry["_id"])
            self._documents.append(
                SearchDocument(number, "document", number, title, "", body, (passage,))
            )
        self._vectors = sqlite3.connect(vectors)
        self._vectors.execute(
            "create table if not exists v (model, sha, row, primary key (model, sha))"
        )

    def refresh(self) -> int:
        """Nothing ever changes."""
        return 0

    def ids(self) -> array[int]:
        """Ids are numbers from 1."""
        return array("q", range(1, len(self.names) + 1))

    def passages(self) -> Iterator[tuple[int, int]]:
        """A passage has the number of its document."""
        return ((number, number) for number in self.ids())

    def documents(self, ids: Sequence[int]) -> Iterator[SearchDocument]:
        """The documents with these numbers."""
        return (self._documents[number - 1] for number in ids)

    def missing(self, model: str) -> Iterator[tuple[str, str]]:
        """Texts not encoded yet."""
        rows = self._vectors.execute("select sha from v where model = ?", [model])
        held = {sha for (sha,) in rows}
        passages = {one.passages[0].text_sha: one.passages[0].text for one in self._documents}
        return ((sha, text) for sha, text in passages.items() if sha not in held)

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Keep vectors in the file."""
        with self._vectors:
            self._vectors.executemany(
                "insert or replace into v values (?, ?, ?)",
                [(model, sha, row) for sha, row in vectors],
            )

    def vectors(self, model: str, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """Vectors from the file."""
        held = dict(self._vectors.execute("select sha, row from v where model = ?", [model]))
        for number in passage_ids:
            sha = self._documents[number - 1].passages[0].text_sha
            if sha in held:
                yield number, held[sha]

    def allowed(self, filters: Filters) -> array[int] | None:
        """All documents pass."""

    def of_subject(self, kind: Literal["tool", "document"], subject_id: int) -> int | None:
        """Documents are their own subjects, and there are no tools."""
        return subject_id if kind == "document" else None


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain at CUT, with linear gains."""
    gains = [relevant.get(name, 0) for name in ranked[:CUT]]
    best = sorted(relevant.values(), reverse=True)[:CUT]
    return _discounted(gains) / _discounted(best)


def recall(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Share of the relevant documents that are among the first DEPTH."""
    wanted = {name for name, gain in relevant.items() if gain > 0}
    return len(wanted & set(ranked[:DEPTH])) / len(wanted)


def chance(gains: Sequence[float], others: Sequence[float], rounds: int = 10_000) -> float:
    """How often a difference in means as large comes about when the pairs are swapped at random."""
    differences = np.array(gains) - np.array(others)
    signs = np.random.default_rng(0).choice([-1, 1], size=(rounds, len(differences)))
    return float((np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12).mean())


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def judgements(folder: Path) -> dict[str, dict[str, int]]:
    """Relevant documents by query, without queries that have none."""
    paths = [folder / "qrels" / "test.tsv", folder / "qrels.tsv"]
    path = next(path for path in paths if path.exists())
    judged: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            judged.setdefault(query, {})[document] = int(score)
    return judged


def peer(collection: Collection) -> Ranker:
    """bm25s with its Lucene variant, English stemming and stop words: its documented best."""
    stemmer = Stemmer.Stemmer("english")
    tokenize = partial(bm25s.tokenize, stopwords="en", stemmer=stemmer, show_progress=False)
    texts = [one.passages[0].text for one in collection.documents(collection.ids())]
    index = bm25s.BM25(method="lucene")
    index.index(tokenize(texts), show_progress=False)

    def rank(text: str) -> Sequence[int]:
        found, _ = index.retrieve(tokenize([text]), k=DEPTH, show_progress=False)
        return [int(at) + 1 for at in found[0]]

    return rank


def rankers(collection: Collection, indexes: Path, models: Path) -> dict[str, Ranker]:
    """Bring the indexes in step and return every way of ranking, the peer among them."""
    embedder = model.load("", models)
    print(Indexer(collection, embedder, indexes).refresh(_progress), file=sys.stderr)
    now = generation.current(indexes)
    assert now is not None
    words, vectors = now.open_words(indexes), now.open_vectors(indexes)
    assert vectors is not None

    def fused(how: fusion.Fusion) -> Ranker:
        engine = SearchEngine(collection, indexes, lambda: embedder, how, SearchSettings().floor)
        return lambda text: [hit.id for hit in engine.search(Query(text), DEPTH)]

    return {
        "bm25s (peer)": peer(collection),
        "words": lambda text: [match.document for match in words.search(text, DEPTH)],
        "meaning": lambda text: [
            near.document for near in vectors.nearest(embedder.encode_batch([text])[0], DEPTH)
        ],
        "fused": fused(fusion.chosen("rrf")),
        "convex": fused(fusion.chosen("convex")),
    }


def main() -> None:
    """Measure and print one table."""
    options = _options()
    judged = judgements(options.folder)
    lines = (options.folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = {entry["_id"]: entry["text"] for entry in map(json.loads, lines)}
    asked = [name for name in queries if name in judged][: options.queries]
    with tempfile.TemporaryDirectory() as made:
        work = options.work or Path(made)
        work.mkdir(parents=True, exist_ok=True)
        collection = Collection(options.folder / "corpus.jsonl", work / "vectors.db")
        print(f"{len(collection.names)} documents, {len(asked)} queries")
        print(f"{'':14}{'nDCG@10':>9}{'recall@100':>12}{'p':>8}{'median ms':>11}")
        baseline: list[float] = []
        for name, rank in rankers(collection, work / "indexes", work / "models").items():
            gains, found, times = [], [], []
            for query in asked:
                began = time.perf_counter()
                numbers = rank(queries[query])
                times.append(1000 * (time.perf_counter() - began))
                ranked = [collection.names[number - 1] for number in numbers]
                gains.append(ndcg(ranked, judged[query]))
                found.append(recall(ranked, judged[query]))
            baseline = baseline or gains
            print(
                f"{name:14}{np.mean(gains):9.4f}{np.mean(found):12.4f}"
                f"{chance(gains, baseline):8.4f}{np.median(times):11.2f}"
            )


def _progress(done: int, total: int) -> None:
    print(f"\r{done} of {total} texts encoded", end="" if done < total else "\n", file=sys.stderr)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path, help="judged collection in the layout of BEIR")
    options.add_argument("--work", type=Path, help="keeps model, vectors and indexes")
    options.add_argument("--queries", type=int, help="only the first N judged queries")
    return options.parse_args()


if __name__ == "__main__":
    main()
