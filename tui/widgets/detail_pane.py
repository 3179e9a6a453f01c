"""The detail pane: one tool in five tabs, every value with its source."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from catalogue.rows import ToolDetail
from tui.state.dossier import TABS
from tui.state.entries import Entry
from tui.state.wording import autonomy, claims_heading, host, stars
from tui.text import line
from tui.widgets.entry_list import EntryList


class TabLine(Static):
    """The names of the tabs on one line; the one that is shown stands in brackets."""

    class Picked(Message):
        """The reader clicked on a tab, counted from 1."""

        def __init__(self, tab: int) -> None:
            self.tab = tab
            super().__init__()

    def show(self, tab: int) -> None:
        """Show which tab is open, counted from 1."""
        names = (
            Content.styled(
                f"{number} {name}",
                "bold $text-primary underline" if number == tab else "$text-muted",
            )
            for number, name in enumerate(TABS, 1)
        )
        self.update(Content(" ").join(names), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Open the tab under the mouse."""
        right = 0
        for number, name in enumerate(TABS, 1):
            right += len(f"{number} {name}") + 1
            if event.x < right:
                self.post_message(self.Picked(number))
                return


class DetailPane(Vertical):
    """Name, standing and tabs of one tool."""

    def compose(self) -> ComposeResult:
        """Head, tabs, entries."""
        yield Static(id="detail-head", markup=False)
        yield TabLine(id="detail-tabs", markup=False)
        yield EntryList(id="detail-entries")

    @property
    def entries(self) -> EntryList:
        """The entries of the open tab."""
        return self.query_one(EntryList)

    def show_nothing(self, text: str) -> None:
        """Say why there is no tool."""
        self.query_one("#detail-head", Static).update(Content.styled(line(text), "$text-muted"))
        self.query_one(TabLine).display = False
        self.entries.show(())

    def show_tool(self, detail: ToolDetail) -> None:
        """Show the head of a tool."""
        row = detail.row
        where = host(detail.homepage)
        head = Content("\n").join(
            [
                Content.styled(line(row.name), "bold"),
                Content(line(f"{row.supplier}{' · ' + where if where else ''}")),
                Content.assemble(
                    (stars(row.evidence), "bold"),
                    "  independent evidence  " if row.independent else "  ",
                    (f"autonomy {autonomy(row.autonomy)}", "$text-muted"),
                ),
                Content.styled(claims_heading(detail.claims), "$text-warning"),
            ]
        )
        self.query_one("#detail-head", Static).update(head)
        self.query_one(TabLine).display = True

    def show_tab(self, tab: int, entries: Sequence[Entry], *, keep: bool = False) -> None:
        """Show the entries of a tab, counted from 1."""
        self.query_one(TabLine).show(tab)
        self.entries.show(entries, keep=keep)
