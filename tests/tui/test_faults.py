"""What the reader sees when something fails, is slow to come, or cannot be painted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from catalogue.errors import CatalogueError, ModelError
from catalogue.query import Query
from catalogue.rows import Hit, ToolDetail
from tests.tui.fake import FakeServices
from tests.tui.frames import NARROW, NORMAL, WIDE, settle, step, text
from tui.app import HorizonApp
from tui.services import Services


class Failing(FakeServices):
    """Services of which much is broken."""

    def detail(self, tool_id: int) -> ToolDetail:
        raise CatalogueError(f"Tool {tool_id} cannot be read.", "Run horizon db check.")

    def search(self, query: Query, limit: int) -> Sequence[Hit]:
        del query, limit
        raise ModelError("The model is missing.", "Run horizon model prepare.")

    def undo(self) -> str:
        raise RuntimeError("nobody expected this")


async def test_what_fails_is_said_and_the_app_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "app.log"
    app = HorizonApp(Failing(), log_file=log)
    async with app.run_test(size=NORMAL) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        assert "cannot be read. Run horizon db check." in " ".join(text(app).split())
        await step(pilot, "slash", "=rota", "enter")
        await pilot.pause(0.4)
        assert "words only" in text(app)
        assert len(app._browse.table.ids) == 10
        await step(pilot, "u")
        await step(pilot, "f8")
        assert "Something unexpected went wrong (RuntimeError)." in text(app)
    assert "nobody expected this" in log.read_text(encoding="utf-8")


async def test_services_that_cannot_be_opened_are_explained() -> None:
    def opening() -> Services:
        raise CatalogueError("The catalogue is newer than this program.", "Update it.")

    app = HorizonApp(opening)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert "The catalogue is newer than this program." in text(app)
        await step(pilot, "down", "enter", "s", "question_mark", "escape")
        assert app.is_running


async def test_services_are_opened_after_the_first_paint_and_closed_at_the_end() -> None:
    gate, services = threading.Event(), FakeServices()

    def opening() -> Services:
        assert gate.wait(10)
        return services

    app = HorizonApp(opening)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause(0.2)
        assert "Opening the catalogue..." in text(app)
        gate.set()
        await settle(pilot)
        assert "40 of 40 tools" in text(app)
    assert services.closed


async def test_plain_ascii_paints_no_drawing_characters() -> None:
    app = HorizonApp(FakeServices(), ascii_only=True)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        await step(pilot, "1", "down", "enter")
        assert {char for char in text(app) if not char.isascii()} <= {"£", "⏎"}
