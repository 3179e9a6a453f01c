from __future__ import annotations

from pathlib import Path

import pytest

from tui.state.handover import LONGEST, downloads, file_name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Rostering, Q4", "rostering-q4.csv"),
        ("Café Überblick", "cafe-uberblick.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("C:\\x", "c-x.csv"),
        ("Con.", "shortlist-con.csv"),
        ("lpt1", "shortlist-lpt1.csv"),
        ("全角", "shortlist.csv"),
        ("", "shortlist.csv"),
        ("a" * 500, "a" * LONGEST + ".csv"),
    ],
)
def test_a_file_name_is_made_of_plain_characters(name: str, file: str) -> None:
    assert file_name(name, ".csv") == file
    assert file_name(name, "csv") == file


def test_files_go_to_downloads_where_there_is_such_a_folder(tmp_path: Path) -> None:
    assert downloads(tmp_path) == tmp_path
    (tmp_path / "Downloads").mkdir()
    assert downloads(tmp_path) == tmp_path / "Downloads"
