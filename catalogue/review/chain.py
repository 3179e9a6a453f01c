"""The chain of a log in which nothing is ever taken out: what holds after each of its entries.

An entry that undoes another one puts their subject back to what held before that other one; to
undo an undo is to redo.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Protocol, TypeVar


class Logged(Protocol):
    """An entry of a log."""

    @property
    def id(self) -> int:
        """Its number; entries are in the order of their numbers."""

    @property
    def undoes(self) -> int | None:
        """Number of the entry that it takes back."""


Entry = TypeVar("Entry", bound=Logged)


def replay(
    log: Iterable[Entry], subject: Callable[[Entry], Hashable], says: Callable[[Entry], bool]
) -> Iterator[tuple[Entry, Entry | None]]:
    """Each entry with the one that holds after it; None where nothing is decided any more.

    Args:
        log: All entries on some subjects, in the order of their numbers.
        subject: What an entry is about.
        says: Whether an entry that undoes nothing says something, or takes back what is said.
    """
    holds: dict[Hashable, Entry | None] = {}
    before: dict[int, Entry | None] = {}
    for entry in log:
        about = subject(entry)
        before[entry.id] = holds.get(about)
        said = entry if entry.undoes is None else before[entry.undoes]
        holds[about] = said if said is not None and says(said) else None
        yield entry, holds[about]
