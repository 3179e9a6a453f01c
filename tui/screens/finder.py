"""Search as one types: words at once, meaning when the reader pauses, counts last."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from catalogue.errors import HorizonError, UnknownNameError
from catalogue.query import Query
from catalogue.rows import FacetCount, Hit
from tui.screens.desk import Desk
from tui.state.browse import Browse

if TYPE_CHECKING:
    from textual.timer import Timer

AT_ONCE = 0.15
"""Seconds without a key after which the next letter is searched for without waiting."""
TRAILING = 0.06
"""Seconds that letters typed in a row are waited for."""
QUIET = 0.25
"""Seconds of quiet after which meaning is asked."""
HITS = 100
"""Answers asked of the engine."""


class Shown(Protocol):
    """What the finder needs of the screen."""

    def show_list(self, *, keep: bool) -> None:
        """The list changed; with `keep` the cursor stays on its tool."""

    def show_found(self) -> None:
        """Labels, pages that match or counts changed."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call back after some seconds."""


Key = tuple[Query, str]
"""What was asked, and the order."""

Meant = tuple[tuple[str, str], ...]
"""Words that no page has, and those searched for instead."""


class Finder:
    """Puts the reader's question to the services in phases.

    What comes back for an older question is dropped; an answer by meaning that is ready before
    the words waits for them.
    """

    def __init__(self, desk: Desk, state: Browse, screen: Shown) -> None:
        self._desk = desk
        self._state = state
        self._screen = screen
        self._timers: list[Timer] = []
        self._last_key = 0.0
        self._listed: Key | None = None
        self._early: tuple[Key, Sequence[Hit]] | None = None

    def typed(self, text: str) -> None:
        """The question changed by a key."""
        if not self._state.ask(text):
            return
        now = monotonic()
        pause, self._last_key = now - self._last_key, now
        self._stop()
        if pause > AT_ONCE:
            self._words(keep=False)
        else:
            self._timers.append(self._screen.set_timer(TRAILING, lambda: self._words(keep=False)))
        if self._state.asked.text:
            self._timers.append(self._screen.set_timer(QUIET, self._meaning))
        self._screen.show_found()

    def again(self, *, keep: bool) -> None:
        """Ask all of it anew: filters, order or the catalogue changed."""
        self._stop()
        self._screen.show_found()
        self._words(keep=keep)
        if self._state.asked.text:
            self._meaning()

    def warm(self) -> None:
        """Make the engine ready, once the list stands."""
        self._desk.ask("warm", lambda services: services.warm(), self._warmed)

    def _stop(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._timers.clear()

    @property
    def _key(self) -> Key:
        return (self._state.asked, self._state.sort)

    def _words(self, *, keep: bool) -> None:
        key = query, sort = self._key
        self._desk.ask(
            "list",
            lambda services: (
                (services.words(query), tuple(services.meant(query, unfinished=True)))
                if query.text
                else (services.browse(query, sort), ())
            ),
            lambda found: self._heard_words(key, *found, keep=keep),
            otherwise=lambda error: self._failed(key, error, keep=keep),
        )

    def _heard_words(self, key: Key, ids: array[int], meant: Meant, *, keep: bool) -> None:
        if key != self._key:
            return
        self._listed = key
        self._state.listed(ids)
        self._state.meant = meant
        self._screen.show_list(keep=keep)
        self._count()
        if self._early is not None and self._early[0] == key:
            self._heard_meaning(*self._early)

    def _failed(self, key: Key, error: HorizonError, *, keep: bool) -> None:
        """A name that there is not is left out, and told beside the line; the rest is asked."""
        if key != self._key:
            return
        if isinstance(error, UnknownNameError):
            self._state.leave_out(error)
            self._stop()
            self._words(keep=keep)
            if self._state.asked.text:
                self._timers.append(self._screen.set_timer(QUIET, self._meaning))
            self._screen.show_found()
        else:
            self._desk.complain(error)

    def _meaning(self) -> None:
        key = query, _ = self._key
        if not query.text or self._state.no_meaning:
            return
        self._desk.ask(
            "meaning",
            lambda services: tuple(services.search(query, HITS)),
            lambda hits: self._heard_meaning(key, hits),
            otherwise=lambda error: self._no_meaning(key, error),
        )

    def _notice(self) -> None:
        """Say what became known of the index while it was asked."""
        self._desk.ask("notices", lambda services: services.notices(), self._noticed, newest=False)

    def _noticed(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self._desk.say(sentence)

    def _heard_meaning(self, key: Key, hits: Sequence[Hit]) -> None:
        self._notice()
        if key != self._key:
            return
        if self._listed != key:
            self._early = (key, hits)
            return
        self._early = None
        if self._state.refined(hits):
            self._screen.show_list(keep=False)
            self._count()
        self._screen.show_found()

    def _no_meaning(self, key: Key, error: HorizonError) -> None:
        if isinstance(error, UnknownNameError):
            self._failed(key, error, keep=True)
            return
        self._state.no_meaning = str(error)
        self._desk.complain(error)
        self._screen.show_found()

    def _warmed(self, reason: str) -> None:
        self._state.no_meaning = reason
        if reason:
            self._desk.say(reason)
        self._notice()
        self._screen.show_found()

    def _count(self) -> None:
        key = query, _ = self._key
        ids = self._state.ids if query.text or query.holds else None
        self._desk.ask(
            "facets",
            lambda services: tuple(services.facets(query.filters, ids)),
            lambda counts: self._counted(key, counts),
            otherwise=lambda error: self._failed(key, error, keep=True),
        )

    def _counted(self, key: Key, counts: tuple[FacetCount, ...]) -> None:
        if key == self._key:
            self._state.facets, self._state.facets_stale = counts, False
            self._screen.show_found()
