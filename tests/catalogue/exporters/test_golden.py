"""The bytes are the contract: the sample in each format equals its golden file.

After a change that is wanted, `python -m tests.catalogue.exporters.test_golden` writes them anew;
read the difference before committing it.
"""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalogue.exporters import EXPORTERS
from tests.catalogue.exporters.sample import EDITION, written

GOLDEN = Path(__file__).parent / "golden"


def comparable(format_name: str, data: bytes) -> bytes:
    """The bytes themselves; of a workbook, the cells of its sheets as JSON."""
    if format_name != "xlsx":
        return data
    book = load_workbook(io.BytesIO(data))
    cells = {
        sheet.title: [
            [str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book
    }
    return json.dumps(cells, ensure_ascii=False, indent=1).encode() + b"\n"


def golden(format_name: str) -> Path:
    suffix = EXPORTERS[format_name].SUFFIX
    return GOLDEN / f"shortlist{suffix}{'.json' if format_name == 'xlsx' else ''}"


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_the_sample_equals_its_golden_file(format_name: str, tmp_path: Path) -> None:
    data = written(format_name, tmp_path / "export")
    assert comparable(format_name, data) == golden(format_name).read_bytes()


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_the_same_content_gives_the_same_bytes(format_name: str, tmp_path: Path) -> None:
    assert written(format_name, tmp_path / "one") == written(format_name, tmp_path / "two")


def test_no_time_of_day_gets_into_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = written("xlsx", tmp_path / "now")
    monkeypatch.setattr("time.localtime", lambda *_: (2001, 2, 3, 4, 5, 6, 0, 0, 0))
    assert written("xlsx", tmp_path / "long ago") == now
    created = load_workbook(io.BytesIO(now)).properties.created
    assert created == EDITION.at.replace(tzinfo=None)


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_nothing_is_called_approved(format_name: str) -> None:
    assert b"approv" not in golden(format_name).read_bytes().lower()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in EXPORTERS:
            golden(name).write_bytes(comparable(name, written(name, Path(folder) / name)))
