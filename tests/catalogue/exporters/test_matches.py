"""The bytes are the contract: a match in each format equals its golden file.

After a change that is wanted, `python -m tests.catalogue.exporters.test_matches` writes them anew;
read the difference before committing it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalogue.errors import CatalogueError, NotFoundError
from catalogue.exporters.matches import FORMATS, export_match
from catalogue.match_rows import MatchReport
from tests.catalogue.exporters.match_sample import report
from tests.catalogue.exporters.test_golden import GOLDEN, comparable
from tests.catalogue.exporters.test_injection import FORMULAS


def written(format_name: str, path: Path, what: MatchReport | None = None) -> bytes:
    export_match(what or report(), format_name, path)
    return path.read_bytes()


def golden(format_name: str) -> Path:
    suffix = FORMATS[format_name].SUFFIX
    return GOLDEN / f"match{suffix}{'.json' if format_name == 'xlsx' else ''}"


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_sample_equals_its_golden_file(format_name: str, tmp_path: Path) -> None:
    data = written(format_name, tmp_path / "match")
    assert comparable(format_name, data) == golden(format_name).read_bytes()
    assert data == written(format_name, tmp_path / "again")


@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_is_called_approved(format_name: str) -> None:
    assert b"approv" not in golden(format_name).read_bytes().lower()


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_on_a_page_stays_text(formula: str, tmp_path: Path) -> None:
    table = written("csv", tmp_path / "match", report(formula)).decode("utf-8-sig")
    cell = next(csv.DictReader(io.StringIO(table)))["In which words"]
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    book = load_workbook(io.BytesIO(written("xlsx", tmp_path / "book", report(formula))))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


def test_a_wrong_format_is_answered_with_the_right_ones(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="xlsx"):
        export_match(report(), "xls", tmp_path / "match")


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "match").mkdir()
    with pytest.raises(CatalogueError, match="is a folder"):
        export_match(report(), "csv", tmp_path / "match")
    assert [path.name for path in tmp_path.iterdir()] == ["match"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            golden(name).write_bytes(comparable(name, written(name, Path(folder) / name)))
