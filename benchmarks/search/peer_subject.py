"""One subject of `benchmarks.search.peers`, in a process and an environment of its own.

    python peer_subject.py SUBJECT TASK.json FOLDER

TASK holds `texts` (triples of name, title, words), `queries` (words by name), `cut` and `depth`,
and the folder of the `model`. The subject builds its index, saves it in FOLDER, answers every query
with `cut` texts, which is timed, and with `depth`, and prints what came of it as JSON. Nothing but
the standard library is imported before the subject.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

Texts = Sequence[tuple[str, str, str]]


class Clock:
    """Counts the time that goes into encoding."""

    def __init__(self) -> None:
        self.spent = 0.0

    def counting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, whose time is counted."""

        def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever it takes
            began = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.spent += time.perf_counter() - began

        return counted


class Subject(Protocol):
    """Something that builds an index and answers from it."""

    def build(self, texts: Texts) -> None:
        """Make the index and save it."""

    def ask(self, words: str, depth: int) -> list[str]:
        """Names of texts, best first."""


class Txtai:
    """txtai with its hybrid index: BM25 and the same model, its default weights."""

    def __init__(self, folder: Path, model: str, clock: Clock) -> None:
        self._folder = folder
        # By its name: it is only in the peer's environment.
        self._embeddings = import_module("txtai").Embeddings(
            path=model, hybrid=True, content=False, gpu=False
        )
        self._embeddings.model.encode = clock.counting(self._embeddings.model.encode)

    def build(self, texts: Texts) -> None:
        """Make the index and save it."""
        self._embeddings.index((name, f"{title}\n{words}", None) for name, title, words in texts)
        self._embeddings.save(str(self._folder / "index"))

    def ask(self, words: str, depth: int) -> list[str]:
        """Names of texts, best first."""
        return [name for name, _ in self._embeddings.search(words, depth)]


class Bm25s:
    """bm25s with its Lucene variant, English stemming and stop words."""

    def __init__(self, folder: Path, model: str, clock: Clock) -> None:
        del model, clock
        bm25s = import_module("bm25s")
        self._folder = folder
        self._stemmer = import_module("Stemmer").Stemmer("english")
        self._tokenize = bm25s.tokenize
        self._index = bm25s.BM25(method="lucene")
        self._names: list[str] = []

    def build(self, texts: Texts) -> None:
        """Make the index and save it."""
        self._names = [name for name, _, _ in texts]
        said = self._tokens([f"{title}\n{words}" for _, title, words in texts])
        self._index.index(said, show_progress=False)
        self._index.save(str(self._folder / "index"))

    def ask(self, words: str, depth: int) -> list[str]:
        """Names of texts, best first."""
        found, scores = self._index.retrieve(
            self._tokens([words]), k=min(depth, len(self._names)), show_progress=False
        )
        best = zip(found[0], scores[0], strict=True)
        return [self._names[int(at)] for at, score in best if score > 0]

    def _tokens(self, texts: list[str]) -> Any:  # noqa: ANN401 -- bm25s has no types
        return self._tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


class Horizon:
    """The product: catalogue, passages, both indexes and the engine, as the settings have it."""

    def __init__(self, folder: Path, model: str, clock: Clock) -> None:
        from catalogue.settings import load  # noqa: PLC0415 -- not in the peers' environments
        from search import model as models  # noqa: PLC0415

        self._folder, self._settings = folder, load(folder, env={})
        # Prepared beforehand, as it is for whoever uses it; the peers' models need no preparing.
        self._embedder = models.load(model, folder.parent / "models")
        self._embedder.encode_batch = clock.counting(self._embedder.encode_batch)  # type: ignore[method-assign]
        self._trial: Any = None

    def build(self, texts: Texts) -> None:
        """Make the index and save it."""
        from tui.cli.evaluate.judged import Collection, TextLine  # noqa: PLC0415
        from tui.cli.evaluate.trial import Trial  # noqa: PLC0415

        lines = {n: TextLine(_id=n, title=title, text=words) for n, title, words in texts}
        collection = Collection("", lines, {}, {})
        self._trial = Trial(self._settings, self._folder, collection, self._embedder)
        self._trial.build(lambda _done, _total: None)

    def ask(self, words: str, depth: int) -> list[str]:
        """Names of texts, best first."""
        return list(self._trial.search_names(words, depth))


SUBJECTS: dict[str, Callable[[Path, str, Clock], Subject]] = {
    "horizon": Horizon,
    "txtai": Txtai,
    "bm25s": Bm25s,
}


def main(name: str, task: Path, folder: Path) -> None:
    """Build, ask, and print what came of it."""
    given = json.loads(task.read_text(encoding="utf-8"))
    clock = Clock()
    subject = SUBJECTS[name](folder, given["model"], clock)
    began = time.perf_counter()
    subject.build([(name, title, words) for name, title, words in given["texts"]])
    built, read = time.perf_counter() - began, clock.spent
    subject.ask("warm up", given["depth"])
    ranked, seconds, encoding = {}, [], []
    for query, words in given["queries"].items():
        before, began = clock.spent, time.perf_counter()
        subject.ask(words, given["cut"])
        seconds.append(time.perf_counter() - began)
        encoding.append(clock.spent - before)
        ranked[query] = subject.ask(words, given["depth"])
    files = (path for path in folder.rglob("*") if path.is_file())
    print(
        json.dumps(
            {
                "ranked": ranked,
                "seconds": seconds,
                "encoding": encoding,
                "built": built,
                "read": read,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "disk": sum(path.stat().st_size for path in files),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
