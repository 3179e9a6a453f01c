"""`horizon evaluate screening`: what would prioritised screening have saved a reviewer?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.evaluate.report import LABELLED
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from search.simulation import Measured
    from tui.cli.evaluate.records import Records

COLUMNS = (
    ("WSS@95", "work_saved"),
    ("ATD", "average_time"),
    ("recall@10%", "recall_10"),
    ("recall@25%", "recall_25"),
    ("stop after", "stopped"),
    ("recall then", "recall_stopped"),
    ("bound held", "held"),
)
"""Headings of the table and the measures under them, all shares of 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, by seed."""

    records: Records
    seeds: tuple[tuple[int, Measured], ...]
    meaning: bool
    """Whether meaning was ranked by, beside words."""

    def mean(self) -> Measured:
        """The mean of each measure over the seeds."""
        from search.simulation import Measured

        measured = [one for _, one in self.seeds]
        return Measured(
            **{
                field.name: mean(getattr(one, field.name) for one in measured)
                for field in fields(Measured)
            }
        )


@click.command(
    cls=HorizonCommand, example="horizon evaluate screening Kitchenham_2010.csv --seeds 3"
)
@click.argument("file", type=LABELLED, help="Table of title, abstract and included (CSV).")
@click.option(
    "--seeds", type=click.IntRange(1), default=5, show_default=True, help="Simulate so many times."
)
@click.option("--question", metavar="TEXT", default="", help="Begin with TEXT and nothing known.")
@click.option(
    "--random-every",
    type=click.IntRange(2),
    metavar="N",
    help="Draw every N-th record at random, for a surer stopping report.",
)
@json_option
def screening(
    file: Path, seeds: int, question: str, random_every: int | None, *, as_json: bool
) -> None:
    """Judge what prioritised screening saves.

    FILE has a heading with title, abstract and included (or label_included, label, relevant ...),
    which is 1 or 0, yes or no, true or false. A reviewer is simulated who reads in the order that
    the product gives, with your settings, and decides as FILE says. A seed chooses one relevant and
    one irrelevant record that are known at first, as ASReview does; they are not counted. With
    --question nothing is known at first.

    WSS@95 is the share of records that need not be read once 95% of the relevant are found, less
    5%. ATD is the average time to discovery: the mean, over the relevant records, of the share that
    is read when each is found. Stop after: the share that is read when the stopping report first
    promises 95% recall with 95% confidence. Bound held: how often no more were left than it said.

    The rest is ranked anew after each decision at first, and after each 5% more decisions later.
    """
    from tui.cli import render
    from tui.cli.evaluate.records import read_records
    from tui.state.wording import plural

    records = read_records(file)
    if records.undecided:
        render.say(f"{plural(records.undecided, 'record')} without a label left out.")
    outcome = _run(records, seeds, question.strip(), random_every or 0)
    if as_json:
        render.as_json(_plain(outcome))
    else:
        _print(outcome)


def _run(records: Records, seeds: int, question: str, random_every: int) -> Outcome:
    from search import simulation
    from search.prioritise import Prioritiser
    from tui.cli import progress
    from tui.cli.evaluate.embedding import embedder_of

    embedder = embedder_of(opening.settings(), "Records are ranked by words alone.")
    vectors = None
    if embedder is not None:
        with progress.counting("Reading for meaning") as tell:
            vectors = embedder.encode(records.texts, tell)
    asked = simulation.Question(
        question, embedder.encode([question])[0] if embedder and question else None
    )
    prioritiser = Prioritiser(records.texts, vectors)
    measured: list[tuple[int, Measured]] = []
    with progress.counting("Screening") as tell:
        for seed in range(seeds):
            screened = simulation.screen(
                prioritiser,
                records.labels,
                () if question else simulation.prior(records.labels, seed),
                asked,
                random_every,
                seed,
                _after(seed, seeds, tell),
            )
            measured.append((seed, simulation.measure(screened)))
    return Outcome(records, tuple(measured), vectors is not None)


def _after(done: int, rounds: int, tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Progress of one round as part of that of all."""
    return lambda read, total: tell(done * total + read, rounds * total)


def _print(outcome: Outcome) -> None:
    from tui.cli import render
    from tui.state.wording import number

    records, average = outcome.records, outcome.mean()
    ranked = "words and meaning" if outcome.meaning else "words alone"
    relevant = sum(records.labels)
    said = f"{number(len(records.labels))} records, {number(relevant)} relevant; by {ranked}"
    rows = [
        *((str(seed), *_row(one)) for seed, one in outcome.seeds),
        ("mean", *_row(average)),
    ]
    drawn = render.table([("seed", "left"), *((name, "right") for name, _ in COLUMNS)], rows)
    render.put(render.text(said), "", drawn, "")
    render.put(render.text(f"A ranking takes {average.seconds * 1000:.0f} ms."))


def _row(measured: Measured) -> Sequence[str]:
    return [f"{getattr(measured, name):.3f}" for _, name in COLUMNS]


def _plain(outcome: Outcome) -> dict[str, object]:
    return {
        "records": len(outcome.records.labels),
        "relevant": sum(outcome.records.labels),
        "undecided": outcome.records.undecided,
        "meaning": outcome.meaning,
        "seeds": [{"seed": seed, **asdict(one)} for seed, one in outcome.seeds],
        "mean": asdict(outcome.mean()),
    }
