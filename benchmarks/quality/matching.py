"""How well duplicates are found, beside the cosine of TF-IDF vectors.

On the Amazon-Google products (software titles with their makers): the points and the threshold of
`catalogue.matching` stand since they were fitted on the training pairs, and are measured on the
validation pairs, which nothing was fitted on. And on invented pairs of NHS-like tools and suppliers
(`matching.jsonl`), which no point of a tool was fitted on. Then the shape of the errors.

    python -m benchmarks.quality.matching [--fit]

`--fit` works out the points again instead, and prints them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.quality.real import REAL
from catalogue.likeness import THRESHOLD, Likeness
from catalogue.matching import TOOL_POINTS, tool_values
from catalogue.quality import Score
from catalogue.rarity import Rarity
from tui.cli.evaluate.labelled import read
from tui.cli.evaluate.matching import MatchingLine, Side, likenesses, told

PRODUCTS = REAL / "er" / "amazon-google"
INVENTED = Path(__file__).with_name("matching.jsonl")
BY_HAND = ("other supplier", "address", "text")
"""Parts whose points are not fitted."""

_COLUMN = re.compile(r"COL (\w+) VAL (.*?)(?=COL |$)")


@dataclass(frozen=True, slots=True)
class Result:
    """What one way of matching gives on one set of pairs."""

    data: str
    way: str
    score: Score


def products(name: str) -> list[MatchingLine]:
    """The pairs of one file of the Amazon-Google products; prices are left out.

    Raises:
        SystemExit: the file is not there; the message says what is wanted.
    """
    path = PRODUCTS / f"{name}.txt"
    if not path.is_file():
        raise SystemExit(
            f"This benchmark reads er/amazon-google/{name}.txt in the folder ../shared/real beside "
            f"the project ({REAL}), and it is not there."
        )
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").splitlines())
    return [
        MatchingLine(left=_product(left), right=_product(right), same=label == "1")
        for left, right, label in rows
    ]


def _product(row: str) -> Side:
    columns = {name: value.strip() for name, value in _COLUMN.findall(row)}
    return Side(name=columns["title"], supplier=columns["manufacturer"] or None)


def invented() -> list[MatchingLine]:
    """The invented pairs."""
    return list(read(INVENTED, MatchingLine).values())


def score(said: Sequence[bool], lines: Sequence[MatchingLine]) -> Score:
    """Score what was said of each pair with what a person said."""
    counted = Counter(zip(said, (line.same for line in lines), strict=True))
    return Score(counted[True, True], counted[True, False], counted[False, True])


def cosines(lines: Sequence[MatchingLine], known: Sequence[MatchingLine]) -> list[float]:
    """Cosine of the TF-IDF vectors of names and suppliers, weighed over the known pairs."""
    weigher = TfidfVectorizer().fit([_words(side) for side in _sides(known)])
    left = weigher.transform([_words(line.left) for line in lines])
    right = weigher.transform([_words(line.right) for line in lines])
    return [float(one) for one in np.asarray(left.multiply(right).sum(axis=1)).ravel()]


def _sides(lines: Sequence[MatchingLine]) -> Iterator[Side]:
    for line in lines:
        yield line.left
        yield line.right


def _words(side: Side) -> str:
    return " ".join((side.name or "", *side.sellers))


def best_threshold(scores: Sequence[float], lines: Sequence[MatchingLine]) -> float:
    """The score that, as a threshold, has the best F1."""
    ranked = sorted(zip(scores, (line.same for line in lines), strict=True), reverse=True)
    same = sum(line.same for line in lines)
    best, found, threshold = 0.0, 0, 1.0
    for rank, (one, right) in enumerate(ranked, start=1):
        found += right
        f1 = Score(found, rank - found, same - found).f1
        if f1 > best:
            best, threshold = f1, one
    return threshold


def fit() -> None:
    """Work out the points of a tool's parts on the training pairs, and print them."""
    lines = products("train")
    rarity = Rarity.of({side.name for side in _sides(lines) if side.name})
    values = [tool_values(one.left.tool(), one.right.tool(), rarity)[0] for one in lines]
    fitted = [name for name in TOOL_POINTS if name not in BY_HAND]
    model = LogisticRegression(max_iter=3000)
    model.fit(
        np.array([[one[name] for name in fitted] for one in values]),
        np.array([one.same for one in lines]),
    )
    points = dict(zip(fitted, (float(one) for one in model.coef_[0]), strict=True))
    kept = {name: TOOL_POINTS[name] for name in BY_HAND} | points
    sums = [sum(points * one[name] for name, points in kept.items()) for one in values]
    for name in TOOL_POINTS:
        print(f"{name:16}{kept[name]:+.1f}{' (by hand)' if name in BY_HAND else ''}")
    threshold = best_threshold(sums, lines)
    print(f"bias            {log(THRESHOLD / (1 - THRESHOLD)) - threshold:+.1f}")


def kind_of(line: MatchingLine, alike: Likeness) -> str:
    """What kind of error a wrong answer is: the part that weighed most against a pair that is one,
    or what made a pair alike that is none.
    """
    against = [part for part in alike.parts if part.points < 0]
    if line.same:
        return f"missed, by {against[0].name}" if against else "missed, few words in common"
    if " ".join(sorted(_words(line.left).split())) == " ".join(sorted(_words(line.right).split())):
        return "wrong, word for word the same"
    return (
        "wrong, in spite of " + against[0].name if against else "wrong, nothing speaks against it"
    )


def results() -> tuple[list[Result], list[tuple[str, MatchingLine, Likeness]]]:
    """Scores of both ways on all sets, and the errors of ours on the validation pairs."""
    train, valid, ours = products("train"), products("valid"), invented()
    threshold = best_threshold(cosines(train, train), train)
    rows = []
    for name, lines in (("training pairs", train), ("validation pairs", valid)):
        by_cosine = [one >= threshold for one in cosines(lines, train)]
        rows.append(Result(name, "TF-IDF cosine", score(by_cosine, lines)))
        said = [one.score >= THRESHOLD for one in likenesses(lines)]
        rows.append(Result(name, "ours", score(said, lines)))
    for kind in ("tools", "organisations"):
        lines = [line for line in ours if line.kind == kind]
        for way, scores, least in (
            ("TF-IDF cosine", cosines(lines, lines), threshold),
            ("ours", [one.score for one in likenesses(lines)], THRESHOLD),
        ):
            said = [one >= least for one in scores]
            rows.append(Result(f"invented {kind}", way, score(said, lines)))
    wrong = [
        (kind_of(line, alike), line, alike)
        for line, alike in zip(valid, likenesses(valid), strict=True)
        if (alike.score >= THRESHOLD) != line.same
    ]
    return rows, wrong


def main() -> None:
    """Print the scores, and the shape of the errors on the validation pairs."""
    if "--fit" in sys.argv[1:]:
        fit()
        return
    rows, wrong = results()
    table = Table("pairs", "way", "precision", "recall", "F1", box=None)
    for row in rows:
        shares = (row.score.precision, row.score.recall, row.score.f1)
        table.add_row(row.data, row.way, *(f"{one:.3f}" for one in shares))
    console = Console(width=100)
    console.print(table)
    shape = Table("errors on the validation pairs", "pairs", "for instance", box=None)
    for kind, count in Counter(kind for kind, _, _ in wrong).most_common():
        line, alike = next((line, alike) for one, line, alike in wrong if one == kind)
        shape.add_row(
            kind, str(count), f"{_words(line.left)} / {_words(line.right)} ({told(alike)})"
        )
    console.print(shape)


if __name__ == "__main__":
    main()
