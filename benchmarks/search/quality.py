"""How good is search? Words, meaning and their fusion beside bm25s, on judged collections.

    python -m benchmarks.search.quality [FOLDER ...] [--real DIR] [--work DIR] [--queries N]

FOLDER is in the layout of BEIR, as for `horizon evaluate search`. With --real it also measures what
the folder of real data allows (`../shared/real` from the project's root), and what is made of it:

- `pages`, `pages, mixed`: 40 short accounts of pages about AI in the NHS, alone and among 104 long
  pages of a data science team, asked in plain words that share few with them (`questions/`).
- `tools`: 1,348 tools by their descriptions, asked in plain words for what one of 52 tags is about;
  every tool with the tag is relevant.
- `long`: the abstracts of scifact, half of them alone and half hidden in texts of eleven, to see
  that a text neither wins nor loses by its length.

The invented market (`demo/judged.yml`) is always measured. The peer needs `pip install bm25s
PyStemmer`. Encoding 5,000 abstracts takes ten minutes on two cores; with --work catalogues are kept
for the next run.

Every row is a ranking of 100: `words` and `meaning` are the two indexes alone, `fused` is what
`SearchEngine.search` answers, `rrf` the same by reciprocal ranks. p is that of a paired
randomisation test on nDCG@10 against fused (10,000 rounds, seed 0).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import bm25s
import Stemmer

from catalogue.settings import Settings, load
from search import model
from search.embedder import Embedder, Progress
from search.evaluation import DEPTH, Measured, Ranker, chance, measure
from tui.cli.evaluate.contest import invented
from tui.cli.evaluate.judged import Collection, TextLine, read_collection
from tui.cli.evaluate.trial import run

QUESTIONS: Final = Path(__file__).parent / "questions"
HIDDEN_AMONG: Final = 11


def main() -> None:
    """Measure and print a table for each collection."""
    options = _options()
    with tempfile.TemporaryDirectory() as made:
        work = options.work or Path(made)
        settings = load(work / "home", env={})
        search = settings.search
        embedder = model.load(search.model, settings.indexes / "models", threads=search.threads)
        for name, collection in _collections(options.folders, options.real):
            asked = collection.only(options.queries)
            home = work / name.replace(", ", "-")
            _print(name, asked, dict(_measured(settings, home, asked, embedder)))


def _measured(
    settings: Settings, home: Path, collection: Collection, embedder: Embedder
) -> Iterator[tuple[str, Measured]]:
    yield "bm25s (peer)", measure(peer(collection), collection.queries, collection.judged)
    yield from run(settings, home, collection, embedder, _counting).ways.items()
    ranks = settings.model_copy(
        update={"search": settings.search.model_copy(update={"fusion": "rrf"})}
    )
    yield "rrf", run(ranks, home, collection, embedder, _counting).ways["fused"]


def _print(name: str, collection: Collection, ways: Mapping[str, Measured]) -> None:
    print(f"\n{name}: {len(collection.texts)} texts, {len(collection.queries)} queries")
    print(f"{'':14}{'nDCG@10':>9}{'recall@100':>12}{'p':>8}{'median ms':>11}")
    for way, one in ways.items():
        print(
            f"{way:14}{one.mean_ndcg:9.4f}{one.mean_recall:12.4f}"
            f"{chance(ways['fused'].ndcg, one.ndcg):8.4f}{one.milliseconds(50):11.2f}",
            flush=True,
        )


def peer(collection: Collection) -> Ranker:
    """bm25s with its Lucene variant, English stemming and stop words: its documented best."""
    stemmer = Stemmer.Stemmer("english")
    tokenize = partial(bm25s.tokenize, stopwords="en", stemmer=stemmer, show_progress=False)
    names = list(collection.texts)
    index = bm25s.BM25(method="lucene")
    index.index(
        tokenize([f"{one.title}\n{one.text}" for one in collection.texts.values()]),
        show_progress=False,
    )

    def rank(text: str) -> Sequence[str]:
        depth = min(DEPTH, len(names))
        found, scores = index.retrieve(tokenize([text]), k=depth, show_progress=False)
        best = zip(found[0], scores[0], strict=True)
        return [names[int(at)] for at, score in best if score > 0]

    return rank


def _collections(folders: Sequence[Path], real: Path | None) -> Iterator[tuple[str, Collection]]:
    yield "market", invented()
    for folder in folders:
        yield folder.name, read_collection(folder)
    if real is None:
        return
    pages = {
        one["id"]: _text(one["id"], one["title"], one["abstract"])
        for one in _lines(real / "nhs-pages-dev.jsonl")
    }
    long = {
        one["id"]: _text(one["id"], one["title"], one["text"])
        for one in _lines(real / "nhse-datascience" / "pages.jsonl")
    }
    asked = _lines(QUESTIONS / "pages.jsonl")
    relevant = [(one["question"], {one["page"]: 1}) for one in asked]
    yield "pages", _collection(pages, relevant)
    yield "pages, mixed", _collection({**pages, **long}, relevant)
    yield "tools", _tools(real / "selfhosted" / "tools.jsonl")
    yield "long", hidden(read_collection(real / "scifact"))


def hidden(collection: Collection) -> Collection:
    """Half of the texts alone, the others joined to texts of HIDDEN_AMONG; seed 0."""
    names = sorted(collection.texts)
    random.Random(0).shuffle(names)  # noqa: S311 -- no secret
    half = len(names) // 2
    groups = [names[at : at + HIDDEN_AMONG] for at in range(0, half, HIDDEN_AMONG)]
    groups += [[name] for name in names[half:]]
    texts: dict[str, TextLine] = {}
    home: dict[str, str] = {}
    for group in groups:
        parts = [collection.texts[name] for name in group]
        joined = "\n".join(f"{part.title}\n{part.text}" for part in parts)
        texts[group[0]] = parts[0] if len(parts) == 1 else _text(group[0], "", joined)
        home |= dict.fromkeys(group, group[0])
    judged = {
        query: {home[name]: grade for name, grade in grades.items()}
        for query, grades in collection.judged.items()
    }
    return Collection("", texts, collection.queries, judged)


def _tools(path: Path) -> Collection:
    tools = {str(at): one for at, one in enumerate(_lines(path))}
    relevant = [
        (one["question"], {name: 1 for name, tool in tools.items() if one["tag"] in tool["tags"]})
        for one in _lines(QUESTIONS / "tools.jsonl")
    ]
    texts = {name: _text(name, one["name"], one["description"]) for name, one in tools.items()}
    return _collection(texts, relevant)


def _collection(
    texts: Mapping[str, TextLine], relevant: Sequence[tuple[str, Mapping[str, int]]]
) -> Collection:
    queries = {f"q{at}": words for at, (words, _) in enumerate(relevant)}
    return Collection("", texts, queries, {f"q{at}": r for at, (_, r) in enumerate(relevant)})


def _text(name: str, title: str, text: str) -> TextLine:
    return TextLine(_id=name, title=title, text=text)


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@contextmanager
def _counting(title: str) -> Iterator[Progress]:
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"{title}: {done} of {total}", file=sys.stderr)

    yield tell


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folders", type=Path, nargs="*", help="judged collections, as BEIR has it")
    options.add_argument("--real", type=Path, help="folder of real data")
    options.add_argument("--work", type=Path, help="keeps models and catalogues")
    options.add_argument("--queries", type=int, help="only the first N judged queries")
    return options.parse_args()


if __name__ == "__main__":
    main()
