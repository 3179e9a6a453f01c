"""Tables of decided records are read as reviews publish them, or refused with what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.evaluate.labelled import LabelledError
from tui.cli.evaluate.records import Records, read_records

ROWS = (("a", "x", "1"), ("b", "", "0"), ("c", "z", "1"))
ROWS_OF_TITLES = (("d", "1"), ("e", "0"))


def table(folder: Path, heading: str, *rows: tuple[str, ...], delimiter: str = ",") -> Path:
    path = folder / "records.csv"
    lines = [heading, *(delimiter.join(row) for row in rows)]
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return path


@pytest.mark.parametrize(
    ("heading", "delimiter"),
    [
        ("title,abstract,label_included", ","),
        ("Title;Abstract;Included", ";"),
        ("PRIMARY TITLE\tabstract-note\tRelevant", "\t"),
    ],
)
def test_columns_have_their_usual_names(tmp_path: Path, heading: str, delimiter: str) -> None:
    records = read_records(table(tmp_path, heading, *ROWS, delimiter=delimiter))
    assert records == Records(("a\nx", "b\n", "c\nz"), (True, False, True), 0)


def test_the_surest_column_of_labels_is_taken(tmp_path: Path) -> None:
    path = table(
        tmp_path, "label,title,included", ("0", "a", "1"), ("1", "b", "0"), ("x", "c", "1")
    )
    assert read_records(path).labels == (True, False, True)
    assert read_records(path).texts == ("a", "b", "c")


def test_labels_are_read_as_people_write_them(tmp_path: Path) -> None:
    words = [
        "1",
        "yes",
        "TRUE",
        "y",
        "Included",
        "1.0",
        "0",
        "no",
        "False",
        "n",
        "excluded",
        "irrelevant",
    ]
    records = read_records(table(tmp_path, "title,included", *(("t", word) for word in words)))
    assert records.labels == (True,) * 6 + (False,) * 6


def test_records_without_a_label_are_left_out(tmp_path: Path) -> None:
    path = table(tmp_path, "title,included", ("a", "1"), ("b", ""), ("c", "-1"), *ROWS_OF_TITLES)
    assert read_records(path).undecided == 2
    assert read_records(path).texts == ("a", "d", "e")


def test_line_breaks_and_delimiters_may_be_quoted(tmp_path: Path) -> None:
    path = table(tmp_path, "title,included", ('"a, b\nc"', "1"), *ROWS_OF_TITLES)
    assert read_records(path).texts[0] == "a, b\nc"


@pytest.mark.parametrize(
    ("heading", "told", "hint"),
    [
        ("name,included", "no column of title or abstract. Its columns: 'name', 'included'.", ""),
        ("title,abstract,verdict", "no column of label", "label included"),
        ("title,abstract,incuded", "no column of label", "Did you mean 'included'"),
        ("", "Its columns: none.", ""),
    ],
)
def test_a_missing_column_is_told_with_those_found(
    tmp_path: Path, heading: str, told: str, hint: str
) -> None:
    with pytest.raises(LabelledError) as raised:
        read_records(table(tmp_path, heading, *ROWS))
    assert told in raised.value.message
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("a", "maybe")], "line 2, 'included': 'maybe' is no label."),
        ([("a", "1"), ("b",)], "holds 1 relevant and 0 irrelevant"),
        ([("a", "1"), ("b", "0")], "holds 1 relevant and 1 irrelevant"),
        ([("a", "1"), ("b", "1")], "holds 2 relevant and 0 irrelevant"),
        ([], "holds 0 relevant"),
    ],
)
def test_labels_that_cannot_be_simulated_are_refused(
    tmp_path: Path, rows: list[tuple[str, ...]], told: str
) -> None:
    with pytest.raises(LabelledError) as raised:
        read_records(table(tmp_path, "title,included", *rows))
    assert told in raised.value.message


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("title,included\ncaf\u00e9,1\n".encode("latin-1"))
    with pytest.raises(LabelledError, match="is not UTF-8"):
        read_records(path)
