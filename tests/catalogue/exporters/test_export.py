"""Writing a file: all of it or nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError
from catalogue.exporters import EXPORTERS, export
from catalogue.queries.detail import detail
from catalogue.review.shortlists import Shortlists
from catalogue.rows import ToolDetail
from tests.builders import make_claim, make_statement, make_tool
from tests.catalogue.exporters.sample import (
    CLERKWELL,
    EDITION,
    ROTAFLOW,
    SHORTLIST,
    written,
)


def test_a_shortlist_of_the_catalogue_is_exported_with_its_reasons_and_gaps(
    database: Database, tmp_path: Path
) -> None:
    with database.write() as session:
        tool = make_tool(session, "Rotaflow Pro")
        make_statement(session, tool, "price", "£2 per user", quote="Just £2 per user")
        make_claim(session, tool)
        tool_id = tool.id
    shortlists = Shortlists(database, "JS", fixed_clock(EDITION.at))
    shortlists.create("Rotas", "")
    shortlists.add("Rotas", [tool_id], "Cheap")
    with database.read() as session:
        export(
            shortlists.get("Rotas"),
            [detail(session, tool_id)],
            "markdown",
            tmp_path / "rotas.md",
            quiet,
            edition=EDITION,
        )
    report = (tmp_path / "rotas.md").read_text(encoding="utf-8")
    assert "**Why it is on the list:** Cheap (JS, 2026-11-21)" in report
    assert '"Just £2 per user" Rotaflow Systems Ltd (Supplier), source 1' in report
    assert "Staff time, up to 2 hours per week:** No evidence found for it" in report
    assert "- Autonomy\n- Integrates with\n- Data kept in\n- Assurance of any kind" in report


def quiet(_done: int, _total: int) -> None:
    pass


def test_formats_have_names_titles_and_suffixes_of_their_own() -> None:
    assert list(EXPORTERS) == ["xlsx", "csv", "markdown", "json"]
    assert [EXPORTERS[name].SUFFIX for name in EXPORTERS] == [".xlsx", ".csv", ".md", ".json"]
    assert len({EXPORTERS[name].TITLE for name in EXPORTERS}) == 4


def test_a_wrong_format_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'xlsx'"):
        export(SHORTLIST, [], "xls", tmp_path / "x", quiet, edition=EDITION)


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_progress_is_told_and_the_tools_are_counted(format_name: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    count = export(
        SHORTLIST,
        iter([ROTAFLOW, CLERKWELL]),
        format_name,
        tmp_path / "new" / "folder" / "export",
        lambda done, total: told.append((done, total)),
        edition=EDITION,
    )
    assert count == 2
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_an_empty_shortlist_is_a_whole_file(format_name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    empty = replace(SHORTLIST, items=())
    assert export(empty, [], format_name, path, quiet, edition=EDITION) == 0
    data = path.read_bytes()
    match format_name:
        case "xlsx":
            assert load_workbook(io.BytesIO(data))["Shortlist"].max_row == 2
        case "csv":
            assert len(data.decode("utf-8-sig").splitlines()) == 1
        case "json":
            assert json.loads(data)["tools"] == []
        case _:
            assert data.startswith(b"# Shortlist: Rota tools\n")


@pytest.mark.parametrize("format_name", EXPORTERS)
def test_a_failure_half_way_leaves_the_old_file_alone(format_name: str, tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_text("the file of yesterday")

    def failing() -> Iterator[ToolDetail]:
        yield ROTAFLOW
        raise NotFoundError("There is no tool number 9.")

    with pytest.raises(NotFoundError):
        export(SHORTLIST, failing(), format_name, path, quiet, edition=EDITION)
    assert path.read_text() == "the file of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_exists_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("old")
    assert written("csv", path).startswith(b"\xef\xbb\xbf")
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="is a folder"):
        written("csv", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a" * 300, "cut\x00here", "half \ud83d"])
def test_a_name_that_no_folder_can_hold_is_told_as_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be written"):
        written("json", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_folder_is_told_as_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogueError, match="cannot be written"):
        written("csv", tmp_path / "file" / "export.csv")


@pytest.mark.parametrize("details", [(CLERKWELL, ROTAFLOW), (ROTAFLOW,), (ROTAFLOW, CLERKWELL) * 2])
def test_details_of_another_list_are_refused(
    details: tuple[ToolDetail, ...], tmp_path: Path
) -> None:
    with pytest.raises(CatalogueError):
        written("json", tmp_path / "export", details=details)
    assert list(tmp_path.iterdir()) == []


def test_csv_is_what_excel_on_windows_reads_right(tmp_path: Path) -> None:
    data = written("csv", tmp_path / "export.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["Price"] == "£2.50 per user per month"
    assert rows[0]["Price: said by"] == "Rotaflow Systems Ltd (Supplier)"
    assert rows[0]["Price: quote"] == "From just £2.50 per user per month"
    assert rows[1]["Why it is on the list"] == "No reason given"
    assert rows[1]["Price"] == "Not stated"


def test_values_and_their_quotes_keep_their_order_in_csv(tmp_path: Path) -> None:
    data = written("csv", tmp_path / "export.csv").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(data, newline="")))
    assert row["Integrates with"] == "ESR | Allocate"
    assert row["Integrates with: quote"] == "Connects to ESR | and to Allocate"
    assert row["Integrates with: seen"] == "2026-11-05"


def test_json_holds_everything_said_of_a_tool(tmp_path: Path) -> None:
    record = json.loads(written("json", tmp_path / "export.json"))
    tool = record["tools"][0]
    assert (record["format"], record["version"]) == ("horizonscan.shortlist", 1)
    assert tool["values"][1]["others"][0][0] == "£3.00 per user per month"
    assert tool["claims"][0]["provenance"]["quote"].startswith("Saves up to 2 hours")
    assert tool["signals"][0]["type"] == "SIG_PRICE"
    assert "shortlists" not in tool["tool"]


def test_every_value_in_the_workbook_says_who_where_and_when(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(written("xlsx", tmp_path / "export.xlsx")))
    header, *rows = [list(row) for row in book["Values"].iter_rows(min_row=2, values_only=True)]
    stated = [
        dict(zip(header, row, strict=True))
        for row in rows
        if row[header.index("Value")] not in ("Not stated", None)
    ]
    assert len(stated) == 8
    assert all(row["Said by"] and row["In which words"] and row["Where"] for row in stated)
    assert all(row["Last seen"] for row in stated)
    assert book.sheetnames == [
        "Shortlist",
        "Claims",
        "Evidence",
        "Deployments",
        "Values",
        "About",
    ]
    assert all(sheet.freeze_panes for sheet in book)
