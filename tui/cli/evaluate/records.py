"""Records: a table of titles, abstracts and what a reviewer decided, as reviews publish it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from catalogue.errors import nearest
from tui.cli.evaluate.labelled import LabelledError

TITLES: Final = ("title", "primary title", "article title", "document title", "ti")
ABSTRACTS: Final = ("abstract", "abstract note", "abstract text", "notes abstract", "ab")
LABELS: Final = (
    "label included",
    "included",
    "final included",
    "included final",
    "included label",
    "include",
    "label",
    "relevant",
    "relevance",
    "decision",
)
"""The usual names of the columns, the surest first; case, `_`, `-` and spaces are one."""

_YES: Final = frozenset({"1", "1.0", "yes", "y", "true", "t", "include", "included", "relevant"})
_NO: Final = frozenset({"0", "0.0", "no", "n", "false", "f", "exclude", "excluded", "irrelevant"})
_UNDECIDED: Final = frozenset({"", "-1"})
"""-1 is how ASReview writes a record without a label."""

_DELIMITERS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Records:
    """Records that were decided on."""

    texts: tuple[str, ...]
    """Title and abstract, a line break between."""
    labels: tuple[bool, ...]
    """Whether each was included."""
    undecided: int
    """Rows that were left out, as nothing is decided about them."""


def read_records(path: Path) -> Records:
    """The records of a file of comma-, semicolon- or tab-separated values with a heading.

    Raises:
        LabelledError: it is no such file, has no column of labels or none of title and abstract,
            a label cannot be read, or there are not at least two relevant records and an
            irrelevant one.
    """
    texts: list[str] = []
    labels: list[bool] = []
    undecided = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heading = file.readline()
            file.seek(0)
            csv.field_size_limit(sys.maxsize)
            delimiter = max(_DELIMITERS, key=heading.count)
            rows = csv.DictReader(file, delimiter=delimiter, restval="")
            texted, labelled = _columns(path, rows.fieldnames or ())
            for row in rows:
                label = _label(row[labelled], labelled, f"{path}, line {rows.line_num}")
                if label is None:
                    undecided += 1
                    continue
                texts.append("\n".join(row[column].strip() for column in texted))
                labels.append(label)
    except UnicodeDecodeError as error:
        raise LabelledError(
            f"{path} is not UTF-8: {error.reason}.", "Save it as CSV in UTF-8."
        ) from error
    except csv.Error as error:
        raise LabelledError(f"{path} is not a table of separated values: {error}.") from error
    relevant = sum(labels)
    if relevant < 2 or relevant == len(labels):  # noqa: PLR2004 -- one known, one to be found
        raise LabelledError(
            f"{path} holds {relevant} relevant and {len(labels) - relevant} irrelevant records.",
            "A screening needs at least two relevant records and an irrelevant one.",
        )
    return Records(tuple(texts), tuple(labels), undecided)


def _columns(path: Path, names: Sequence[str]) -> tuple[list[str], str]:
    """The columns of title and abstract, at least one, and that of the labels."""
    held = {_plain(name): name for name in reversed(names)}
    texted = [one for kind in (TITLES, ABSTRACTS) for one in _first(held, kind)]
    for wanted, kind, found in (
        ("title or abstract", (*TITLES, *ABSTRACTS), bool(texted)),
        ("label", LABELS, bool(_first(held, LABELS))),
    ):
        if not found:
            told = ", ".join(repr(name) for name in names) or "none"
            guesses = [nearest(name, kind) for name in held]
            guess = next((one for one in guesses if one.startswith("Did")), "")
            raise LabelledError(
                f"{path} has no column of {wanted}. Its columns: {told}.",
                guess or f"Name one of them {' or '.join(repr(one) for one in kind[:3])}.",
            )
    return texted, _first(held, LABELS)[0]


def _first(held: Mapping[str, str], kind: Sequence[str]) -> list[str]:
    found: Iterator[str] = (held[name] for name in kind if name in held)
    return [one for one in (next(found, None),) if one is not None]


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").lower().split())


def _label(value: str, column: str, where: str) -> bool | None:
    said = value.strip().lower()
    if said in _UNDECIDED:
        return None
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise LabelledError(
        f"{where}, '{column}': {value!r} is no label.",
        "Labels are 1 or 0, yes or no, true or false.",
    )
