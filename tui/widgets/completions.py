"""What may stand where the cursor of the question is: a short list below the line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from catalogue.completion import Completion
from tui.state.wording import number
from tui.text import cell, line

MOST = 7
"""Completions that are shown; typing on narrows them."""
WIDEST = 34
"""Cells of what is typed, beside what it means."""


class Completions(Static):
    """The nearest completions, the first of which Tab takes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, markup=False)
        self.display = False

    def show(self, offered: Sequence[Completion]) -> None:
        """Show these, or nothing where there are none."""
        self.display = bool(offered)
        if not offered:
            return
        shown = [(line(one.typed), line(one.label)) for one in offered[:MOST]]
        width = min(WIDEST, max(len(typed) for typed, _ in shown))
        rows = [
            Content.assemble(
                ("    " if place else "Tab ", "bold $text-primary"),
                (cell(typed, width), "" if place else "bold"),
                (f"  {label}" if label else "", "$text-muted"),
            )
            for place, (typed, label) in enumerate(shown)
        ]
        if left := len(offered) - len(shown):
            rows.append(Content.styled(f"    {number(left)} more: type on", "$text-muted"))
        self.update(Content("\n").join(rows))
