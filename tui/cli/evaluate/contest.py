"""A contest: embedding models held against each other on one judged collection, before a switch."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from catalogue.settings import Settings
from demo import judged
from search import model
from search.embedder import Embedder
from search.prepared import Prepared, describe
from tui.cli.evaluate.judged import Collection, TextLine
from tui.cli.evaluate.trial import Counting, Outcome, run
from tui.live import Live

DEFAULT: Final = "default"
"""What a person calls the model that the product carries."""

_SAMPLE: Final = 32
"""Texts of the catalogue that are encoded to tell how long all of them would take."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One model, and how it did."""

    prepared: Prepared
    outcome: Outcome
    waiting: int
    """Texts of the catalogue that it has no vector of."""
    seconds: float
    """What it would take to encode them."""

    @property
    def speed(self) -> float:
        """Texts of the collection that it encoded in a second."""
        return self.outcome.built.embedded / self.outcome.reading


def contest(
    named: Sequence[str], settings: Settings, collection: Collection, counting: Counting
) -> Iterator[Contender]:
    """Try models, given by their folders or DEFAULT, one after the other.

    Raises:
        ModelError: one of them is missing or cannot be prepared; the first of them says so before
            any is tried.
    """
    models = settings.indexes / "models"
    folders = {"" if name == DEFAULT else name: Path() for name in named}
    for name in folders:
        folders[name] = model.prepare(model.find(name), models)
    search = settings.search
    for name, folder in folders.items():
        embedder = model.load(name, models, search.engine, search.threads)
        with TemporaryDirectory(prefix="horizon-model-") as home:
            outcome = run(settings, Path(home), collection, embedder, counting)
        waiting, seconds = _needed(settings, embedder)
        yield Contender(describe(folder), outcome, waiting, seconds)


def invented() -> Collection:
    """The judged market of the demonstration."""
    questions = {f"q{number}": one for number, one in enumerate(judged.questions(), start=1)}
    texts = (TextLine(_id=name, title=title, text=words) for name, title, words in judged.texts())
    return Collection(
        split="",
        texts={text.name: text for text in texts},
        queries={name: one.ask for name, one in questions.items()},
        judged={name: one.answers for name, one in questions.items()},
    )


def _needed(settings: Settings, embedder: Embedder) -> tuple[int, float]:
    """How many texts of the catalogue a model would have to encode, and seconds for that."""
    live = Live(settings)
    try:
        waiting = [text for _, text in live.shelf.missing(embedder.model)]
    finally:
        live.close()
    if not waiting:
        return 0, 0.0
    waiting.sort(key=len)
    sample = waiting[:: max(1, len(waiting) // _SAMPLE)]
    began = time.perf_counter()
    embedder.encode(sample)
    return len(waiting), (time.perf_counter() - began) * len(waiting) / len(sample)
