"""A crawl as a command follows it: in a child process, with progress, stopped by Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from catalogue.settings import Settings
from crawler.child import crawl_in_child
from crawler.progress import CrawlProgress
from tui.cli import progress, render


def crawl_files(settings: Settings, files: Sequence[Path]) -> CrawlProgress:
    """Crawl source files and return what came of them; progress goes to standard error.

    Raises:
        CrawlError: the crawl was refused or failed.
        KeyboardInterrupt: it was stopped by Ctrl-C; what was stored is kept.
    """
    done = CrawlProgress(())
    with _stopping() as stopped:
        with progress.crawling() as watch:
            for done in crawl_in_child(settings, files, stopped):
                watch(done)
        if stopped():
            render.say("Stopped. What was stored is kept; the same command goes on from there.")
            raise KeyboardInterrupt
    return done


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C ask for a clean stop; a second one breaks off at once."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        del number, frame
        asked = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
