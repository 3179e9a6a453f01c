"""The pages that match a question, below the list: also those that no tool claims."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from catalogue.rows import Hit
from tui.state import reasons
from tui.state.wording import host, plural, retold
from tui.text import fit, line
from tui.widgets.cursor_list import CursorList

GLIMPSE = 200
"""Most characters of a passage, from shortly before the words that matched."""
HEAD = 1
"""Lines taken by the title."""


class PagesPane(Vertical):
    """One line for each page: title, host, and the passage that matched."""

    class Opened(Message):
        """The reader wants to read the passage of a page."""

        def __init__(self, hit: Hit) -> None:
            self.hit = hit
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._hits: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield Static(id="pages-title", markup=False)
        yield CursorList(id="pages-list")

    @property
    def choices(self) -> CursorList:
        """The list of pages, which takes the keys."""
        return self.query_one(CursorList)

    @property
    def current(self) -> Hit | None:
        """The page under the cursor."""
        place = self.choices.highlighted
        return None if place is None else self._hits[place]

    def show(self, hits: Sequence[Hit]) -> None:
        """Show these pages."""
        if tuple(hits) != self._hits:
            self._hits = tuple(hits)
            self._fill()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        self._fill()

    @on(OptionList.OptionSelected, "#pages-list")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self._hits[event.option_index]))

    def _fill(self) -> None:
        title = Content.assemble(
            ("Pages that match", "bold $text-primary"),
            (
                f"  {plural(len(self._hits), 'page')}, whether or not a tool claims them",
                "$text-muted",
            ),
        )
        self.query_one("#pages-title", Static).update(title)
        choices = self.choices
        place, width = choices.highlighted, choices.room
        choices.set_options(Option(_paint(hit, width)) for hit in self._hits)
        choices.highlighted = place if place is not None and place < len(self._hits) else 0


def _paint(hit: Hit, width: int) -> Content:
    told = ", ".join(filter(None, (host(hit.url), retold(hit.retells, hit.also))))
    words = "".join(text for text, _ in reasons.passage(hit, GLIMPSE))
    title = line(hit.title or hit.url)
    rest = line(f"{reasons.speaker(hit)} ({told}): {words}")
    whole = fit(f"{title}  {rest}", max(1, width))
    cut = min(len(title), len(whole))
    return Content.assemble((whole[:cut], "bold"), (whole[cut:], "$text-muted"))
