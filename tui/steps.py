"""Steps: which of several logs holds the newest step of a session, so that undo asks that one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Log:
    """A log of steps that can take its last one back."""

    undo: Callable[[], str]
    """Says what was undone, "" when there is nothing."""
    redo: Callable[[], str]


class Steps:
    """The order in which logs were written in this session; before it, the first log counts."""

    def __init__(self, first: Log) -> None:
        self._first = first
        self._done: list[Log] = []
        self._undone: list[Log] = []

    def did(self, log: Log) -> None:
        """A step was written to a log: nothing can be redone any more."""
        self._done.append(log)
        self._undone.clear()

    def undo(self) -> str:
        """Take back the newest step; says what that was, "" when there is nothing."""
        log = self._done[-1] if self._done else self._first
        return _moved(log, log.undo(), self._done, self._undone)

    def redo(self) -> str:
        """Do again what was last taken back; "" when there is nothing."""
        log = self._undone[-1] if self._undone else self._first
        return _moved(log, log.redo(), self._undone, self._done)


def _moved(log: Log, said: str, source: list[Log], target: list[Log]) -> str:
    if said:
        if source:
            source.pop()
        target.append(log)
    return said
