"""A wrong line is named with its file, its number and its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ConfigDict

from catalogue.errors import VocabularyError
from tui.cli.evaluate.labelled import LabelledError, Line, read


class Page(Line):
    title: str
    clinical: bool


class Strict(Line):
    model_config = ConfigDict(extra="forbid")

    title: str


def written(folder: Path, text: str) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_lines_by_number_past_blank_ones_and_other_keys(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"title": "A", "clinical": true, "note": 1}\n\n{"title": "B\u2028", "clinical": false}\n',
    )
    assert read(path, Page) == {
        1: Page(title="A", clinical=True),
        3: Page(title="B\u2028", clinical=False),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{'title': 1}", "line 1 is not JSON"),
        ("[1]", "line 1 is not an object"),
        ('{"title": "A"}', "line 1 has no 'clinical'"),
        ('{"title": "A", "clinicla": true}', "Did you mean 'clinicla'?"),
        ('{"title": "A", "clinical": "yes"}', "line 1, 'clinical'"),
        ('\n{"title": null, "clinical": true}', "line 2, 'title'"),
        ("\n\n", "holds no line"),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(LabelledError) as error:
        read(path, Page)
    assert told in str(error.value)
    assert "labelled.jsonl" in str(error.value)


def test_names_an_unknown_field_where_a_line_allows_no_others(tmp_path: Path) -> None:
    with pytest.raises(LabelledError, match=r"unknown field 'titel'.*Did you mean 'title'"):
        read(written(tmp_path, '{"title": "A", "titel": "B"}'), Strict)


def test_tells_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(LabelledError, match="not UTF-8"):
        read(path, Page)


def test_says_where_a_check_refused_a_line(tmp_path: Path) -> None:
    def refuse(line: Page) -> None:
        raise VocabularyError(f"no {line.title}.", "Did you mean 'B'?")

    with pytest.raises(LabelledError, match=r"line 1: no A\. Did you mean 'B'"):
        read(written(tmp_path, '{"title": "A", "clinical": true}'), Page, refuse)
