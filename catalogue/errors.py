"""Errors a person can act on: each says what is wrong and, where it can, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


class HorizonError(Exception):
    """Base of every error that is shown to a person as a sentence and not as a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class NotFoundError(HorizonError):
    """A tool, shortlist, source or file that was named does not exist."""

    exit_code = 3


class UnknownNameError(NotFoundError):
    """A query narrows to a supplier or shortlist that there is not."""

    def __init__(self, message: str, hint: str, field: str, name: str) -> None:
        """`field` is that of the filter, `name` what there is not."""
        super().__init__(message, hint)
        self.field = field
        self.name = name


class SettingsError(HorizonError):
    """The settings cannot be read: unknown key, wrong type, or settings that contradict."""

    exit_code = 4


class SourceError(HorizonError):
    """A source file is wrong: unknown key, unknown archetype, contradictory options."""

    exit_code = 4


class VocabularyError(HorizonError):
    """A vocabulary file is inconsistent, or a term is not in its vocabulary."""

    exit_code = 4


class CatalogueError(HorizonError):
    """The catalogue cannot be opened or failed a check."""

    exit_code = 5


class QueryError(HorizonError):
    """A query names a field or a value that there is not."""

    exit_code = 2


class StaleWriteError(HorizonError):
    """Somebody else changed the same thing since it was read; nothing was written."""

    exit_code = 6


class ModelError(HorizonError):
    """The embedding model is missing, is not what it claims to be, or exported wrongly."""

    exit_code = 7


class CrawlError(HorizonError):
    """A crawl could not be started or ended in a fault that needs a person."""

    exit_code = 8


def nearest(word: str, choices: Iterable[str]) -> str:
    """Say which of `choices` is nearest to `word`, or list them: the hint of a wrong name."""
    names = sorted(choices)
    close = get_close_matches(word.casefold(), [name.casefold() for name in names], n=1, cutoff=0.6)
    for name in names:
        if close and name.casefold() == close[0]:
            return f"Did you mean '{name}'?"
    return "Choose one of: " + ", ".join(names) + "." if names else "There are none yet."
