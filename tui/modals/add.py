"""The window that puts tools on a shortlist: which one, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from catalogue.rows import ShortlistRow
from tui.modals.window import Window, button, caption
from tui.state.wording import plural
from tui.text import line
from tui.widgets.cursor_list import CursorList


@dataclass(frozen=True, slots=True)
class Addition:
    """Where the tools go, and why."""

    shortlist: str
    new: bool
    reason: str


class AddWindow(Window[Addition]):
    """The first time it asks which shortlist; later it offers the one used last."""

    title_text = "Add to a shortlist"

    def __init__(
        self, what: str, shortlists: Sequence[ShortlistRow], used: str, query: str = ""
    ) -> None:
        """Ask for `what` is added; `used` is the name of the shortlist used last, and a new one
        remembers `query`.
        """
        super().__init__()
        self._query = line(query)
        self._what = line(what)
        self._shortlists = tuple(shortlists)
        names = [row.name for row in shortlists]
        self._place = names.index(used) if used in names else None

    def body(self) -> Iterable[Widget]:
        """What is added, the shortlists, a name for a new one, the reason."""
        yield Static(Content.styled(self._what, "bold"), markup=False)
        yield caption("To which shortlist?")
        where = CursorList(id="where")
        where.add_options(
            Option(
                Content.assemble(
                    line(row.name), (f"  {plural(len(row.items), 'tool')}", "$text-muted")
                )
            )
            for row in self._shortlists
        )
        where.add_option(Option(Content("+ a new shortlist")))
        yield where
        yield caption("Its name", "name-caption")
        yield _input("name", "Rostering, winter 2026")
        yield caption(f"It remembers the search: {self._query}", "name-query")
        yield caption("Why? (may stay empty)")
        yield _input("reason", "What made it worth a closer look")

    def buttons(self) -> Iterable[Widget]:
        """Add, or not."""
        yield button("Add", "add", wanted=True)
        yield button("Cancel", "close")

    def on_mount(self) -> None:
        """Start at the reason where the shortlist is known, at the choice otherwise."""
        where = self.query_one("#where", OptionList)
        where.highlighted = 0 if self._place is None else self._place
        if self._place is not None:
            self.query_one("#reason").focus()
        elif self._shortlists:
            where.focus()
        else:
            self.query_one("#name").focus()
        self._show_name()

    @property
    def _new(self) -> bool:
        return self.query_one("#where", OptionList).highlighted == len(self._shortlists)

    @on(OptionList.OptionHighlighted, "#where")
    def _show_name(self) -> None:
        for part in ("#name-caption", "#name"):
            self.query_one(part).display = self._new
        self.query_one("#name-query").display = self._new and bool(self._query)

    @on(OptionList.OptionSelected, "#where")
    def _chosen(self) -> None:
        self.query_one("#name" if self._new else "#reason").focus()

    @on(Input.Submitted, "#name")
    def _named(self) -> None:
        self.query_one("#reason").focus()

    @on(Input.Submitted, "#reason")
    def _reasoned(self) -> None:
        self.pressed("add")

    def pressed(self, name: str) -> None:
        """Answer, or go to what is missing."""
        if name != "add":
            self.action_close()
            return
        place = self.query_one("#where", OptionList).highlighted or 0
        given = self.query_one("#name", Input).value.strip()
        reason = self.query_one("#reason", Input).value.strip()
        if not self._new:
            self.dismiss(Addition(self._shortlists[place].name, new=False, reason=reason))
        elif given:
            self.dismiss(Addition(given, new=True, reason=reason))
        else:
            self.query_one("#name").focus()


def _input(name: str, hint: str) -> Input:
    entry = Input(placeholder=hint, compact=True, id=name)
    entry.cursor_blink = False
    return entry
