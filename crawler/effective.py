"""Every value that is in force for a source, and where it came from: source, family or program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.settings import CrawlSettings
from crawler.source import Source
from crawler.source_tree import SourceTree


@dataclass(frozen=True, slots=True)
class EffectiveValue:
    """One value in force."""

    key: str
    value: Any
    origin: str
    """`source`, `family` and its name, `setting` and its key, what it follows from, `default`."""


def effective(source: Source, tree: SourceTree, crawl: CrawlSettings) -> Iterator[EffectiveValue]:
    """The values in force for a source that was made from `tree`, in the order of its keys."""
    derived = {
        "title": (source.publisher.name, "from publisher.name"),
        "publisher.url": (source.site, "from walk.url"),
        "voice": (source.spoken_by, "from publisher.kind"),
        "extract": (list(source.extractors), f"from the archetype {source.walk.archetype}"),
    }
    for key, value in _leaves(source.model_dump(mode="json")):
        if key in derived and value in ("", []):
            yield EffectiveValue(key, *derived[key])
        elif key == "walk.delay" and value < crawl.delay:
            yield EffectiveValue(key, crawl.delay, "setting crawl.delay")
        else:
            yield EffectiveValue(key, value, tree.origins.get(key, "default"))


def _leaves(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
