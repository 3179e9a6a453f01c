"""Where source files and their recorded pages are kept: in the home, or in a clone of this
repository beside the pack.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.settings import Settings
    from crawler.source import Source


def for_a_home(settings: Settings, source: Source) -> tuple[Path, Path]:
    """File and folder of recorded pages of a source of one's own."""
    folder = settings.home / "sources"
    return folder / f"{source.name}.yml", folder / "recorded" / source.name


def for_the_pack(settings: Settings, source: Source) -> tuple[Path, Path]:
    """File and folder of recorded pages of a source of the pack. Pages whose licence does not
    allow copies are recorded in the home: the repository is public.

    Raises:
        SourceError: this is no clone.
    """
    from catalogue.errors import SourceError
    from crawler.source import DEFAULT_PACK

    tests = _tests()
    if tests is None:
        raise SourceError("This is no clone of the repository.", "Leave --pack out.")
    file = DEFAULT_PACK / f"{source.name}.yml"
    closed = source.licence.name.startswith("all-rights-reserved")
    return file, for_a_home(settings, source)[1] if closed else tests / source.name


def folder_of(settings: Settings, name: str) -> Path | None:
    """The folder of a source's recorded pages; None when there is none."""
    from crawler.expected import is_recorded

    tests = _tests()
    places = [settings.home / "sources" / "recorded" / name, *([tests / name] if tests else [])]
    return next((place for place in places if is_recorded(place)), None)


def _tests() -> Path | None:
    """The folder of the pack's recorded pages, where this is a clone."""
    from crawler.source import DEFAULT_PACK

    tests = DEFAULT_PACK.parents[1] / "tests" / "crawler"
    return tests / "sources" if tests.is_dir() else None
