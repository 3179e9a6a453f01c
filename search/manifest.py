"""Files that are whole or absent: atomic writing, checksums, and manifests that carry their own.

A file of the search caches is written beside its place, flushed to the disk and moved there in one
step. What stands in a manifest is compared with the files when they are opened, because neither
FAISS nor ONNX Runtime notices a flipped byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SEAL = "sha256_of_this_manifest"


class DamagedError(Exception):
    """A file of a cache is missing, truncated or altered; the message names it and says how."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, have reached the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle for a folder; its file system keeps names in a journal.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def carry_over(before: Path, folder: Path, names: Iterable[str]) -> None:
    """Make `folder` with these files of the folder `before`, as links where the disk can. Nobody
    may write into such a file afterwards, only put another in its place.
    """
    folder.mkdir()
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        try:
            os.link(before / name, folder / name)
        except OSError:
            shutil.copyfile(before / name, folder / name)


def seen(path: Path) -> tuple[int, int, int] | None:
    """When a file was last written, its size and its number; None when it is not there. They tell
    what anybody wrote from what stayed, though not what a disk lost by itself.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def checksums(
    folder: Path, names: Iterable[str], before: Path | None = None, known: Mapping[str, str] = {}
) -> dict[str, str]:
    """Flush these files of a folder and return their SHA-256 by name. Those of files that are
    links to files in the folder `before` are `known`.
    """
    sums = {}
    for name in sorted(names):
        if before is not None and name in known and _same(before / name, folder / name):
            sums[name] = known[name]
            continue
        flush(folder / name)
        sums[name] = sha256_of(folder / name)
    return sums


def check(folder: Path, sums: Mapping[str, str]) -> None:
    """Compare files with their checksums.

    Raises:
        DamagedError: a file is missing or is not what was written.
    """
    for name, expected in sums.items():
        try:
            actual = sha256_of(folder / name)
        except OSError as error:
            raise DamagedError(f"{name} is missing or cannot be read") from error
        if actual != expected:
            raise DamagedError(f"{name} is not what was written")


def write_manifest(path: Path, entries: Mapping[str, Any]) -> None:
    """Write a manifest as JSON with a seal over its entries, replacing the old one in one step.

    Two writers at once are the caller's to prevent.
    """
    sealed = {**entries, SEAL: _seal(entries)}
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(json.dumps(sealed, indent=1, sort_keys=True), encoding="utf-8")
    flush(beside)
    beside.replace(path)
    flush(path.parent)


def read_manifest(path: Path) -> dict[str, Any] | None:
    """The entries of a manifest; None when there is none.

    Raises:
        DamagedError: it is not JSON, or its seal is broken.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DamagedError(f"{path.name} cannot be read") from error
    if not isinstance(entries, dict) or entries.pop(SEAL, None) != _seal(entries):
        raise DamagedError(f"{path.name} is not what was written")
    return entries


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _seal(entries: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()
