"""The terminal app: it opens the services after the first paint and carries questions to them.

Imported here are Textual, the standard library and frozen rows only; whatever is slow to import
is imported by the services, in a thread, while the reader already sees the screen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import SearchIcon
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from catalogue.errors import HorizonError, StaleWriteError
from tui.actions import Action, bindings, check_keys
from tui.modals.confirm import ConfirmWindow
from tui.modals.help import HelpWindow
from tui.modals.read import ReadWindow
from tui.palette import ActionCommands, ToolCommands
from tui.screens.browse import BrowseScreen
from tui.services import Services
from tui.state.entries import Line
from tui.state.wording import host
from tui.text import line, safe
from tui.theme import DEFAULT, NAMES, THEMES, after
from tui.widgets.filters import Guard, PlainAscii

Answer = TypeVar("Answer")
Question = Callable[[Services], None]

LOG = logging.getLogger("tui")
LONG = 3600.0
"""Seconds that an error stays on screen unless Esc takes it away."""
REMEMBERED = 200
"""Messages of a session that are kept to be read again."""


class HorizonApp(App[None]):
    """Browse the market; every value on screen can say who said it, when, in which words."""

    TITLE = "Horizonscan"
    CSS_PATH = "styles/horizon.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMANDS: ClassVar[set[Any]] = {ActionCommands, ToolCommands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    NOTIFICATION_TIMEOUT = 6

    def __init__(
        self,
        services: Services | Callable[[], Services],
        *,
        theme: str = DEFAULT,
        keys: Mapping[str, str] | None = None,
        ascii_only: bool = False,
        log_file: Path | None = None,
    ) -> None:
        """The app over `services`, or over what `services()` opens once the screen is painted.

        Args:
            services: Answers all questions; closed when the app ends.
            theme: One of `tui.theme.NAMES`.
            keys: The reader's own keys by action id.
            ascii_only: Paint boxes and bullets with plain ASCII.
            log_file: Where unexpected faults are written; nothing is ever logged to the screen.

        Raises:
            SettingsError: `keys` names an unknown action, or one key would mean two things.
        """
        self._keys = check_keys(keys or {})
        super().__init__()
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme if theme in NAMES else DEFAULT
        self.animation_level = "none"
        self.guard = Guard()
        """The last thing between a text and the terminal."""
        self._plain = PlainAscii(enabled=ascii_only)
        self._offered = services
        self._services: Services | None = None
        self._waiting: list[Callable[[], None]] = []
        self._turns: dict[str, int] = {}
        self._messages: list[tuple[datetime, str]] = []
        self._copied = ""
        self._browse = BrowseScreen(self)
        self._log_file = log_file

    # Beginning and end

    def get_default_screen(self) -> Screen[Any]:
        """The browse screen is there from the first paint."""
        return self._browse

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, then our own."""
        own = (one for one in (self.guard, self._plain) if one.enabled)
        return [*super().get_line_filters(), *own]

    def on_mount(self) -> None:
        """Give the reader's keys; open the services once the screen is painted."""
        _log_to(self._log_file)
        self.set_keymap(self._keys)
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        offered = self._offered

        def opening() -> None:
            try:
                services = offered() if callable(offered) else offered
                reviewer = services.reviewer()
            except HorizonError as error:
                self.call_later(self._cannot_open, error)
            else:
                self.call_later(self._opened, services, reviewer)

        self.run_worker(opening, thread=True, group="open", exit_on_error=False)

    def _opened(self, services: Services, reviewer: str) -> None:
        self._services = services
        self._browse.start(reviewer)
        waiting, self._waiting = self._waiting, []
        for question in waiting:
            question()

    def _cannot_open(self, error: HorizonError) -> None:
        self._browse.cannot_start(str(error))
        self.complain(error)

    def on_unmount(self) -> None:
        """Let go of the services and of the log."""
        _log_to(None)
        if self._services is not None:
            self._services.close()

    # The desk

    @property
    def keys(self) -> Mapping[str, str]:
        """The reader's own keys by action id."""
        return self._keys

    def ask(
        self,
        group: str,
        question: Callable[[Services], Answer],
        then: Callable[[Answer], None],
        *,
        otherwise: Callable[[HorizonError], None] | None = None,
        newest: bool = True,
    ) -> None:
        """See `Desk.ask`: the thread never touches a widget, the answer comes by the loop."""
        services = self._services
        if services is None:
            self._waiting.append(
                lambda: self.ask(group, question, then, otherwise=otherwise, newest=newest)
            )
            return
        turn = self._turns[group] = self._turns.get(group, 0) + 1

        def hear(callback: Callable[[], None]) -> None:
            if not newest or self._turns[group] == turn:
                callback()

        def work() -> None:
            try:
                answer = question(services)
            except HorizonError as error:
                self.call_later(hear, partial(otherwise or self.complain, error))
            else:
                self.call_later(hear, partial(then, answer))

        self.run_worker(work, thread=True, group=group, exit_on_error=False)

    def on_command_palette_opened(self) -> None:
        """The palette of Textual like all else: no blinking, and no picture as a prompt."""
        self.screen.query_one(Input).cursor_blink = False
        self.screen.query_one(SearchIcon).icon = ">"

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fault nobody expected: to the log, and one sentence to the reader; the app goes on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            fault = event.worker.error
            LOG.error("unexpected fault in '%s'", event.worker.group, exc_info=fault)
            self.complain(
                HorizonError(
                    f"Something unexpected went wrong ({type(fault).__name__}).",
                    "What you did may not have worked; the log file says more.",
                )
            )

    def later(self, callback: Callable[[], None]) -> None:
        """Run something in the app's own loop."""
        self.call_later(callback)

    def say(self, sentence: str) -> None:
        """Tell the reader something that went well."""
        self._remember(sentence)
        self.notify(line(sentence), markup=False)

    def complain(self, error: HorizonError) -> None:
        """Tell the reader what went wrong; it stays until Esc."""
        sentence = str(error)
        if isinstance(error, StaleWriteError):
            sentence = f"Nothing was changed. {sentence} ctrl+r shows what is there now."
        LOG.warning("%s: %s", type(error).__name__, sentence)
        self._remember(sentence)
        self.notify(line(sentence), severity="error", timeout=LONG, markup=False)

    def hush(self) -> None:
        """Take away what was said."""
        self.clear_notifications()

    def _remember(self, sentence: str) -> None:
        self._messages.append((datetime.now().astimezone(), sentence))
        del self._messages[:-REMEMBERED]

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, where the terminal allows it."""
        self._copied = safe(text)
        self.copy_to_clipboard(self._copied)
        self.notify("Sent to the clipboard. If pasting gives nothing, press Y.", markup=False)

    def show_copied(self) -> None:
        """Show what was copied last."""
        lines = [Line(((text, "plain"),)) for text in self._copied.splitlines()]
        nothing = [Line((("Nothing was copied yet: y copies.", "muted"),))]
        self.push_screen(ReadWindow(self, "Copied: select it with the mouse", lines or nothing))

    def visit(self, url: str) -> None:
        """Open a web page, after a question that shows its host."""
        name = host(url)
        if not name:
            self.complain(HorizonError("This is not the address of a web page.", line(url)))
            return

        def go(yes: bool | None) -> None:
            if yes:
                self.open_url(safe(url).strip())

        self.push_screen(ConfirmWindow([f"Open {name} in your browser?", url], "Open"), go)

    def wrote(self) -> None:
        """Something was written: read again what is shown of it."""
        self._browse.wrote()

    def perform(self, action: Action) -> None:
        """Do an action as if its key had been pressed."""
        browse = self._browse
        targets: dict[str, DOMNode] = {
            "app": self,
            "browse": browse,
            "table": browse.table,
            "facets": browse.facets.choices,
            "list": browse.detail.entries,
            "search": browse.search_bar.input,
        }
        target = targets.get(action.where)
        if target is not None:
            self.call_later(self.run_action, action.method, target)
        elif action.where == "shortlists":
            browse.action_shortlists()
        else:
            self.say(f"{action.label} works inside a window; none is open.")

    # Actions of the app

    def action_help(self) -> None:
        """Show all actions; run the one that is chosen."""
        self.push_screen(
            HelpWindow(self._keys), lambda action: self.perform(action) if action else None
        )

    def action_messages(self) -> None:
        """Show what was said in this session, newest first."""
        lines = [
            Line(((f"{when:%H:%M}  ", "muted"), (sentence, "plain")), 7)
            for when, sentence in reversed(self._messages)
        ]
        nothing = [Line((("Nothing was said yet.", "muted"),))]
        self.push_screen(ReadWindow(self, "Messages", lines or nothing))

    def action_next_theme(self) -> None:
        """Change the colours."""
        self.theme = after(self.theme)
        self.notify(f"Colours: {self.theme}", markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """None of Textual's own: the palette offers the actions of the registry."""
        return ()

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: DOMNode) -> None:
        """Clashes were refused when the keys were read; inner parts may hide outer ones."""


def _log_to(path: Path | None) -> None:
    """Send the log of the app to a file, never to the screen."""
    LOG.propagate = False
    for old in list(LOG.handlers):
        LOG.removeHandler(old)
        old.close()
    if path is None:
        LOG.addHandler(logging.NullHandler())
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)
