"""What a command opens: the settings, the services, the catalogue, the app."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.frame import HOME

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from tui.live import Live


def given_home() -> Path | None:
    """The folder given by `--home`, nearest to the end of the command line; None without one."""
    home: Path | None = click.get_current_context().meta.get(HOME)
    return home


def settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force for this command."""
    from catalogue.settings import load

    return load(home=given_home(), overrides=overrides)


@contextmanager
def services(of: Settings | None = None, *, meaning: bool = True) -> Iterator[Live]:
    """Catalogue and search put together, open for one command; without `meaning`, the embedding
    model is never loaded and searches match words alone.
    """
    from catalogue.errors import ModelError
    from search.embedder import Embedder
    from tui.live import Live

    class WordsOnly(Live):
        def embedder(self) -> Embedder:
            raise ModelError("Only words are searched.")

    opened = (Live if meaning else WordsOnly)(of or settings())
    try:
        yield opened
    finally:
        opened.close()


def on_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_app(of: Settings | None = None) -> None:
    """Open the terminal app on these settings, or on those in force."""
    if not on_terminal():
        raise click.UsageError(
            "The app needs a terminal. Every command also works without one.",
            click.get_current_context(),
        )
    from tui.app import HorizonApp

    chosen = of or settings()

    def connect() -> Live:
        # Called once the screen is painted: catalogue and search take a moment to import.
        from tui.live import Live

        return Live(chosen)

    HorizonApp(
        connect,
        theme=chosen.app.theme,
        keys=chosen.app.keys,
        ascii_only=chosen.app.ascii,
        log_file=chosen.logs / "app.log",
    ).run()
