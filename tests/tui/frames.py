"""Driving the app in tests: one way to start it, to let it settle, and to read what it painted."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from rich.segment import Segment
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.fake import FakeServices
from tui.app import HorizonApp
from tui.screens import finder, reader
from tui.services import Services

GOLDEN = Path(__file__).parent / "frames"
SIZES = ((80, 24), (120, 40), (200, 60))
NARROW, NORMAL, WIDE = SIZES

SOON = 0.005
"""Seconds that the app waits for the reader to pause, in tests."""

FEW = 3
"""Letters that are typed one by one when words are entered in a test."""

Driver = Pilot[None]


@asynccontextmanager
async def running(
    services: Services | None = None, size: tuple[int, int] = NORMAL, theme: str = "nhs-dark"
) -> AsyncIterator[tuple[HorizonApp, Driver]]:
    """The app over `services`, its first list shown."""
    app = HorizonApp(services or FakeServices(), theme=theme)
    with patch.multiple(finder, TRAILING=SOON, QUIET=2 * SOON), patch.object(reader, "REST", SOON):
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot


async def settle(pilot: Driver) -> None:
    """Wait until threads have answered, timers have run and all is painted."""
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(2 * SOON)


async def press(pilot: Driver, *keys: str) -> None:
    """Press keys one after the other; "=words" enters the words. Then let it settle."""
    for key in keys:
        if key.startswith("="):
            await _enter(pilot, key[1:])
        else:
            await pilot.press(key)
    await settle(pilot)


async def _enter(pilot: Driver, words: str) -> None:
    """Put words where the cursor is, as pasting does: to type them paints the screen for each
    letter, so only the first and the last are typed.
    """
    field = pilot.app.focused
    if isinstance(field, Input) and len(words) > FEW:
        await pilot.press(words[0])
        field.insert_text_at_cursor(words[1:-1])
        await pilot.press(words[-1])
    else:
        await pilot.press(*words)


async def step(pilot: Driver, *keys: str) -> None:
    """Press keys, letting the app settle after each."""
    for key in keys:
        await press(pilot, key)


def segments(app: HorizonApp) -> Iterator[Segment]:
    """Every segment on the screen."""
    for strip in app.screen._compositor.render_strips():
        yield from strip


def lines(app: HorizonApp) -> list[str]:
    """The screen as lines of text."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def text(app: HorizonApp) -> str:
    """The screen as one text."""
    return "\n".join(lines(app))


def same_as_golden(app: HorizonApp, name: str) -> None:
    """Compare the screen with `frames/<name>.txt`; FRAMES=write writes it."""
    path = GOLDEN / f"{name}.txt"
    shown = text(app) + "\n"
    if os.environ.get("FRAMES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8"), f"{path.name} differs"
