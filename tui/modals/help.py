"""Help: every action with its keys; type to find one, Enter runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.actions import ACTIONS, Action, bindings, keys_of
from tui.modals.window import Window, button
from tui.widgets.cursor_list import CursorList

KEYS, NAME = 20, 15
"""Cells of the columns of keys and names."""

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "delete": "Del",
}


def key_words(keys: Iterable[str]) -> str:
    """Keys as they are printed on a keyboard: "?, F1"."""
    return ", ".join(
        _SHOWN.get(key, key.upper() if key[0] == "f" and key[1:].isdigit() else key) for key in keys
    )


def found_actions(text: str) -> list[Action]:
    """The actions whose name, sentence or group holds every word of `text`."""
    words = text.casefold().split()
    return [
        action
        for action in ACTIONS
        if all(
            word in f"{action.label} {action.help} {action.group} {action.keys}".casefold()
            for word in words
        )
    ]


class HelpInput(Input):
    """Where one types what one looks for; arrows go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def action_go_to_list(self) -> None:
        """Go to the first action found."""
        self.screen.query_one(OptionList).focus()


class HelpWindow(Window[Action]):
    """All actions; its result is the one to run."""

    title_text = "Help"

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self._found: list[Action | None] = []

    def body(self) -> Iterable[Widget]:
        """A line to type in and the list."""
        find = HelpInput(placeholder="Type to find an action", compact=True, id="help-find")
        find.cursor_blink = False
        yield find
        yield CursorList(id="help-list")

    def buttons(self) -> Iterable[Widget]:
        """How to leave."""
        yield button("Close", "close")

    def on_mount(self) -> None:
        """List everything."""
        self._fill("")
        self.query_one("#help-find").focus()

    @on(Input.Changed, "#help-find")
    def _find(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted, "#help-find")
    def _run_first(self) -> None:
        first = next((action for action in self._found if action is not None), None)
        if first is not None:
            self.dismiss(first)

    @on(OptionList.OptionSelected, "#help-list")
    def _run(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index])

    def _fill(self, text: str) -> None:
        self._found = []
        options: list[Option] = []
        group = ""
        for action in sorted(found_actions(text), key=lambda one: _GROUPS.index(one.group)):
            if action.group != group:
                group = action.group
                self._found.append(None)
                title = Content.styled(group, "bold $text-primary")
                options.append(Option(Content("\n") + title if options else title, disabled=True))
            self._found.append(action)
            options.append(
                Option(
                    Content.assemble(
                        (key_words(keys_of(action, self._keys)).ljust(KEYS), "bold"),
                        (action.label.ljust(NAME), ""),
                        (action.help, "$text-muted"),
                    )
                )
            )
        self.query_one("#help-list", OptionList).set_options(options).action_first()


_GROUPS = list(dict.fromkeys(action.group for action in ACTIONS))
