"""A shortlist of everything hostile, in every format: constants, cleaned, and whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalogue.errors import CatalogueError
from catalogue.query import Query
from catalogue.text import clean
from tests.hostile.conftest import Market
from tests.hostile.strings import FORMULA, OBEYED
from tui.live import Live

pytestmark = pytest.mark.slow


@pytest.fixture
def shortlist(live: Live, market: Market) -> str:
    """Every tool on one shortlist, with every string as a reason; its name is the last."""
    name = f"=1+1 {market.strings[0]}"
    live.new_shortlist(name, "\n".join(market.strings))
    tools = list(live.browse(Query(), "name"))
    assert len(tools) >= len(market.strings)
    for number, tool in enumerate(tools):
        live.add(name, [tool], market.strings[number % len(market.strings)])
    return name


def exported(live: Live, shortlist: str, format_name: str, folder: Path) -> bytes:
    path = folder / f"export.{format_name}"
    assert live.export(shortlist, format_name, path, quiet) > 0
    return path.read_bytes()


def test_no_cell_of_the_table_is_live(live: Live, shortlist: str, tmp_path: Path) -> None:
    text = exported(live, shortlist, "csv", tmp_path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            assert not OBEYED.search(cell.replace("\r\n", "\n")), cell
            for part in cell.split(";"):
                assert not FORMULA.match(part), cell


def test_no_cell_of_the_workbook_is_live(live: Live, shortlist: str, tmp_path: Path) -> None:
    data = exported(live, shortlist, "xlsx", tmp_path)
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "d"}, cell.value
                assert cell.hyperlink is None
                assert not OBEYED.search(str(cell.value)), cell.value


def quiet(done: int, total: int) -> None:
    assert done <= total


@pytest.mark.parametrize("format_name", ["markdown", "json"])
def test_texts_hold_nothing_that_is_obeyed(
    live: Live, shortlist: str, format_name: str, tmp_path: Path
) -> None:
    text = exported(live, shortlist, format_name, tmp_path).decode()
    assert not OBEYED.search(text)
    assert clean(text) == text
    if format_name == "json":
        record = json.loads(text)
        assert len(record["tools"]) == len(live.shortlist(shortlist).items)
    else:
        assert "<script" not in text
        assert "](" not in text.replace("\\](", "")


def test_every_string_may_be_a_file_or_is_refused_in_words(
    live: Live, market: Market, tmp_path: Path
) -> None:
    live.new_shortlist("plain", "")
    live.add("plain", [1], "")
    refused: list[str] = []
    for text in market.strings:
        path = tmp_path / "files" / "below" / f"{clean(text).replace('/', '-')}.csv"
        try:
            live.export("plain", "csv", path, quiet)
        except CatalogueError as error:
            refused.append(str(error))
        else:
            path.unlink()
    assert len(refused) < len(market.strings) // 4
    assert all("cannot be written" in sentence for sentence in refused)
    assert list((tmp_path / "files" / "below").iterdir()) == []
