"""`horizon model`: the embedding models that are there, and which of them serves best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, HorizonGroup, json_option

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from search.model import Model
    from tui.cli.evaluate.contest import Contender

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(cls=HorizonGroup, example="horizon model list")
def model() -> None:
    """Embedding models: what finds tools by meaning.

    Any folder in the layout of sentence-transformers with safetensors weights will do; nothing is
    ever downloaded.
    """


@dataclass(frozen=True, slots=True)
class Listed:
    """A model as `horizon model list` prints it."""

    model: str
    folder: str
    """Of the original; empty where only the prepared form is known."""
    default: bool
    chosen: bool
    """Whether the settings name it."""
    indexed: bool
    """Whether the index of meaning is of it."""
    prepared: bool
    megabytes: float | None
    dimension: int | None
    max_tokens: int | None

    @property
    def uses(self) -> str:
        """What it is, in words."""
        flags = {"default": self.default, "in the settings": self.chosen, "indexed": self.indexed}
        return ", ".join(name for name, holds in flags.items() if holds)


@model.command("list", cls=HorizonCommand, example="horizon model list")
@json_option
def list_models(*, as_json: bool) -> None:
    """List the models that are known here.

    They are the default, the one that the settings name, the one that the index is of, and those
    that were prepared. Size is that of the prepared form on the disk.
    """
    from tui.cli import render

    listed = _listed(opening.settings())
    if as_json:
        render.as_json({"models": listed})
        return
    headings = ("MB", "dimension", "tokens")
    render.put(
        render.table(
            [
                ("model", "left"),
                *((heading, "right") for heading in headings),
                ("is", "left"),
            ],
            [
                (
                    one.model,
                    "not prepared" if one.megabytes is None else f"{one.megabytes:.0f}",
                    one.dimension or "",
                    one.max_tokens or "",
                    one.uses,
                )
                for one in listed
            ],
        )
    )


@model.command(cls=HorizonCommand, example="horizon model prepare ~/models/our-minilm")
@click.argument("folder", type=FOLDER, help="Folder of a sentence-transformers model.")
@json_option
def prepare(folder: Path, *, as_json: bool) -> None:
    """Make a model ready to run.

    It is exported to ONNX, checked against the original on a few texts, and kept beside the
    indexes. The first index refresh with it would do the same.
    """
    from search import model as models
    from search.prepared import describe
    from tui.cli import render

    settings = opening.settings()
    found = models.find(str(folder))
    ready = describe(models.prepare(found, settings.indexes / "models"))
    if as_json:
        render.as_json(ready)
        return
    render.put(
        render.text(
            f"{ready.key}: {ready.size / 1e6:.0f} MB, {ready.dimension} dimensions, reads "
            f"{ready.max_tokens} tokens, differs from the original by {ready.difference:.0e} at "
            "most"
        )
    )
    render.say(f"To use it, set search.model = '{found.folder.absolute()}' in horizon.toml.")


@model.command(cls=HorizonCommand, example="horizon model compare default ~/models/our-minilm")
@click.argument("models", nargs=-1, required=True, help="Folders of models; 'default' is ours.")
@click.option(
    "--judged",
    type=FOLDER,
    metavar="FOLDER",
    help="Collection in the layout of BEIR; else the invented market.",
)
@json_option
def compare(models: Sequence[str], judged: Path | None, *, as_json: bool) -> None:
    """Hold models against each other before you switch.

    Each reads the texts of a judged collection and answers its queries, in a catalogue of its own,
    by meaning alone and fused with words. Without --judged it is the invented market: 136 pages, 36
    questions; too few for small differences, so judge on your own (`horizon evaluate search`
    tells the layout).

    It also tells how long it would take to read your catalogue with a model, as far as that was
    not done before.
    """
    from tui.cli import progress, render
    from tui.cli.evaluate.contest import contest, invented
    from tui.cli.evaluate.judged import read_collection

    collection = invented() if judged is None else read_collection(judged)
    tried = list(contest(models, opening.settings(), collection, progress.counting))
    if as_json:
        render.as_json(
            {"queries": len(collection.queries), "models": [_plain(one) for one in tried]}
        )
    else:
        _print(tried)


def _listed(settings: Settings) -> list[Listed]:
    from search import generation
    from search.manifest import DamagedError
    from search.prepared import prepared

    default = _found("")
    chosen = _found(settings.search.model) if settings.search.model else default
    originals = {one.key: one for one in (default, chosen) if one is not None}
    ready = {one.key: one for one in prepared(settings.indexes / "models")}
    try:
        now = generation.current(settings.indexes)
    except DamagedError:
        now = None
    indexed = now.model if now is not None else ""
    keys = dict.fromkeys([*originals, *([indexed] if indexed else []), *ready])
    return [
        Listed(
            model=key,
            folder=str(originals[key].folder) if key in originals else "",
            default=default is not None and key == default.key,
            chosen=chosen is not None and key == chosen.key,
            indexed=key == indexed,
            prepared=key in ready,
            megabytes=ready[key].size / 1e6 if key in ready else None,
            dimension=ready[key].dimension if key in ready else None,
            max_tokens=ready[key].max_tokens if key in ready else None,
        )
        for key in keys
    ]


def _found(named: str) -> Model | None:
    """A model that is there; else a word about why it is not."""
    from catalogue.errors import ModelError
    from search import model as models
    from tui.cli import render

    try:
        return models.find(named)
    except ModelError as error:
        render.say(str(error))
        return None


def _plain(one: Contender) -> dict[str, object]:
    from search.evaluation import milliseconds

    ways = {
        name: {"ndcg@10": way.mean_ndcg, "recall@100": way.mean_recall}
        for name, way in one.outcome.ways.items()
    }
    return {
        "model": one.prepared.key,
        "megabytes": one.prepared.size / 1e6,
        "dimension": one.prepared.dimension,
        "max_tokens": one.prepared.max_tokens,
        "texts_per_second": one.speed,
        "query_p50_ms": milliseconds(one.outcome.encoding, 50),
        "query_p95_ms": milliseconds(one.outcome.encoding, 95),
        "ways": ways,
        "catalogue_texts": one.waiting,
        "catalogue_seconds": one.seconds,
    }


def _print(tried: Sequence[Contender]) -> None:
    from search.evaluation import milliseconds
    from tui.cli import render
    from tui.state.wording import plural

    headings = (
        *("MB", "dim", "tokens", "texts/s", "query ms", "meaning", "fused", "recall"),
        "yours",
    )
    rows = [
        (
            one.prepared.key,
            f"{one.prepared.size / 1e6:.0f}",
            one.prepared.dimension,
            one.prepared.max_tokens,
            f"{one.speed:.0f}",
            f"{milliseconds(one.outcome.encoding, 50):.1f}",
            f"{one.outcome.ways['meaning'].mean_ndcg:.4f}",
            f"{one.outcome.ways['fused'].mean_ndcg:.4f}",
            f"{one.outcome.ways['fused'].mean_recall:.4f}",
            f"{one.seconds:.0f} s" if one.waiting else "read",
        )
        for one in tried
    ]
    render.put(render.table([("model", "left"), *((name, "right") for name in headings)], rows))
    words = tried[0].outcome.ways["words"].mean_ndcg
    asked = plural(len(tried[0].outcome.encoding), "query", "queries")
    render.put(
        "",
        render.text(
            f"meaning, fused: nDCG@10 over {asked}; words alone reach {words:.4f}. recall: at 100, "
            "fused. query ms: to encode one (p50). yours: to read what of your catalogue the model "
            "has not read yet."
        ),
    )
