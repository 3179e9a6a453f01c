"""What is costly to make is made once for all the processes that run the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` filled, in this run of the tests; nobody may change what is in it.

    Under pytest-xdist the first process that asks makes it, and the others wait for it.
    """
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    folder = shared / f"once_{name}"
    done = folder / ".made"
    with FileLock(shared / f"once_{name}.lock"):
        if not done.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            done.touch()
    return folder
