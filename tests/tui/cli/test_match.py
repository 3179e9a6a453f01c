from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from catalogue.errors import HorizonError
from tests.tui.cli.conftest import HOSTILE, Horizon, Stock
from tui.cli import requirements

SPEC = """\
# Letters

- The system must write letters from dictation
- Track infusion pumps around the hospital
- Won't have: payroll
"""


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "spec.md"
    path.write_text(SPEC, encoding="utf-8")
    return str(path)


def pasted(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(body)))


def test_a_page_is_printed_with_what_is_covered_what_is_not_and_what_was_left_out(
    horizon: Horizon, stock: Stock, spec: str
) -> None:
    del stock
    ended = horizon("match", spec, "--words")
    assert (ended.code, ended.err) == (0, "")
    lines = [line.strip() for line in ended.out.splitlines()]
    assert lines[0].startswith("2 needs in spec.md, beside 3 tools: 1 covered")
    assert "covered 1 The system must write letters from dictation [must]" in lines
    assert "“Writes letters from dictation.”" in lines
    assert "2  Track infusion pumps around the hospital" in lines
    assert "line 5: Won't have: payroll (it says that it is not wanted)" in lines
    assert "not evidence" in ended.out


def test_json_gives_exactly_what_it_promises(horizon: Horizon, stock: Stock, spec: str) -> None:
    data = horizon("match", spec, "--words", "--json", "--limit", "1").data
    assert list(data) == [
        *("format", "version", "requirements", "made_at", "query", "compared", "notice", "notes"),
        *("needs", "not_found", "left_out", "tools"),
    ]
    (tool,) = data["tools"]
    assert (tool["rank"], tool["id"], tool["covered"]) == (1, stock.scribe, 1)
    (cover,) = tool["covers"]
    assert (cover["need"], cover["degree"]) == (1, "covered")
    assert list(cover["said"]) == [
        *("text", "said_by", "voice", "independent", "url", "document", "published_on", "last_seen")
    ]
    assert data["not_found"] == [2]
    assert data["needs"][0]["covered_by"] == 1


def test_who_says_it_stands_beside_the_passage(
    horizon: Horizon, stock: Stock, tmp_path: Path
) -> None:
    del stock
    path = tmp_path / "spec.txt"
    path.write_text("- saves 2 hours per week", encoding="utf-8")
    (tool,) = horizon("match", str(path), "--words", "--json", "--limit", "1").data["tools"]
    said = tool["covers"][0]["said"]
    assert (said["voice"], said["independent"]) == ("Supplier", False)
    assert said["last_seen"]
    assert said["url"] == "http://www.rotaflow.example/pro"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".md", ".json"])
def test_the_name_of_the_file_tells_the_format(
    horizon: Horizon, stock: Stock, spec: str, tmp_path: Path, suffix: str
) -> None:
    del stock
    path = tmp_path / f"match{suffix}"
    ended = horizon("match", spec, "--words", "--output", str(path))
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("Wrote 2 needs beside 1 tool to")
    if suffix == ".json":
        assert json.loads(path.read_text(encoding="utf-8"))["format"] == "horizonscan.match"
    elif suffix == ".xlsx":
        assert load_workbook(path).sheetnames == ["Tools", "Needs", "Passages", "Left out", "About"]
    else:
        assert "Writes letters from dictation." in path.read_text(encoding="utf-8")
    assert horizon("match", spec, "--words", "--output", str(path)).code == 1
    assert horizon("match", spec, "--words", "--output", str(path), "--force").code == 0


def test_pasted_text_is_read_from_standard_input(
    horizon: Horizon, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stock
    pasted(monkeypatch, SPEC.encode())
    data = horizon("match", "-", "--words", "--json").data
    assert (data["requirements"], len(data["needs"])) == ("Pasted text", 2)


def test_a_query_narrows_the_tools(horizon: Horizon, stock: Stock, spec: str) -> None:
    del stock
    data = horizon("match", spec, "--words", "--json", "--query", "-dictation").data
    assert (data["query"], data["compared"], data["tools"]) == ("-dictation", 2, [])
    wrong = horizon("match", spec, "--query", "seting:acute")
    assert (wrong.code, "setting" in wrong.err) == (2, True)
    free = horizon("match", spec, "--query", "letters")
    assert (free.code, "'letters'" in free.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("spec.docx", b"PK", "Save it as PDF"),
        ("spec.md", b"", "nothing to read"),
        ("spec.md", b"\x89PNG\0\0", "That is no text"),
        ("spec.pdf", b"%PDF-1.7 broken", "cannot be read"),
        ("spec.md", b"# Terms\n\n- We pay in 30 days", "No need was found"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    horizon: Horizon, stock: Stock, tmp_path: Path, name: str, body: bytes, said: str
) -> None:
    del stock
    (tmp_path / name).write_bytes(body)
    ended = horizon("match", str(tmp_path / name), "--words")
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


def test_a_file_that_is_not_there_and_a_wrong_suffix_are_told(horizon: Horizon, spec: str) -> None:
    assert horizon("match", "no-such.md").code == 3
    wrong = horizon("match", spec, "--output", "match.docx")
    assert (wrong.code, ".xlsx" in wrong.err) == (2, True)


def test_text_too_long_is_refused_and_old_encodings_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spec.txt"
    path.write_bytes("£ per caf\xe9".encode("cp1252"))
    assert requirements.text_of(str(path)) == ("spec.txt", "£ per caf\xe9")
    path.write_bytes("£ per caf\xe9".encode("utf-16"))
    assert requirements.text_of(str(path))[1] == "£ per caf\xe9"
    monkeypatch.setattr(requirements, "LONGEST", 3)
    with pytest.raises(HorizonError, match="are read at most"):
        requirements.text_of(str(path))


def test_no_need_reaches_the_terminal_raw(
    horizon: Horizon, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    del stock
    pasted(monkeypatch, f"- {HOSTILE} must write letters from dictation".replace("\0", "").encode())
    ended = horizon("match", "-", "--words")
    assert ended.code == 0
    assert not {"\x1b", "\x9b", "\u202e", "\x00"} & set(ended.out + ended.err)
