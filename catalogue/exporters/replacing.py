"""Replacing a file: all of it or nothing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from catalogue.errors import CatalogueError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when all went well and vanishes otherwise."""
    part = path.parent / f".horizon-{secrets.token_hex(8)}.part"
    if not _can_be_a_name(path):
        raise CatalogueError(f"{path} cannot be written: no file can have that name.")
    try:
        if path.is_dir():
            raise CatalogueError(f"{path} is a folder.", "Name a file in it.")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CatalogueError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Is it open in another program?" if isinstance(error, PermissionError) else "",
        ) from error


def _can_be_a_name(path: Path) -> bool:
    """Whether the system can be asked for such a file: none holds NUL or half a pair."""
    try:
        path.lstat()
    except OSError:
        return True  # whatever is wrong with it is told when it is written
    except ValueError:
        return False
    return True
