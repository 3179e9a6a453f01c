"""`horizon evaluate search`: do people find what they look for?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from tui.cli.evaluate.judged import Collection
    from tui.cli.evaluate.trial import Outcome

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    cls=HorizonCommand,
    example="horizon evaluate search scifact --queries 100 --keep scifact-home",
)
@click.argument("folder", type=FOLDER, help="Judged collection in the layout of BEIR.")
@click.option("--split", metavar="NAME", default="", help="Judgements in qrels/NAME.tsv.")
@click.option("--queries", type=click.IntRange(1), help="Ask the first N queries only.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the catalogue there, so that the next run need not read the texts again.",
)
@json_option
def search(
    folder: Path, split: str, queries: int | None, keep: Path | None, *, as_json: bool
) -> None:
    """Judge what the search finds.

    FOLDER holds corpus.jsonl (a line: {"_id", "title", "text"}), queries.jsonl ({"_id", "text"})
    and qrels/test.tsv, another split, or qrels.tsv: query, text and grade, with tabs between; 1 or
    more is relevant.

    The texts become pages of a temporary catalogue and are indexed and searched as yours are, with
    your settings. It prints nDCG@10 (grades as gains, as trec_eval has it), recall@100 and the time
    that an answer takes, for words alone, meaning alone and both fused. To read 5,000 abstracts for
    meaning takes ten minutes.
    """
    from tui.cli import progress, render
    from tui.cli.evaluate import trial
    from tui.cli.evaluate.embedding import embedder_of
    from tui.cli.evaluate.judged import read_collection

    collection = read_collection(folder, split).only(queries)
    settings = opening.settings()
    embedder = embedder_of(settings, "Words alone are judged.")
    with _home(keep) as home:
        outcome = trial.run(settings, home, collection, embedder, progress.counting)
    if as_json:
        render.as_json(_plain(collection, outcome, settings))
    else:
        _print(collection, outcome)


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep.expanduser().absolute()
        return
    with TemporaryDirectory(prefix="horizon-evaluate-") as made:
        yield Path(made)


def _print(collection: Collection, outcome: Outcome) -> None:
    from search.evaluation import milliseconds
    from tui.cli import render
    from tui.state.wording import number, plural

    texts = f"{plural(len(collection.texts), 'text')}, {plural(outcome.built.passages, 'passage')}"
    asked = plural(len(collection.queries), "query", "queries")
    split = f" ({collection.split})" if collection.split else ""
    render.put(render.text(f"{texts}; {asked}{split}"), "")
    rows = [
        (
            name,
            f"{one.mean_ndcg:.4f}",
            f"{one.mean_recall:.4f}",
            f"{one.milliseconds(50):.1f}",
            f"{one.milliseconds(95):.1f}",
            _chance(outcome, name),
        )
        for name, one in outcome.ways.items()
    ]
    numbers = ("nDCG@10", "recall@100", "p50 ms", "p95 ms", "p fused")
    render.put(render.table([("by", "left"), *((name, "right") for name in numbers)], rows))
    if outcome.encoding:
        render.put(
            "",
            render.text(
                f"Encoding a query comes on top where meaning is asked: "
                f"{milliseconds(outcome.encoding, 50):.1f} ms (p50), "
                f"{milliseconds(outcome.encoding, 95):.1f} ms (p95)."
            ),
        )
        render.put(
            render.text(
                "p: how often a difference in nDCG@10 from fused as large comes about by chance."
            )
        )
    if outcome.built.embedded:
        render.say(f"{number(outcome.built.embedded)} texts were read for meaning.")


def _chance(outcome: Outcome, name: str) -> str:
    from search.evaluation import chance

    fused = outcome.ways.get("fused")
    if fused is None or name == "fused":
        return ""
    return f"{chance(fused.ndcg, outcome.ways[name].ndcg):.4f}"


def _plain(collection: Collection, outcome: Outcome, settings: Settings) -> dict[str, object]:
    from search.evaluation import chance, milliseconds

    fused = outcome.ways.get("fused")
    ways = {
        name: {
            "ndcg@10": one.mean_ndcg,
            "recall@100": one.mean_recall,
            "p50_ms": one.milliseconds(50),
            "p95_ms": one.milliseconds(95),
            "p_fused": None if fused in (None, one) else chance(fused.ndcg, one.ndcg),
        }
        for name, one in outcome.ways.items()
    }
    encoding = {
        f"p{percentile}_ms": milliseconds(outcome.encoding, percentile)
        for percentile in (50, 95)
        if outcome.encoding
    }
    return {
        "split": collection.split,
        "texts": len(collection.texts),
        "passages": outcome.built.passages,
        "queries": len(collection.queries),
        "settings": settings.search.model_dump(mode="json"),
        "ways": ways,
        "encoding": encoding,
    }
