"""The palette: every action of the registry, and the tools that match what is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from catalogue.errors import HorizonError
from catalogue.query import Query
from catalogue.rows import ToolRow
from tui.actions import ACTIONS, Action, keys_of
from tui.modals.help import key_words
from tui.screens.browse import BrowseScreen
from tui.screens.desk import Desk
from tui.services import Services
from tui.text import line

TOOLS = 8
"""Tools offered for what is typed."""


class ActionCommands(Provider):
    """All actions, by name and by sentence."""

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for action in ACTIONS:
            yield DiscoveryHit(
                Content(self._label(action)), self._run(action), action.label, action.help
            )

    async def search(self, query: str) -> Hits:
        """The actions whose label or sentence matches."""
        matcher = self.matcher(query)
        for action in ACTIONS:
            score = max(matcher.match(action.label), matcher.match(action.help) * 0.8)
            if score > 0:
                label = Content(self._label(action))
                yield Hit(score, label, self._run(action), action.label, action.help)

    def _label(self, action: Action) -> str:
        keys = key_words(keys_of(action, _desk(self).keys))
        return f"{action.label}  [{keys}]"

    def _run(self, action: Action) -> Callable[[], None]:
        return partial(_desk(self).perform, action)


class ToolCommands(Provider):
    """Tools by their words."""

    async def search(self, query: str) -> Hits:
        """The best few tools; choosing one opens it."""
        answer: asyncio.Future[list[ToolRow]] = asyncio.get_running_loop().create_future()

        def found(services: Services) -> list[ToolRow]:
            ids = services.words(Query(query))[:TOOLS]
            rows = services.rows(ids)
            return [rows[number] for number in ids if number in rows]

        def heard(rows: list[ToolRow]) -> None:
            if not answer.done():
                answer.set_result(rows)

        def lost(error: HorizonError) -> None:
            del error
            heard([])

        _desk(self).ask("palette", found, heard, otherwise=lost, newest=False)
        for place, row in enumerate(await answer):
            yield Hit(
                0.5 - place / 100,
                Content.assemble(line(row.name), (f"  {line(row.supplier)}", "not bold")),
                partial(self._open, row.id),
                line(row.name),
                "Open this tool.",  # Textual reads this one as markup: never text of the web
            )

    def _open(self, tool_id: int) -> None:
        screen = self.screen
        if isinstance(screen, BrowseScreen):
            screen.open_tool(tool_id)


def _desk(provider: Provider) -> Desk:
    return cast("Desk", provider.app)
