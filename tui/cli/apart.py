"""An invented market never mixes with a real catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from catalogue.errors import CatalogueError

INVENTED: Final = "demo_"
"""How the names of all sources of the demonstration begin, and of no others."""


def keep_apart(known: Iterable[str], wanted: Iterable[str], home: object) -> None:
    """Let a catalogue hold either invented sources or real ones.

    Args:
        known: Names of the sources that the catalogue holds.
        wanted: Names of those that are to be crawled.
        home: Its home folder, for the message.

    Raises:
        CatalogueError: both kinds would stand in it.
    """
    held = {name.startswith(INVENTED) for name in known}
    coming = {name.startswith(INVENTED) for name in wanted}
    if held | coming != {True, False}:
        return
    if held == {False} and coming == {True}:
        message = f"The catalogue in {home} holds real sources; the demonstration is invented."
    else:
        message = f"The catalogue in {home} is a demonstration; real sources do not belong in it."
    raise CatalogueError(message, "Give another folder with --home.")
