"""What a recording is expected to give: written once for a person to read, then held to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

from catalogue.errors import SourceError
from crawler.recording import INDEX, Replay, read_recording, replay
from crawler.source import Source

EXPECTED: Final = "expected.json"
"""Name of the file of expectations, beside the recording."""

MAX_SHOWN: Final = 12
"""Most lines of a difference that are shown."""


def is_recorded(folder: Path) -> bool:
    """Whether a folder holds a recording."""
    return (folder / INDEX).exists()


def check_recording(source: Source, folder: Path) -> list[str]:
    """Findings from playing the recorded pages again; none when all is as expected."""
    try:
        played = replay(source, read_recording(folder))
        expected = _read(folder)
    except SourceError as error:
        return [error.message]
    return [
        *_strictly(played),
        *_unrecorded(expected, played),
        *_differences(expected, played.to_tree()),
    ]


def accept(source: Source, folder: Path) -> Replay:
    """Take what the recording gives now for what is expected.

    Raises:
        SourceError: there is no recording, or it is damaged.
    """
    played = replay(source, read_recording(folder))
    text = json.dumps(played.to_tree(), indent=1, ensure_ascii=False)
    (folder / EXPECTED).write_text(text + "\n", encoding="utf-8")
    return played


def _read(folder: Path) -> dict[str, Any]:
    try:
        tree = json.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{folder / EXPECTED} cannot be read: {error}.") from error
    if not isinstance(tree, dict):
        raise SourceError(f"{folder / EXPECTED} holds no keys.")
    return tree


def _strictly(played: Replay) -> Iterator[str]:
    """What no recording may do, whatever is expected of it."""
    for url in played.unused:
        yield f"The walk never asks for {url}, which was recorded."
    if not any(reading.drafts for _, reading in played.readings):
        yield "The recorded pages give no draft: record a page that does."


def _unrecorded(expected: dict[str, Any], played: Replay) -> Iterator[str]:
    """Addresses that the walk asks for now, and that nobody has recorded or left out."""
    left_out = expected.get("pages_not_recorded", 0)
    if len(played.unknown_pages) > left_out:
        yield (
            f"The walk asks for {len(played.unknown_pages)} pages that were not recorded, "
            f"{left_out} were left out: {', '.join(played.unknown_pages[:3])}."
        )
    for url in played.unknown_listings:
        if url not in expected.get("listings_not_recorded", ()):
            yield f"The walk asks for the listing {url}, which was not recorded."


def _differences(expected: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    if expected == given:
        return
    before, after = (
        json.dumps(tree, indent=1, ensure_ascii=False).splitlines() for tree in (expected, given)
    )
    changed = [
        line
        for line in unified_diff(before, after, "expected", "given", n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    shown = [" ".join(line.split()) for line in changed[:MAX_SHOWN]]
    more = f" ... and {len(changed) - MAX_SHOWN} lines more" if len(changed) > MAX_SHOWN else ""
    yield f"What is read differs from {EXPECTED}: {' | '.join(shown)}{more}"
