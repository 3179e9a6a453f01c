"""What does prioritised screening save? The product beside ASReview and Naive Bayes, in one run.

    python -m venv /tmp/asreview && /tmp/asreview/bin/pip install asreview
    python -m benchmarks.search.screening FILE.csv ... --peer /tmp/asreview/bin/python
        [--seeds 10] [--work DIR]

Each FILE is what `horizon evaluate screening` takes. The peer is ASReview's default model (ELAS u4:
support vector machine over TF-IDF) in an environment of its own; without --peer its row is left
out. The second peer is Naive Bayes over TF-IDF, as ELAS u3 of ASReview has it, the default of its
version 1. With --work the vectors are kept for the next run.

All start from the same two records, one relevant and one irrelevant, drawn by the seed, read the
same numbers of records between two rankings, and are measured by the same code
(`search.simulation`): WSS@95 and ATD leave out the records known at first. `p` is that of a paired
sign-flip test over the seeds of the product against the row (all flips of up to 12 seeds).

The second table is of the stopping report alone: how often its bounds at 95 % confidence held over
all looks of all seeds, the median of how many more than were left it allowed for, where it would
have stopped, and what was found then; by the order alone, and with every tenth record drawn at
random. The last rows are of an order that is no better than chance, the least that is assumed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

from search import model, simulation, stopping
from search.embedder import Vectors
from search.prioritise import Prioritiser, Ranked, Vector
from search.simulation import Screened
from tui.cli.evaluate.records import Records, read_records

PEER = Path(__file__).with_name("screening_peer.py")
RANDOM_EVERY = 10
MOST_FLIPPED = 12


class NaiveBayes(Prioritiser):
    """Multinomial Naive Bayes over TF-IDF, with the parameters of ASReview's ELAS u3."""

    alpha, ratio = 3.822, 1.2

    def __init__(self, texts: Sequence[str]) -> None:
        self._matrix = TfidfVectorizer(stop_words="english").fit_transform(texts)

    def order(
        self,
        decided: Mapping[int, bool],
        question: str = "",
        question_vector: Vector | None = None,
        seed: int = 0,
    ) -> list[Ranked]:
        """The undecided, the likeliest first; both kinds must be known."""
        del question, question_vector, seed
        places = np.array(sorted(decided))
        included = np.array([decided[int(place)] for place in places])
        weights = np.where(included, 1.0, included.sum() / (self.ratio * (~included).sum()))
        bayes = MultinomialNB(alpha=self.alpha)
        bayes.fit(self._matrix[places], included, sample_weight=weights)
        chances = bayes.predict_log_proba(self._matrix)
        scores = chances[:, 1] - chances[:, 0]
        left = np.setdiff1d(np.arange(len(scores)), places)
        best = left[np.lexsort((left, -scores[left]))]
        return [Ranked(int(place), float(scores[place]), "decisions") for place in best]


class Chance(Prioritiser):
    """An order that is drawn anew at random: the worst that the stopping report assumes."""

    def __init__(self, count: int, seed: int) -> None:
        self._order = np.random.default_rng(seed).permutation(count)

    def order(
        self,
        decided: Mapping[int, bool],
        question: str = "",
        question_vector: Vector | None = None,
        seed: int = 0,
    ) -> list[Ranked]:
        """The undecided."""
        del question, question_vector, seed
        return [Ranked(int(one), 0.0, "chance") for one in self._order if int(one) not in decided]


@dataclass(frozen=True, slots=True)
class Result:
    """What one way gives on one set of records, by seed."""

    way: str
    screened: Sequence[Screened]
    seconds: float
    """CPU time of one screening."""

    def values(self, measure: Callable[[Sequence[bool]], float]) -> list[float]:
        """A measure for each seed."""
        return [measure(one.relevant) for one in self.screened]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--work", type=Path, default=Path("/tmp/horizon-screening"))  # noqa: S108
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    console = Console(width=110)
    saved, stops = _saved_table(), _stops_table()
    for file in given.files:
        records = read_records(file)
        vectors = _vectors(records, given.work)
        known = [simulation.prior(records.labels, seed) for seed in range(given.seeds)]
        product_way = Prioritiser(records.texts, vectors)
        results = [
            _run("product", product_way, records, known),
            _run("product, words alone", Prioritiser(records.texts, None), records, known),
            _run("Naive Bayes", NaiveBayes(records.texts), records, known),
        ]
        if given.peer:
            results.append(_run_peer(given.peer, records, known))
        for one in results:
            saved.add_row(file.stem, *_saved(one, results[0]))
        sampled = _run("", product_way, records, known, RANDOM_EVERY)
        stops.add_row(file.stem, "order", *_stops(results[0].screened))
        stops.add_row(file.stem, "order and sample", *_stops(sampled.screened))
        for every, name in ((0, "chance"), (RANDOM_EVERY, "chance and sample")):
            by_chance = [
                simulation.screen(
                    Chance(len(records.labels), seed),
                    records.labels,
                    pair,
                    random_every=every,
                    seed=seed,
                )
                for seed, pair in enumerate(known)
            ]
            stops.add_row(file.stem, name, *_stops(by_chance))
    console.print(saved, stops)


def _vectors(records: Records, work: Path) -> Vectors:
    embedder = model.load("", work / "models")
    key = hashlib.sha256(repr((embedder.model, records.texts)).encode()).hexdigest()[:16]
    kept = work / f"{key}.npy"
    if not kept.exists():
        np.save(kept, embedder.encode(records.texts))
    vectors: Vectors = np.load(kept)
    return vectors


def _run(
    way: str,
    prioritiser: Prioritiser,
    records: Records,
    known: Sequence[tuple[int, int]],
    random_every: int = 0,
) -> Result:
    began = time.process_time()
    screened = [
        simulation.screen(prioritiser, records.labels, pair, random_every=random_every, seed=seed)
        for seed, pair in enumerate(known)
    ]
    return Result(way, screened, (time.process_time() - began) / len(known))


def _run_peer(python: Path, records: Records, known: Sequence[tuple[int, int]]) -> Result:
    parts = [text.partition("\n") for text in records.texts]
    asked = {
        "titles": [title for title, _, _ in parts],
        "abstracts": [abstract for _, _, abstract in parts],
        "labels": [int(label) for label in records.labels],
        "known": known,
        "growth": simulation.GROWTH,
    }
    done = subprocess.run(
        [python, PEER], input=json.dumps(asked), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"The peer failed: {done.stderr.strip().splitlines()[-1]}")
    answer = json.loads(done.stdout)
    screened = [
        _whole(order, pair, records.labels)
        for order, pair in zip(answer["orders"], known, strict=True)
    ]
    name = f"ASReview {answer['version']} {answer['name']}"
    return Result(name, screened, answer["seconds"] / len(known))


def _whole(order: Sequence[int], known: tuple[int, int], labels: Sequence[bool]) -> Screened:
    """An order that ends with the last relevant record, and the rest after it."""
    read = {*order, *known}
    places = (*order, *(place for place in range(len(labels)) if place not in read))
    return Screened(places, tuple(labels[place] for place in places), known=len(known))


def _saved_table() -> Table:
    table = Table("set", "way", box=None, title="What is saved: mean over seeds (deviation)")
    for heading in ("WSS@95", "p", "ATD", "p", "recall@10%", "CPU s"):
        table.add_column(heading, justify="right")
    return table


def _saved(one: Result, ours: Result) -> Iterator[str]:
    yield one.way
    for measure in (simulation.work_saved, simulation.average_time):
        values = one.values(measure)
        yield f"{np.mean(values):.4f} ({np.std(values):.4f})"
        yield "" if one is ours else f"{_chance(ours.values(measure), values):.3f}"
    yield f"{np.mean(one.values(lambda found: simulation.recall_after(found, 0.1))):.3f}"
    yield f"{one.seconds:.1f}"


def _chance(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How often the mean difference is as large when each pair's sign is chosen at random."""
    pairs = (np.array(ours) - np.array(theirs))[:MOST_FLIPPED]
    flips = np.array(list(product((1, -1), repeat=len(pairs))))
    return float(np.mean(np.abs(flips @ pairs) >= abs(pairs.sum()) - 1e-12))


def _stops_table() -> Table:
    table = Table("set", "order", box=None, title="The stopping report at 95 % confidence")
    for heading in ("looks", "held", "least held", "excess", "stop after", "recall then", "least"):
        table.add_column(heading, justify="right")
    return table


def _stops(screened: Sequence[Screened]) -> Iterator[str]:
    measured = [simulation.measure(one) for one in screened]
    excess: list[int] = []
    for one in screened:
        for read in simulation.looks(one):
            drawn = [place for place in one.at_random if place < read]
            report = stopping.report(one.relevant[:read], len(one.relevant), drawn)
            excess.append(report.left_high - sum(one.relevant[read:]))
    yield str(len(excess))
    yield f"{np.mean([one.held for one in measured]):.3f}"
    yield f"{min(one.held for one in measured):.3f}"
    yield f"{np.median(excess):.0f}"
    yield f"{np.mean([one.stopped for one in measured]):.3f}"
    yield f"{np.mean([one.recall_stopped for one in measured]):.3f}"
    yield f"{min(one.recall_stopped for one in measured):.3f}"


if __name__ == "__main__":
    main()
