"""How well does a match tell what a tool covers? Judged needs beside the invented market.

    horizon demo --no-app --home DIR
    python -m benchmarks.search.needs DIR [--fit]

`needs.yml` holds the needs and, for each, the tools whose pages say it; some are asked for in words
of which the pages use few. Precision is the share of pairs (need, tool) given as covered that were
judged so, recall the share of those judged so that are given, and `open` how many of the needs that
nobody covers are listed as covered by nobody. Pairs judged to be covered partly count for neither.

The constants of `search.match` were fitted on these very pairs, so their numbers flatter. The
lines of the halves do not: each half is decided by a regression that was fitted on the other, at
the same threshold. --fit prints the regressions.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from sklearn.linear_model import LogisticRegression

from catalogue.query import Query
from catalogue.settings import load
from search import match
from search.needs import Need
from tui.live import Live

JUDGED = Path(__file__).with_name("needs.yml")
WORDY = 0.4
"""Weight in the fit of a need that shares its words with the pages: a half of all, as the others
are, though there are more."""

SAID = ("covered", "partly")

Numbers = npt.NDArray[np.float64]
Truth = npt.NDArray[np.str_]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    features, truth, needs = measured(chosen.home, judged)
    few = np.array([bool(judged[need].get("few")) for need in needs])
    weights = np.where(few, 1.0, WORDY)
    kept = truth != "partly"
    constants = features @ [match.KIND, match.MEANING, match.WORDS] + match.BIAS
    held = np.zeros(len(truth))
    for half in (0, 1):
        own, other = kept & (needs % 2 == half), needs % 2 != half
        fitted = regression(features, truth, weights, own)
        held[other] = fitted.decision_function(features[other])
        if chosen.fit:
            print("fitted on a half:", fitted.coef_.round(2), fitted.intercept_.round(2))
    if chosen.fit:
        fitted = LogisticRegression(C=10).fit(
            features[kept], truth[kept] == "covered", weights[kept]
        )
        print("fitted on all:", fitted.coef_.round(2), fitted.intercept_.round(2))
    print(f"{len(judged)} needs, {len(set(needs))} with pairs, {int(kept.sum())} pairs\n")
    print("needs       decided by            precision  recall  right first  open")
    for label, which in (("own words", ~few), ("few words", few), ("all", few | True)):
        for how, scores in (("constants", constants), ("the other half", held)):
            print(f"{label:10}  {how:20}  {row(judged, scores, truth, needs, kept & which)}")


def regression(
    features: Numbers, truth: Truth, weights: Numbers, which: Flags
) -> LogisticRegression:
    """One that is fitted on some of the pairs."""
    return LogisticRegression(C=10).fit(features[which], truth[which] == "covered", weights[which])


def measured(home: Path, judged: Sequence[dict[str, Any]]) -> tuple[Numbers, Truth, Places]:
    """What the matcher sees of every pair of a need and a tool, the judgement, and the need."""
    needs = [Need(at, one["need"], one["need"], "", "", 1) for at, one in enumerate(judged)]
    with_all = {"COVERED": 0.0, "PARTLY": 0.0, "CANDIDATES": 10_000}
    before = {name: getattr(match, name) for name in with_all}
    live = Live(load(home=home))
    try:
        for name, value in with_all.items():
            setattr(match, name, value)
        live.warm()
        covers = live.engine.match(needs, Query(), live.use_cases).covers
        names = {row.id: row.name for row in live.rows(live.browse(Query(), "name")).values()}
    finally:
        for name, value in before.items():
            setattr(match, name, value)
        live.close()
    missing = {tool for one in judged for tool in one.get("covered", ())} - set(names.values())
    if missing:
        raise SystemExit(f"The catalogue has no {', '.join(sorted(missing))}.")
    truth = [
        next(
            (d for d in ("covered", "partly") if names[one.tool] in judged[one.need].get(d, ())), ""
        )
        for one in covers
    ]
    features = np.array([[value for _, value in one.parts] for one in covers])
    return features, np.array(truth), np.array([one.need for one in covers])


def row(
    judged: Sequence[dict[str, Any]],
    scores: Numbers,
    truth: Truth,
    needs: Places,
    which: Flags,
) -> str:
    """One line of the table."""
    given = (1 / (1 + np.exp(-scores)) >= match.COVERED) & which
    right = given & (truth == "covered")
    asked = sorted(set(needs[which].tolist()))
    firsts, opened = [], []
    for need in asked:
        of = np.flatnonzero((needs == need) & which)
        if judged[need].get("covered"):
            firsts.append(truth[of[scores[of].argmax()]] == "covered")
        else:
            opened.append(not given[of].any())
    recall = right.sum() / ((truth == "covered") & which).sum()
    return (
        f"{right.sum() / max(given.sum(), 1):9.2f}  {recall:6.2f}  {np.mean(firsts):11.2f}  "
        f"{sum(opened)} of {len(opened)}"
    )


if __name__ == "__main__":
    main()
