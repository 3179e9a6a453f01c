"""Everything a reader can do, once: keys, footer, help and palette are all made from this list.

`where` names the part that answers: `app`, or the part of the browse screen, or a modal. The
method that runs is `action_<method>` of that part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

from catalogue.errors import SettingsError, nearest

Where = Literal[
    "app", "browse", "search", "table", "facets", "list", "modal", "read", "help", "shortlists"
]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done."""

    id: str
    """Stable name; the settings give it other keys by this."""
    keys: str
    """Keys, comma-separated, in Textual's names."""
    method: str
    """What the part is asked to do, with arguments: `show_tab(2)`."""
    label: str
    """One or two words, for the footer."""
    help: str
    """One sentence, for help and palette."""
    group: str
    where: Where
    footer: bool = False


MOVE, FIND, READ, REVIEW, APP = "Move", "Find", "Read", "Review", "Horizonscan"

ACTIONS: tuple[Action, ...] = (
    Action("search.focus", "slash,ctrl+f", "search", "Search", "Search by words and meaning.",
           FIND, "browse", footer=True),
    Action("search.leave", "escape,enter,down", "leave", "To the list",
           "Leave the search line and keep what it found.", FIND, "search"),
    Action("search.complete", "tab", "complete", "Complete",
           "Take the first of the fields or values offered below the search line.",
           FIND, "search"),
    Action("search.refine", "R", "refine", "Refine",
           "Put the results by words and meaning in place.", FIND, "browse"),
    Action("filters.toggle", "f", "toggle_facets", "Filters",
           "Show or hide the filters with their counts.", FIND, "browse", footer=True),
    Action("filters.choose", "space", "select", "Choose", "Switch the filter under the cursor.",
           FIND, "facets"),
    Action("filters.clear", "F", "clear_filters", "Clear filters",
           "Switch all filters off.", FIND, "browse"),
    Action("order.next", "O", "next_order", "Order", "Change the order of the list.",
           FIND, "browse"),
    Action("pages.focus", "p", "pages", "Pages",
           "Go to the pages that match, also those that no tool claims.", FIND, "browse"),
    Action("tool.open", "enter", "open", "Open", "Read everything known of the tool.",
           READ, "table", footer=True),
    Action("mark.toggle", "space", "mark", "Mark", "Mark the tool under the cursor, or unmark it.",
           REVIEW, "table", footer=True),
    Action("mark.all", "a", "mark_all", "Mark all", "Mark every tool of the list.",
           REVIEW, "browse"),
    Action("mark.none", "A", "mark_none", "Unmark", "Take all marks away.", REVIEW, "browse"),
    Action("shortlist.add", "s", "shortlist", "Shortlist",
           "Put the marked tools, or the one under the cursor, on a shortlist.",
           REVIEW, "browse", footer=True),
    Action("shortlist.show", "S", "shortlists", "Shortlists",
           "See the shortlists, their tools and the reasons.", REVIEW, "browse"),
    Action("shortlist.remove", "d,delete", "remove", "Remove",
           "Take the tool off this shortlist.", REVIEW, "shortlists"),
    Action("shortlist.new", "n", "new", "New", "Start a shortlist.", REVIEW, "shortlists"),
    Action("shortlist.export", "e", "export", "Export", "Export this shortlist.",
           REVIEW, "shortlists"),
    Action("tag.accept", "plus", "tag('accepted')", "Accept",
           "Accept the tag under the cursor; once more leaves it to the rules.", REVIEW, "browse"),
    Action("tag.reject", "minus", "tag('rejected')", "Reject",
           "Reject the tag under the cursor; once more leaves it to the rules.", REVIEW, "browse"),
    Action("review.undo", "ctrl+z,u", "undo", "Undo", "Take back your last step.",
           REVIEW, "browse", footer=True),
    Action("review.redo", "ctrl+y,U", "redo", "Redo", "Do again what you took back.",
           REVIEW, "browse"),
    Action("export.open", "e", "export", "Export", "Write a shortlist to a file.",
           REVIEW, "browse", footer=True),
    Action("detail.toggle", "d", "toggle_detail", "Detail", "Show or hide the detail pane.",
           READ, "browse"),
    Action("detail.overview", "1", "show_tab(1)", "Overview",
           "Every value with who said it, when and in which words.", READ, "browse"),
    Action("detail.evidence", "2", "show_tab(2)", "Evidence",
           "Claims, what supports them, and where the tool is used.", READ, "browse"),
    Action("detail.sources", "3", "show_tab(3)", "Sources", "The pages behind the tool.",
           READ, "browse"),
    Action("detail.history", "4", "show_tab(4)", "History", "What changed, and when.",
           READ, "browse"),
    Action("detail.similar", "5", "show_tab(5)", "Similar", "Tools that are near in meaning.",
           READ, "browse"),
    Action("source.open", "o", "open_source", "Source",
           "Open the page behind what is under the cursor in your browser.", READ, "browse"),
    Action("copy", "y", "copy", "Copy", "Copy what is under the cursor, with its source.",
           READ, "browse"),
    Action("copy.show", "Y", "show_copy", "Show copy",
           "Show what was copied, to select it by hand.", READ, "browse"),
    Action("back", "escape", "back", "Back", "Go back: to the list, then clear the search.",
           MOVE, "browse"),
    Action("table.down", "down,j", "move(1)", "Down", "Next tool.", MOVE, "table"),
    Action("table.up", "up,k", "move(-1)", "Up", "Previous tool.", MOVE, "table"),
    Action("table.page_down", "pagedown", "page(1)", "Page down", "A screen further.",
           MOVE, "table"),
    Action("table.page_up", "pageup", "page(-1)", "Page up", "A screen back.", MOVE, "table"),
    Action("table.first", "home,g", "first", "First", "First tool of the list.", MOVE, "table"),
    Action("table.last", "end,G", "last", "Last", "Last tool of the list.", MOVE, "table"),
    Action("list.down", "j", "cursor_down", "Down", "Next line of a pane or window.",
           MOVE, "list"),
    Action("list.up", "k", "cursor_up", "Up", "Previous line of a pane or window.",
           MOVE, "list"),
    Action("list.leave", "escape", "screen.back", "Back", "Leave a pane or window.",
           MOVE, "list", footer=True),
    Action("modal.close", "escape", "close", "Close", "Close this window.", MOVE, "modal"),
    Action("read.source", "o", "source", "Source", "Open the page of this window.",
           READ, "read"),
    Action("read.copy", "y", "copy", "Copy", "Copy the text of this window.", READ, "read"),
    Action("help.list", "down", "go_to_list", "To the list", "Go to the actions found.",
           MOVE, "help"),
    Action("app.help", "question_mark,f1", "help", "Help",
           "All keys; type to find one, Enter runs it.", APP, "app", footer=True),
    Action("app.palette", "ctrl+p", "command_palette", "Palette",
           "Find any action, or any tool by its words.", APP, "app"),
    Action("app.messages", "f8", "messages", "Messages", "What was said in this session.",
           APP, "app"),
    Action("app.theme", "f9", "next_theme", "Colours", "Change the colours.", APP, "app"),
    Action("app.reload", "ctrl+r", "reload", "Reload",
           "Read the catalogue again: what others changed shows.", APP, "browse"),
    Action("app.quit", "ctrl+q", "quit", "Quit", "Leave Horizonscan.", APP, "app"),
)  # fmt: skip

FORBIDDEN_KEYS = frozenset(
    {"ctrl+a", "ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+v", "ctrl+comma", "ctrl+tab",
     "ctrl+equals_sign", "ctrl+minus", "ctrl+0", "alt+enter", "f11", "f12"}
)  # fmt: skip
"""Keys that Windows Terminal keeps for itself or that are other keys in disguise."""


def actions_of(*where: Where) -> list[Action]:
    """The actions of some parts, in the order of the list."""
    return [action for action in ACTIONS if action.where in where]


def bindings(*where: Where) -> list[BindingType]:
    """Textual bindings of some parts."""
    return [
        Binding(
            action.keys,
            action.method,
            action.label,
            show=action.footer,
            id=action.id,
            priority=action.id == "app.quit",
            tooltip=action.help,
        )
        for action in actions_of(*where)
    ]


def check_keys(keys: Mapping[str, str]) -> dict[str, str]:
    """The reader's own keys by action id, spaces taken out.

    Raises:
        SettingsError: an id is unknown, no key is given, a key never reaches the app, or one key
            would mean two things in one place.
    """
    ids = {action.id for action in ACTIONS}
    chosen = {name: ",".join(_split(text)) for name, text in keys.items()}
    for name, text in chosen.items():
        if name not in ids:
            raise SettingsError(f"There is no action '{name}' to give keys to.", nearest(name, ids))
        if not text:
            raise SettingsError(f"The action '{name}' is given no key.")
        for key in _split(text):
            if key in FORBIDDEN_KEYS:
                raise SettingsError(f"The key '{key}' of '{name}' never reaches the app.")
    _refuse_clashes(chosen)
    return chosen


def keys_of(action: Action, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The keys in force for an action, given the reader's own."""
    return tuple(_split(keys.get(action.id, action.keys)))


_TOGETHER: tuple[tuple[Where, ...], ...] = (
    ("app", "browse"),
    ("table",),
    ("list", "facets"),
    ("search",),
    ("modal", "shortlists"),
    ("modal", "read"),
)
"""Parts whose keys are alive at the same time and do not hide one another on purpose."""


def _refuse_clashes(chosen: Mapping[str, str]) -> None:
    for parts in _TOGETHER:
        taken: dict[str, str] = {}
        for action in actions_of(*parts):
            for key in keys_of(action, chosen):
                other = taken.setdefault(key, action.id)
                if other != action.id:
                    raise SettingsError(
                        f"The key '{key}' would mean both '{other}' and '{action.id}'."
                    )


def _split(keys: str) -> Iterable[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]
