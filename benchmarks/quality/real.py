"""Where the real data stands that these benchmarks read: beside the project, never in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "real"


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a file of JSON under `../shared/real`.

    Raises:
        SystemExit: it is not there; the message says what is wanted.
    """
    path = REAL / name
    if not path.is_file():
        raise SystemExit(
            f"This benchmark reads {name} in the folder ../shared/real beside the project "
            f"({REAL}), and it is not there."
        )
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
