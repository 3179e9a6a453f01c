"""The shortlists: what is on them, why, and who put it there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from catalogue.rows import ShortlistItemRow, ShortlistRow
from tui.actions import bindings
from tui.modals.line import LineWindow
from tui.modals.window import Window, button
from tui.screens.desk import Desk
from tui.state.entries import Entry, Line
from tui.state.wording import day, plural
from tui.text import line
from tui.widgets.cursor_list import CursorList
from tui.widgets.entry_list import EntryList


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to do next outside the window."""

    kind: Literal["open", "export"]
    tool_id: int = 0
    shortlist: str = ""


class ShortlistsWindow(Window[Choice]):
    """Shortlists on the left, tools and reasons on the right."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("shortlists")
    title_text = "Shortlists"

    def __init__(self, desk: Desk, shortlists: Sequence[ShortlistRow], used: str) -> None:
        """Show shortlists, the one used last first in view."""
        super().__init__()
        self._desk = desk
        self._shortlists = tuple(shortlists)
        self._used = used

    def body(self) -> Iterable[Widget]:
        """Two lists side by side."""
        with Horizontal(id="shortlists-body"):
            yield CursorList(id="shortlists-names")
            with Vertical(id="shortlists-right"):
                yield Static(id="shortlists-purpose", markup=False)
                yield EntryList(id="shortlists-items")

    def buttons(self) -> Iterable[Widget]:
        """What can be done with a shortlist."""
        yield button("Remove tool (d)", "remove")
        yield button("Export (e)", "export")
        yield button("New (n)", "new")
        yield button("Close", "close")

    def on_mount(self) -> None:
        """Show the shortlist used last."""
        self._fill(self._used)
        names = self.query_one("#shortlists-names", OptionList)
        (self._items if self._shortlist and self._shortlist.items else names).focus()

    @property
    def _items(self) -> EntryList:
        return self.query_one("#shortlists-items", EntryList)

    @property
    def _shortlist(self) -> ShortlistRow | None:
        place = self.query_one("#shortlists-names", OptionList).highlighted
        if place is None or place >= len(self._shortlists):
            return None
        return self._shortlists[place]

    @property
    def _item(self) -> ShortlistItemRow | None:
        shortlist, entry = self._shortlist, self._items.current
        if shortlist is None or entry is None:
            return None
        return next((row for row in shortlist.items if row.tool_id == entry.tool_id), None)

    @on(OptionList.OptionHighlighted, "#shortlists-names")
    def _show_items(self) -> None:
        shortlist = self._shortlist
        purpose = self.query_one("#shortlists-purpose", Static)
        if shortlist is None:
            purpose.update(
                Content("There is no shortlist yet: n makes one, s in the list fills it.")
            )
            self._items.show(())
            return
        purpose.update(
            Content.assemble(
                (line(shortlist.name), "bold"),
                "\n",
                line(shortlist.purpose) or "No purpose given",
                f"\nSearch: {line(shortlist.query)}" if shortlist.query else "",
                (
                    f"\nmade by {line(shortlist.created_by)}, {day(shortlist.created_at)}",
                    "$text-muted",
                ),
                (f" · version {shortlist.version}", "$text-muted"),
            )
        )
        self._items.show([_entry(item) for item in shortlist.items], keep=True)

    @on(OptionList.OptionSelected, "#shortlists-names")
    def _enter_items(self) -> None:
        self._items.focus()

    @on(OptionList.OptionSelected, "#shortlists-items")
    def _open(self) -> None:
        if self._item is not None:
            self.dismiss(Choice("open", tool_id=self._item.tool_id))

    def pressed(self, name: str) -> None:
        """Do what the button says."""
        {
            "remove": self.action_remove,
            "export": self.action_export,
            "new": self.action_new,
        }.get(name, self.action_close)()

    def action_remove(self) -> None:
        """Take the tool under the cursor off, with a reason."""
        shortlist, item = self._shortlist, self._item
        if shortlist is None or item is None:
            return

        def remove(reason: str | None) -> None:
            if reason is None:
                return
            self._desk.ask(
                "write",
                lambda services: services.remove(shortlist.name, [item.tool_id], reason),
                lambda _: self._wrote(f"{item.name} taken off {shortlist.name}", shortlist.name),
                newest=False,
            )

        self.app.push_screen(
            LineWindow(
                f"Take {item.name} off {shortlist.name}",
                "Why? (may stay empty)",
                yes="Remove",
            ),
            remove,
        )

    def action_new(self) -> None:
        """Start a shortlist."""

        def make(name: str | None) -> None:
            if name:
                self._desk.ask(
                    "write",
                    lambda services: services.new_shortlist(name, ""),
                    lambda row: self._wrote(f"Shortlist {row.name} made", row.name),
                    newest=False,
                )

        self.app.push_screen(
            LineWindow("A new shortlist", "Its name", yes="Make", required=True), make
        )

    def action_export(self) -> None:
        """Leave for the export of this shortlist."""
        if self._shortlist is not None:
            self.dismiss(Choice("export", shortlist=self._shortlist.name))

    def _wrote(self, sentence: str, shortlist: str) -> None:
        self._desk.say(sentence)
        self._desk.wrote()
        self._desk.ask(
            "shortlists",
            lambda services: tuple(services.shortlists()),
            lambda rows: self._refill(rows, shortlist),
        )

    def _refill(self, shortlists: tuple[ShortlistRow, ...], shown: str) -> None:
        if self.is_mounted:
            self._shortlists = shortlists
            self._fill(shown)

    def _fill(self, shown: str) -> None:
        names = self.query_one("#shortlists-names", OptionList)
        names.set_options(
            Option(
                Content.assemble(
                    line(row.name), (f"\n{plural(len(row.items), 'tool')}", "$text-muted")
                )
            )
            for row in self._shortlists
        )
        places = [row.name for row in self._shortlists]
        if places:
            names.highlighted = places.index(shown) if shown in places else 0
        self._show_items()


def _entry(item: ShortlistItemRow) -> Entry:
    reason = item.reason or "no reason given"
    return Entry(
        (
            Line(
                (
                    (f"{item.position}. ", "muted"),
                    (item.name, "strong"),
                    (f"  {item.supplier}", "plain"),
                ),
                3,
            ),
            Line(((f"   {reason}", "quote" if item.reason else "muted"),), 3),
            Line(((f"   {item.added_by}, {day(item.added_at)}", "muted"),), 3),
        ),
        tool_id=item.tool_id,
    )
