"""Exit codes: what a script may rely on. `horizon --help` and docs/commands.md list them."""

from __future__ import annotations

from typing import Final

from catalogue.errors import (
    CatalogueError,
    CrawlError,
    HorizonError,
    ModelError,
    NotFoundError,
    SettingsError,
    StaleWriteError,
)

USAGE: Final = 2
INTERRUPTED: Final = 130

EXIT_CODES: Final[tuple[tuple[int, str], ...]] = (
    (0, "Done."),
    (HorizonError.exit_code, "Something failed, or the reader of the output went away."),
    (USAGE, "The command line was not understood."),
    (NotFoundError.exit_code, "A tool, shortlist, source or file that was named does not exist."),
    (SettingsError.exit_code, "The settings, a source file or a vocabulary are wrong."),
    (CatalogueError.exit_code, "The catalogue or its index cannot be opened or failed a check."),
    (StaleWriteError.exit_code, "Somebody else changed the same thing; nothing was written."),
    (ModelError.exit_code, "The embedding model is missing or is not what it claims to be."),
    (CrawlError.exit_code, "A crawl could not be started, or a source failed."),
    (INTERRUPTED, "Interrupted by Ctrl-C; what was done so far is kept."),
)
"""Pairs of code and meaning, ascending."""
