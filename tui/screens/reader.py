"""Reading one tool: what the detail pane shows, asked for once the cursor rests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalogue.errors import HorizonError
from catalogue.rows import ToolDetail, ToolRow
from tui.screens.desk import Desk
from tui.state import dossier
from tui.state.browse import Browse
from tui.state.entries import Entry
from tui.widgets.detail_pane import DetailPane

if TYPE_CHECKING:
    from textual.timer import Timer

    from catalogue.resemblance import Resemblance

REST = 0.08
"""Seconds the cursor rests before its tool is read."""
SIMILAR = 12
"""Similar tools asked for."""
SIMILAR_TAB = 5


class Reader:
    """Keeps the detail pane on the tool under the cursor."""

    def __init__(self, desk: Desk, state: Browse, pane: DetailPane) -> None:
        self._desk = desk
        self._state = state
        self._pane = pane
        self._timer: Timer | None = None
        self._under_cursor: int | None = None
        self._wanted: int | None = None
        self._similar: Sequence[tuple[ToolRow, Resemblance]] | None = None
        self.detail: ToolDetail | None = None
        self.tab = 1

    def rest_on(self, tool_id: int | None) -> None:
        """The cursor is on a tool; a tool it newly came to is read when the cursor stays."""
        if tool_id == self._under_cursor:
            return
        self._under_cursor = tool_id
        self._stop()
        self._timer = self._pane.set_timer(REST, lambda: self.read(tool_id))

    def return_to(self, tool_id: int | None) -> None:
        """Back to the list: what was opened from elsewhere gives way to the tool there."""
        if tool_id != self._wanted:
            self._under_cursor = None
            self.rest_on(tool_id)

    def read(self, tool_id: int | None, *, again: bool = False) -> None:
        """Read a tool now; `again` keeps the place in the text."""
        self._stop()
        self._wanted = tool_id
        if tool_id is None:
            self.detail = None
            self._pane.show_nothing("Nothing to show.")
            return
        self._desk.ask(
            "detail",
            lambda services: services.detail(tool_id),
            lambda detail: self._heard(detail, keep=again),
            otherwise=self._lost,
        )

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def again(self) -> None:
        """Read the same tool again: something was written."""
        if self._wanted is not None:
            self.read(self._wanted, again=True)

    def show_tab(self, tab: int) -> None:
        """Open a tab, counted from 1."""
        self.tab = tab
        if self.detail is not None:
            self._paint(keep=False)

    def refresh_reason(self) -> None:
        """Show why the tool was found, once meaning has answered."""
        if self.detail is not None and self.tab == 1:
            self._paint(keep=True)

    def _heard(self, detail: ToolDetail, *, keep: bool) -> None:
        if detail.row.id != self._wanted:
            return
        if not keep:
            self._similar = None
        self.detail = detail
        self._pane.show_tool(detail)
        self._paint(keep=keep)

    def _lost(self, error: HorizonError) -> None:
        self.detail = None
        self._pane.show_nothing(str(error))

    def _paint(self, *, keep: bool) -> None:
        self._pane.show_tab(self.tab, self._entries(), keep=keep)
        if self.tab == SIMILAR_TAB and self._similar is None:
            self._ask_similar()

    def _entries(self) -> list[Entry]:
        detail = self.detail
        if detail is None:
            return []
        if self.tab == SIMILAR_TAB:
            return dossier.similar(self._similar, self._state.no_meaning)
        if self.tab == 1:
            return dossier.overview(detail, self._state.hits.get(detail.row.id))
        return (dossier.evidence, dossier.sources, dossier.history)[self.tab - 2](detail)

    def _ask_similar(self) -> None:
        tool_id = self._wanted
        if tool_id is None:
            return
        self._desk.ask(
            "similar",
            lambda services: tuple(services.similar(tool_id, SIMILAR)),
            lambda answers: self._heard_similar(tool_id, answers),
            otherwise=self._no_similar,
        )

    def _heard_similar(self, tool_id: int, answers: Sequence[tuple[ToolRow, Resemblance]]) -> None:
        if tool_id == self._wanted:
            self._similar = answers
            if self.tab == SIMILAR_TAB:
                self._pane.show_tab(self.tab, self._entries())

    def _no_similar(self, error: HorizonError) -> None:
        if self.tab == SIMILAR_TAB:
            self._pane.show_tab(self.tab, dossier.similar((), str(error)))
