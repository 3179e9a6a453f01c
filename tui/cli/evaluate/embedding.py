"""The embedder that an evaluation runs with: that of the settings, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from search.embedder import Embedder


def embedder_of(settings: Settings, otherwise: str) -> Embedder | None:
    """The embedder of the settings, without opening their catalogue.

    Where there is none: None, and the reason on standard error, followed by `otherwise`, a sentence
    that says what is done without it.
    """
    from catalogue.errors import ModelError
    from search import model
    from tui.cli import render

    chosen = settings.search
    try:
        return model.load(chosen.model, settings.indexes / "models", chosen.engine, chosen.threads)
    except ModelError as error:
        render.say(f"{error} {otherwise}")
        return None
