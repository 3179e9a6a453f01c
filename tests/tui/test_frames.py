"""What the screens look like, line by line: a change of the picture shows in the diff.

`FRAMES=write pytest tests/tui/test_frames.py` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.fake import FakeServices
from tests.tui.frames import NARROW, NORMAL, WIDE, running, same_as_golden, step

FRAMES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "browse_80x24": (NARROW, ("down",)),
    "browse_120x40": (NORMAL, ("down",)),
    "browse_200x60": (WIDE, ("down", "space", "space")),
    "search_120x40": (NORMAL, ("slash", "=rota", "enter")),
    "search_80x24": (NARROW, ("slash", "=rota", "enter", "p")),
    "filters_80x24": (NARROW, ("f", "space")),
    "filters_120x40": (NORMAL, ("f", "down", "enter")),
    "overview_80x24": (NARROW, ("down", "down", "enter")),
    "evidence_120x40": (NORMAL, ("down", "2")),
    "sources_80x24": (NARROW, ("3",)),
    "history_80x24": (NARROW, ("4",)),
    "similar_80x24": (NARROW, ("5",)),
    "provenance_120x40": (NORMAL, ("1", "down", "enter")),
    "help_80x24": (NARROW, ("question_mark",)),
    "add_80x24": (NARROW, ("s",)),
    "shortlists_120x40": (NORMAL, ("S",)),
    "export_80x24": (NARROW, ("e",)),
}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", sorted(FRAMES))
async def test_frame(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/reader"))
    size, keys = FRAMES[name]
    services = FakeServices()
    services.new_shortlist("Rostering, winter", "Tools for the winter rota")
    services.add("Rostering, winter", [8, 16], "Claims hours saved; ask for the evaluation")
    services.new_shortlist("Letters", "")
    async with running(services, size) as (app, pilot):
        await step(pilot, *keys)
        same_as_golden(app, name)
