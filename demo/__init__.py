"""An invented market, served on loopback: nothing in it exists.

`demo.market` holds it as data, `demo.server` serves it, `demo/sources` tells the crawler where
to look, and `expected.yml` says what a careful reader would find in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from demo.market import Day, load_market

FOLDER = Path(__file__).parent
_OBSERVED: dict[Day, datetime] = {
    1: datetime(2026, 10, 5, 9, tzinfo=UTC),
    2: datetime(2026, 11, 5, 9, tzinfo=UTC),
}


def observed_at(day: Day) -> datetime:
    """The time at which the market is observed on this day."""
    return _OBSERVED[day]


def source_files(day: Day) -> list[Path]:
    """The source files of all hosts that exist on this day, in the order of their names."""
    files = sorted((FOLDER / "sources").glob("demo_*.yml"))
    hosts = load_market(day)
    return [file for file in files if urlsplit(_read(file)["walk"]["url"]).hostname in hosts]


def load_expected(day: Day) -> Mapping[str, Any]:
    """What a careful reader finds in the market on this day, as its author wrote it down."""
    written = _read(FOLDER / "expected.yml")
    first, changes = written["day1"], written["day2"]
    if day == 1:
        return dict(first)
    return _laid_over(_renamed(first, changes["renamed"]), changes)


def _renamed(expected: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The same outcome, in which some tools go by other names."""
    tools = {names.get(name, name): tool for name, tool in expected["tools"].items()}
    told = {
        part: [{**one, "tool": names.get(one["tool"], one["tool"])} for one in expected[part]]
        for part in ("deployments", "evidence")
    }
    mentions = {
        url: [names.get(name, name) for name in named]
        for url, named in expected["mentions"].items()
    }
    return {**expected, **told, "tools": tools, "mentions": mentions}


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below` with `above` laid over it: mappings key by key, all else whole."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            merged[key] = _laid_over(known, value)
        else:
            merged[key] = value
    return merged


@cache
def _read(file: Path) -> Mapping[str, Any]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))
