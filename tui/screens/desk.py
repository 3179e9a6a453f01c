"""What screens and windows may ask of the app, so that none of them needs to know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from catalogue.errors import HorizonError
from tui.actions import Action
from tui.services import Services

Answer = TypeVar("Answer")


class Desk(Protocol):
    """Carries questions to the services and sentences to the reader."""

    def ask(
        self,
        group: str,
        question: Callable[[Services], Answer],
        then: Callable[[Answer], None],
        *,
        otherwise: Callable[[HorizonError], None] | None = None,
        newest: bool = True,
    ) -> None:
        """Put a question in a thread; `then` gets the answer in the app's own loop.

        With `newest`, only the latest question of a group is answered. An error that a person
        can act on goes to `otherwise`, which by default says it.
        """

    def later(self, callback: Callable[[], None]) -> None:
        """Run something in the app's own loop; may be called from any thread."""

    def say(self, sentence: str) -> None:
        """Tell the reader something that went well."""

    def complain(self, error: HorizonError) -> None:
        """Tell the reader what went wrong and what to do."""

    def copy(self, text: str) -> None:
        """Put a text on the clipboard and say so."""

    def show_copied(self) -> None:
        """Show what was copied last, for selection by hand."""

    def hush(self) -> None:
        """Take away what was said; it stays among the messages."""

    def visit(self, url: str) -> None:
        """Open an address in the reader's browser, after a question that shows its host."""

    def wrote(self) -> None:
        """Something was written: what is shown of it must be read again."""

    def perform(self, action: Action) -> None:
        """Do one of the actions, as if its key had been pressed."""

    @property
    def keys(self) -> Mapping[str, str]:
        """The reader's own keys by action id."""
