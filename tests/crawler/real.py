"""Real data that stands beside the project on some machines; tests that use it skip elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "real"


def real(name: str) -> Path:
    """A folder of real data; skips the test where there is none."""
    folder = FOLDER / name
    if not folder.exists():
        pytest.skip(f"there is no real data in {folder}")
    return folder
