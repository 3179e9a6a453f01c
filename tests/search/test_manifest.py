from __future__ import annotations

import os
from pathlib import Path

import pytest

from search.manifest import (
    DamagedError,
    carry_over,
    check,
    checksums,
    read_manifest,
    sha256_of,
    write_manifest,
)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    entries = {"model": "x-123", "files": {"a": "b"}, "difference": 2.5797635316848755e-07}
    write_manifest(tmp_path / "manifest.json", entries)
    assert read_manifest(tmp_path / "manifest.json") == entries
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_no_manifest_is_not_a_damaged_one(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.json") is None


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied", "binary"])
def test_a_damaged_manifest_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(path, {"model": "x-123"})
    whole = path.read_bytes()
    at = whole.index(b"123")
    path.write_bytes(
        {
            "truncated": whole[:-20],
            "flipped": whole[:at] + b"4" + whole[at + 1 :],
            "emptied": b"",
            "binary": b"\xff\xfe\x00",
        }[damage]
    )
    with pytest.raises(DamagedError, match=r"manifest\.json"):
        read_manifest(path)


def test_files_are_checked_against_their_checksums(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    sums = checksums(tmp_path, ["a", "b"])
    check(tmp_path, sums)
    (tmp_path / "b").write_bytes(b"twp")
    with pytest.raises(DamagedError, match="b is not what was written"):
        check(tmp_path, sums)
    (tmp_path / "a").unlink()
    with pytest.raises(DamagedError, match="a is missing"):
        check(tmp_path, sums)


@pytest.mark.parametrize("links", [True, False])
def test_unchanged_files_are_carried_over_by_link_or_by_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "inner").mkdir(parents=True)
    for name in ("a", "inner/b", "stray"):
        (old / name).write_text(name)
    if not links:

        def refuse(*_: object) -> None:
            raise OSError("This disk has no links.")

        monkeypatch.setattr(os, "link", refuse)
    carry_over(old, new, ["a", "inner/b"])
    assert {path.name for path in new.rglob("*") if path.is_file()} == {"a", "b"}
    for name in ("a", "inner/b"):
        assert (new / name).read_text() == name
        assert (new / name).samefile(old / name) == links


def test_the_checksum_of_a_file_that_was_carried_over_is_known(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "a").write_text("one")
    (old / "b").write_text("two")
    carry_over(old, new, ["a"])
    (new / "b").write_text("three")
    known = {"a": "what was said of a", "b": "what was said of b"}
    sums = checksums(new, ["a", "b"], old, known)
    assert sums == {"a": "what was said of a", "b": sha256_of(new / "b")}
