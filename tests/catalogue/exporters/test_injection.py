"""Text from anywhere stays text, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalogue.exporters import EXPORTERS
from catalogue.exporters.csv_table import harmless
from catalogue.exporters.markdown import escaped, link
from catalogue.exporters.sheet import safe
from catalogue.rows import ToolDetail
from catalogue.text import clean
from tests.catalogue.exporters.sample import ROTAFLOW, alone, said, written

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+44 20 7946 0000",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    " \u00a0\u3000=1",
    "\u200b=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "\ufe661",
    "\u207c1",
    "\N{MINUS SIGN}1",
    "fine;=1",
    "fine; \uff1d1",
)
MARKUP = (
    "<r><t>raw</t></r>",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![](http://evil.example/pixel.png)",
    "# heading",
    "1. list",
    "- list",
    "`code` *bold* _under_ ~~gone~~ | cell",
    "http://evil.example www.evil.example",
    "&lt;b&gt;",
    "_x003D_1+1",
    "$x$",
    "\\",
)
CONTROLS = (
    "\x1b]0;gotcha\x07",
    "\x9b31m",
    "a\x00b\x08",
    "\ud800 alone",
    "\u202eright to left",
    "\ufffe",
)
HOSTILE = FORMULAS + MARKUP + CONTROLS


def poisoned(text: str) -> ToolDetail:
    """A tool into all of whose texts somebody wrote `text`."""
    words = said(text, text, text, text)
    return replace(
        ROTAFLOW,
        row=replace(ROTAFLOW.row, name=text, supplier=text, use_case=text, setting=text),
        summary=text,
        homepage=text,
        values=tuple(
            replace(value, label=text, value=text, original=text, provenance=words)
            for value in ROTAFLOW.values
        ),
        claims=tuple(
            replace(claim, dimension=text, figure=text, provenance=words)
            for claim in ROTAFLOW.claims
        ),
        evidence=tuple(
            replace(one, title=text, kind=text, provenance=words) for one in ROTAFLOW.evidence
        ),
        deployments=tuple(
            replace(place, buyer=text, phase=text, provenance=words)
            for place in ROTAFLOW.deployments
        ),
        documents=tuple(
            replace(page, title=text, url=text, publisher=text) for page in ROTAFLOW.documents
        ),
    )


def export_of(text: str, format_name: str, folder: Path) -> bytes:
    detail = poisoned(text)
    shortlist = replace(alone(detail, reason=text), name=f"x{text}", purpose=text)
    return written(format_name, folder / "export", shortlist=shortlist, details=[detail])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_csv_cell_can_be_taken_for_a_formula(text: str, tmp_path: Path) -> None:
    data = export_of(text, "csv", tmp_path).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(data, newline="")):
        for cell in row:
            for part in cell.split(";"):
                assert not re.match(
                    r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\u207c\N{MINUS SIGN}]", part
                ), cell


@given(text=st.text())
def test_a_harmless_cell_is_only_ever_given_apostrophes(text: str) -> None:
    assert harmless(text).replace("'", "") == text.replace("'", "")
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize(
    "text", ["2 = 2", "a-b", "me@trust.example", "£2.50", "", "Fine; all good"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_constants_only(text: str, tmp_path: Path) -> None:
    data = export_of(text, "xlsx", tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            root = ET.fromstring(package.read(name))  # noqa: S314 - our own file
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not tags & {"f", "hyperlink", "hyperlinks", "externalLink", "r"}, name
    book = load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}


@pytest.mark.parametrize("text", [*FORMULAS, *MARKUP])
def test_a_workbook_says_what_was_said(text: str, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(export_of(text, "xlsx", tmp_path)))
    reason = book["Shortlist"]["D3"].value
    assert isinstance(reason, str)
    assert reason.replace("_x005F_", "_").strip() == clean(text).strip()


def test_a_text_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(export_of("x" * 40_000, "xlsx", tmp_path)))
    reason = book["Shortlist"]["D3"].value
    assert isinstance(reason, str)
    assert len(reason) < 32_767
    assert reason.endswith("x…")


def test_what_xlsxwriter_takes_for_rich_text_is_disarmed() -> None:
    assert safe("<r>x</r>") == " <r>x</r>"
    assert safe("plain") == "plain"


@pytest.mark.parametrize("format_name", sorted(EXPORTERS.keys() - {"xlsx"}))
@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_gets_into_a_file(text: str, format_name: str, tmp_path: Path) -> None:
    written_text = export_of(text, format_name, tmp_path).decode("utf-8-sig")
    assert clean(written_text) == written_text.replace("\r\n", "\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_stays_json(text: str, tmp_path: Path) -> None:
    record = json.loads(export_of(text, "json", tmp_path))
    assert record["tools"][0]["tool"]["name"] == clean(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>", "&lt;script&gt;"),
        ("[a](b)", "\\[a\\](b)"),
        ("# heading", "\\# heading"),
        ("1. list", "1\\. list"),
        ("- list", "\\- list"),
        ("2.5 hours", "2\\.5 hours"),
        ("a | b", "a \\| b"),
        ("http://evil.example", "http\\://evil.example"),
        ("www.evil.example", "www\\.evil.example"),
        ("up to 2 hours - each week", "up to 2 hours - each week"),
        ("line\n\n# heading", "line # heading"),
    ],
)
def test_markdown_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(text=st.text())
def test_escaped_text_opens_no_tag_and_no_line(text: str) -> None:
    result = escaped(text)
    assert not set("<>\n") & set(result)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|~$]", result)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "http://a.example/ b", "https://a.example/<b>"],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert not link(url).startswith("<")
    assert link("https://a.example/b?c=d&e") == "<https://a.example/b?c=d&e>"
