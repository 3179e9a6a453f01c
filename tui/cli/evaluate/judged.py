"""A judged collection: texts, queries, and which texts people found to answer them.

Its layout is that of BEIR: `corpus.jsonl`, `queries.jsonl`, and `qrels/NAME.tsv` or `qrels.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import BeforeValidator, Field

from catalogue.errors import NotFoundError, nearest
from tui.cli.evaluate.labelled import LabelledError, Line, read

CORPUS: Final = "corpus.jsonl"
QUERIES: Final = "queries.jsonl"
PREFERRED: Final = "test"
"""The split that is taken where nobody names one."""

Name = Annotated[str, BeforeValidator(lambda given: str(given) if type(given) is int else given)]
"""The name of a text or query; some collections give numbers."""
Words = Annotated[str, BeforeValidator(lambda given: "" if given is None else given)]


class TextLine(Line):
    """A text of the corpus."""

    name: Name = Field(alias="_id", min_length=1)
    title: Words = ""
    text: Words


class QueryLine(Line):
    """A query."""

    name: Name = Field(alias="_id", min_length=1)
    text: str


NamedT = TypeVar("NamedT", TextLine, QueryLine)


@dataclass(frozen=True, slots=True)
class Collection:
    """A judged collection, read whole."""

    split: str
    """Name of the judgements that are held against; "" where there is one file alone."""
    texts: Mapping[str, TextLine]
    """By name, in the order of the file."""
    queries: Mapping[str, str]
    """Words of the queries that have a relevant text, by name, in the order of the file."""
    judged: Mapping[str, Mapping[str, int]]
    """Grades of texts by query, of all queries that were judged."""

    def only(self, queries: int | None) -> Collection:
        """This collection with its first queries only; None means all."""
        chosen = dict(list(self.queries.items())[:queries])
        return Collection(self.split, self.texts, chosen, self.judged)


def read_collection(folder: Path, split: str = "") -> Collection:
    """The collection in a folder.

    Raises:
        NotFoundError: a file or the split is missing.
        LabelledError: a line cannot be read, names a text or query that there is not, says
            otherwise than another one, or no query has a relevant text.
    """
    path, chosen = _judgements(folder, split)
    corpus, asked = _present(folder / CORPUS), _present(folder / QUERIES)
    texts = _by_name(corpus, read(corpus, TextLine))
    queries = {name: line.text for name, line in _by_name(asked, read(asked, QueryLine)).items()}
    judged: dict[str, dict[str, int]] = {}
    for number, query, text, grade in _grades(path):
        where = f"{path}, line {number}"
        if query not in queries:
            raise LabelledError(f"{where}: {asked.name} has no query {query!r}.")
        if text not in texts:
            raise LabelledError(f"{where}: {corpus.name} has no text {text!r}.")
        if judged.setdefault(query, {}).setdefault(text, grade) != grade:
            raise LabelledError(
                f"{where}: query {query!r} and text {text!r} were judged otherwise before."
            )
    answered = {name: words for name, words in queries.items() if _relevant(judged.get(name, {}))}
    if not answered:
        raise LabelledError(
            f"{path} judges no text relevant to any query.",
            "Its lines should be: query, text and grade (1 or more is relevant), tabs between.",
        )
    return Collection(chosen, texts, answered, judged)


def _judgements(folder: Path, split: str) -> tuple[Path, str]:
    """The file of judgements, and the name of its split."""
    splits = {path.stem: path for path in sorted(folder.glob("qrels/*.tsv"))}
    alone = folder / "qrels.tsv"
    if split:
        if split not in splits:
            raise NotFoundError(
                f"{folder} has no split '{split}' in qrels/.", nearest(split, splits)
            )
        return splits[split], split
    if splits:
        first = PREFERRED if PREFERRED in splits else next(iter(splits))
        if first != PREFERRED and len(splits) > 1:
            raise NotFoundError(
                f"{folder} has several splits in qrels/, and none is called '{PREFERRED}'.",
                f"Name one with --split: {', '.join(splits)}.",
            )
        return splits[first], first
    if not alone.is_file():
        raise NotFoundError(
            f"{folder} has no judgements.",
            f"It should hold {CORPUS}, {QUERIES}, and qrels/{PREFERRED}.tsv or qrels.tsv.",
        )
    return alone, ""


def _present(path: Path) -> Path:
    if not path.is_file():
        raise NotFoundError(
            f"There is no {path}.",
            f"The folder should hold {CORPUS}, {QUERIES}, and qrels/{PREFERRED}.tsv or qrels.tsv.",
        )
    return path


def _by_name(path: Path, lines: Mapping[int, NamedT]) -> dict[str, NamedT]:
    named: dict[str, NamedT] = {}
    for number, line in lines.items():
        if line.name in named:
            raise LabelledError(f"{path}, line {number}: '{line.name}' stands there before.")
        named[line.name] = line
    return named


def _grades(path: Path) -> Iterator[tuple[int, str, str, int]]:
    """Number of the line, query, text and grade of each judgement."""
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LabelledError(f"{path} is not UTF-8: {error.reason}.") from error
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        try:
            query, text, grade = row.rstrip("\r").split("\t")
            yield number, query, text, int(grade)
        except ValueError as error:
            if number == 1:  # Headings.
                continue
            raise LabelledError(
                f"{path}, line {number} is no judgement: {row[:80]!r}.",
                "It should be: query, text and a whole number, with tabs between.",
            ) from error


def _relevant(judged: Mapping[str, int]) -> bool:
    return any(grade > 0 for grade in judged.values())
