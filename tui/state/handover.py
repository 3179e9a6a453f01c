"""Where an export goes: a file name made of the shortlist's name, in the folder of downloads."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

LONGEST = 60
"""Characters of a file name before its suffix."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for devices, whatever their suffix."""


def downloads(home: Path) -> Path:
    """The folder where people look for files: Downloads where there is one, else their home."""
    folder = home / "Downloads"
    return folder if folder.is_dir() else home


def file_name(shortlist: str, suffix: str) -> str:
    """A file name of letters, digits and hyphens: "Rostering Q4" -> "rostering-q4.csv"."""
    plain = unicodedata.normalize("NFKD", shortlist).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.casefold())[:LONGEST].strip("-") or "shortlist"
    if _DEVICE.fullmatch(stem):
        stem = f"shortlist-{stem}"
    ending = re.sub(r"[^A-Za-z0-9]", "", suffix) or "txt"
    return f"{stem}.{ending}"
